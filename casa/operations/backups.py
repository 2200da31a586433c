"""One file that holds all of the site: the database, the uploads, and what they have to be.

The database comes first. What is uploaded while the rest is packed is then in the file without a
row, which does no harm; a row never names an upload that came after it. Secrets are not in the
file: without the keys of the site what is encrypted cannot be read, and without its `SECRET_KEY`
links in mails do not work again.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from psycopg2.extensions import make_dsn  # type: ignore[import-untyped]

from casa.lib.db import pooling
from casa.lib.media import stored
from casa.operations import data_keys

MANIFEST = "manifest.json"
MEDIA = "media"
DATABASES = {"postgresql": "database.dump", "sqlite": "database.sqlite3"}
CHUNK = 1024**2
MOST_OF_MANIFEST = 64 * 1024**2  # bytes


class BackupError(Exception):
    """Why nothing was backed up or restored, in a sentence with the remedy."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; `files` are SHA-256 sums by name, `rows` counts by table, and
    `keys` what tells whether a site has the keys of its encrypted data.
    """

    version: str
    made_at: str
    vendor: str
    rows: dict[str, int]
    files: dict[str, str]
    keys: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, archive: tarfile.TarFile) -> "Manifest":
        try:
            member = archive.getmember(MANIFEST)
            file = archive.extractfile(member) if member.size <= MOST_OF_MANIFEST else None
            found = cls(**json.loads(file.read() if file else b""))
            is_ours = all(table.isidentifier() for table in found.rows)
        except (KeyError, ValueError, TypeError, AttributeError):
            is_ours = False
        if not is_ours:
            raise BackupError("This file is no backup of this site.")
        return found


def make(target: Path) -> Manifest:
    """Write a backup to `target`, which must not exist; readable by its owner alone.

    It stands under its name only when it is whole. Raises BackupError.
    """
    if target.exists():
        raise BackupError(f"{target} is there already. Name another file.")
    unfinished = target.with_name(f".{target.name}.unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with (
            os.fdopen(descriptor, "wb") as file,
            tempfile.TemporaryDirectory(dir=target.parent) as folder,
        ):
            manifest = _write(file, Path(folder))
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(target)
    except OSError as error:
        raise BackupError(f"{target} cannot be written ({error.strerror}).") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _write(file: BinaryIO, folder: Path) -> Manifest:
    sums: dict[str, str] = {}
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
        name = DATABASES[connection.vendor]
        rows = _dump(folder / name)
        with (folder / name).open("rb") as dump:
            sums[name] = _add(archive, dump, name, (folder / name).stat().st_size)
        for upload in stored.names():
            if total := _add_upload(archive, upload):
                sums[f"{MEDIA}/{upload}"] = total
        manifest = Manifest(
            version=settings.VERSION, made_at=timezone.now().isoformat(),
            vendor=connection.vendor, rows=rows, files=sums, keys=data_keys.proofs(),
        )  # fmt: skip
        said = json.dumps(vars(manifest), indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(said)
        archive.addfile(info, BytesIO(said))
    return manifest


def _add(archive: tarfile.TarFile, file: IO[bytes], name: str, size: int) -> str:
    """Pack a file; its sum."""
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, int(time.time()), 0o600
    hashed = _Hashed(file)
    archive.addfile(info, hashed)
    return hashed.sum.hexdigest()


def _add_upload(archive: tarfile.TarFile, name: str) -> str:
    """Pack an upload; its sum, or "" if it was deleted meanwhile."""
    try:
        opened = default_storage.open(name)
    except FileNotFoundError:
        return ""
    with opened:
        return _add(archive, opened, f"{MEDIA}/{name}", opened.size)


class _Hashed:
    """A file whose sum is made as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.sum.update(data)
        return data


# --- The database ---


def _dump(target: Path) -> dict[str, int]:
    """A consistent copy, whatever is written meanwhile; how many rows its tables have."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
            return _rows_of(copy.cursor(), _tables())
    _refuse_a_pool()
    with _snapshot() as snapshot:
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
        with connection.cursor() as cursor:
            return _rows_of(cursor, _tables())


def _refuse_a_pool() -> None:
    """pg_dump changes where its connection looks for tables, and leaves it so to the next one."""
    if pooling.is_pooled():
        raise BackupError(
            "DATABASE_URL leads to a pool of connections. For this let it lead to PostgreSQL."
        )


@contextmanager
def _snapshot() -> Iterator[str]:
    """One moment of the database, for what is dumped and what is counted."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor.fetchone()[0]
        finally:
            cursor.execute("ROLLBACK")


def _rows_of(cursor: Any, tables: Iterable[str]) -> dict[str, int]:
    found = {}
    for table in sorted(tables):
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - names of our models
        found[table] = cursor.fetchone()[0]
    return found


def _tables() -> set[str]:
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table for model in models if model._meta.managed}


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's programs on our database; the password is in no list of processes."""
    parameters = dict(connection.get_connection_params())
    password = str(parameters.pop("password", ""))
    known = (
        "dbname",
        "user",
        "host",
        "port",
        "service",
        "sslmode",
        "sslrootcert",
        "sslcert",
        "sslkey",
    )
    target = make_dsn(**{key: parameters[key] for key in known if key in parameters})
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    try:
        done = subprocess.run(  # noqa: S603 - no shell
            [program, *arguments, f"--dbname={target}"],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    except FileNotFoundError as error:
        remedy = "Install PostgreSQL’s client. On Debian: apt install postgresql-client"
        raise BackupError(f"{program} is not there. {remedy}") from error
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()[:1000]}")


# --- Back again ---


def restore(source: Path) -> Manifest:
    """Bring a backup into an empty database and an empty folder of uploads.

    Every sum is compared before anything is written. Raises BackupError, with nothing changed.
    """
    try:
        with tarfile.open(source) as archive:
            manifest = Manifest.read(archive)
            _refuse_other_database(manifest)
            _refuse_a_pool()
            _refuse_other_keys(manifest)
            _refuse_what_is_not_empty()
            _check_sums(archive, manifest)
            with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder:
                name = DATABASES[manifest.vendor]
                _unpack(archive, archive.getmember(name), Path(folder))
                _load(Path(folder) / name)
            _unpack_media(archive)
    except (OSError, tarfile.TarError) as error:
        raise BackupError(f"{source} cannot be read ({error}).") from error
    return manifest


def _refuse_other_database(manifest: Manifest) -> None:
    if manifest.vendor not in DATABASES or manifest.vendor != connection.vendor:
        raise BackupError(
            f"The backup is of {manifest.vendor}, and DATABASE_URL names {connection.vendor}."
        )
    if manifest.version != settings.VERSION and _numbers(manifest.version) > _numbers(
        settings.VERSION
    ):
        raise BackupError(
            f"The backup is of version {manifest.version}, this is {settings.VERSION}."
            " Install that version first."
        )


def _refuse_other_keys(manifest: Manifest) -> None:
    """Without its keys half of it would be unreadable, and nobody would know why."""
    try:
        data_keys.compare(manifest.keys)
    except ImproperlyConfigured as error:
        raise BackupError(f"The keys of this site are not those of the backup. {error}") from error


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]


def _refuse_what_is_not_empty() -> None:
    """A restore never overwrites: what is there may be all that is left."""
    if connection.introspection.table_names():
        raise BackupError("The database is not empty. Make a new one, and name it in DATABASE_URL.")
    if any(True for _name in stored.names()):
        raise BackupError(f"{_where()} is not empty. Move away what is there, or name another one.")


def _where() -> str:
    """Where uploads are kept."""
    return str(settings.MEDIA_ROOT) if stored.are_in_folder() else "The bucket of uploads"


def _check_sums(archive: tarfile.TarFile, manifest: Manifest) -> None:
    missing = dict(manifest.files)
    for member in archive:
        if member.name == MANIFEST:
            continue
        if not member.isfile() or not _is_ours(member.name):
            raise BackupError(f"The backup holds what is none of the site: {member.name}")
        opened = archive.extractfile(member)
        found = _sum_of(opened) if opened else ""
        if missing.pop(member.name, None) != found:
            raise BackupError(f"{member.name} is not as it was packed. Take another backup.")
    if missing:
        raise BackupError(f"The backup lacks {next(iter(missing))}. Take another one.")


def _sum_of(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    while chunk := file.read(CHUNK):
        found.update(chunk)
    return found.hexdigest()


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    is_plain = not path.is_absolute() and ".." not in path.parts
    return is_plain and (name in DATABASES.values() or path.parts[0] == MEDIA)


def _load(dump: Path) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        target = Path(connection.settings_dict["NAME"])
        with closing(sqlite3.connect(dump)) as copy, closing(sqlite3.connect(target)) as ours:
            copy.backup(ours)
        return
    _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
         str(dump))  # fmt: skip


def _unpack_media(archive: tarfile.TarFile) -> None:
    for member in archive:
        if member.name.startswith(f"{MEDIA}/"):
            _store(archive, member)


def _store(archive: tarfile.TarFile, member: tarfile.TarInfo) -> None:
    """Put back an upload that `_check_sums` has seen, under its own name."""
    opened, name = archive.extractfile(member), member.name.removeprefix(f"{MEDIA}/")
    if opened is None or default_storage.save(name, File(opened)) != name:
        raise BackupError(f"{member.name} cannot be put back.")


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write what `_check_sums` has seen. The filters of tarfile need Python 3.11.4, and Debian 12
    has 3.11.2."""
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    opened = archive.extractfile(member)
    if opened is None:
        raise BackupError(f"{member.name} is no file.")
    with opened, target.open("xb") as file:
        shutil.copyfileobj(opened, file, CHUNK)
    target.chmod(settings.FILE_UPLOAD_PERMISSIONS)


def rows_of(tables: Iterable[str]) -> dict[str, int]:
    """How many rows each of the tables has now."""
    with connection.cursor() as cursor:
        return _rows_of(cursor, tables)
