"""A migrated database for the tests, made once and copied: applying all migrations takes seconds.

The copy holds what the migrations made, rows and triggers included. It is kept under a
fingerprint of everything they are made from, so one that is out of date is never found. Django
still runs `migrate` on each copy, which then finds nothing to do.
"""

import ast
import fcntl
import hashlib
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps

from casa.lib.testing import on_server, url_of

ROOT = Path(__file__).resolve().parents[1]
# Where a database or a site is, which no migration looks at.
ELSEWHERE = {"DATABASE_URL", "VAR_DIR", "PORT", "ENV_FILE"}


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time: the workers of a test run share `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def sqlite_file(folder: Path) -> Path:
    """A migrated SQLite database in `folder`: the one there, or a new one if the code has changed.

    Others that use the folder may replace it later: copy it under `alone`.
    """
    file = folder / f"{fingerprint()}.sqlite3"
    if not file.exists():
        for old in folder.glob("*.sqlite3*"):
            old.unlink()
        unfinished = folder / "unfinished.sqlite3"
        migrate(f"sqlite:///{unfinished}")
        unfinished.rename(file)
    return file


@contextmanager
def shared_database(shared: Path, make: Callable[[str], None], like: str = "") -> Iterator[str]:
    """Name of a database on the PostgreSQL server that the workers of one run copy theirs from.

    The first worker that asks makes it, with `make(url)`; the last that is done drops it.
    `shared` is a folder of that run, for this database alone.
    """
    name = f"shared_{hashlib.sha256(str(shared).encode()).hexdigest()[:12]}"
    mine = shared / f"{os.getpid()}.user"
    with alone(shared):
        if not any(shared.glob("*.user")):
            on_server(f"DROP DATABASE IF EXISTS {name}")
            on_server(f"CREATE DATABASE {name}" + (f" TEMPLATE {like}" if like else ""))
            make(url_of(name))
        mine.touch()
    try:
        yield name
    finally:
        with alone(shared):
            mine.unlink()
            if not any(shared.glob("*.user")):
                on_server(f"DROP DATABASE {name} WITH (FORCE)")


def migrate(url: str) -> None:
    """Apply all migrations to an empty database, as an installation does."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT, env={**os.environ, "ENV_FILE": "", "DATABASE_URL": url}, check=True,
    )  # fmt: skip


def fingerprint(root: Path = ROOT) -> str:
    """Of all that a migrated database is made from: code, versions, and what settings are read."""
    settings = (root / "casa/settings.py").read_text(encoding="utf-8")
    parts = [
        sys.version,
        sqlite3.sqlite_version,
        # Their folders' names hold the versions of all that is installed.
        *sorted(path.name for path in Path(django.__file__).parents[1].glob("*.dist-info")),
        *sorted(
            f"{key}={value}"
            for key, value in os.environ.items()
            if key not in ELSEWHERE and f'"{key}"' in settings
        ),
    ]
    digest = hashlib.sha256("\n".join(parts).encode())
    for file in sources(root):
        digest.update(f"\n{file.relative_to(root)}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:32]


def sources(root: Path) -> list[Path]:
    """Files of ours that decide what migrating does: migrations, models, and what they import."""
    todo = [root / "casa/settings.py", root / "tools/migrated.py"]
    for config in apps.get_app_configs():
        folder = root.joinpath(*config.name.split("."))
        for pattern in ("migrations/*.py", "models/**/*.py", "models.py"):
            todo += folder.glob(pattern)
    found: set[Path] = set()
    while todo:
        file = todo.pop()
        if file not in found:
            found.add(file)
            todo += _imported(root, file)
    return sorted(found)


def _imported(root: Path, file: Path) -> Iterator[Path]:
    """Files of ours that `file` imports, anywhere in it, with the packages they stand in."""
    package = file.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, node.module) if node.module else base)
            names = [f"{module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Constant) and "migrations" in package:
            names = [str(node.value)]  # import_module("casa.migrations.0001_roles")
        else:
            continue
        for name in names:
            yield from _files(root, name)


def _files(root: Path, module: str) -> Iterator[Path]:
    parts = module.split(".")
    if not re.fullmatch(r"[\w.]+", module):
        return
    for length in range(1, len(parts) + 1):
        path = root.joinpath(*parts[:length])
        yield from filter(Path.is_file, (path.with_suffix(".py"), path / "__init__.py"))
