"""How long an upgrade takes among many signatures: `python benchmarks/upgrades.py`.

On a PostgreSQL of its own, as durable as in production, at 200,000 and 1,000,000 signatures, or at
as many as arguments say. Measured are the backup, a `migrate` with nothing to do, each migration
since the versions whose databases are kept (`casa/operations/tests/releases`), and what migrations
are mostly made of. The tables of an earlier version are made by taking migrations back.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

# Run as a file, Python looks for modules beside it: `site` among them.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

import psycopg2  # noqa: E402

from benchmarks import machine, servers  # noqa: E402
from tools import with_postgres  # noqa: E402

SIZES = (200_000, 1_000_000)
SEEDED = 100
RELEASES = servers.ROOT / "casa" / "operations" / "tests" / "releases"
BATCH = 5_000

PARTS = {
    "a column with a default of the database": (
        "ALTER TABLE signatories_signature ADD COLUMN sample boolean DEFAULT false NOT NULL"
    ),
    "an index, CONCURRENTLY": (
        "CREATE INDEX CONCURRENTLY sample_beside ON signatories_signature (city, id)"
    ),
    "the same index as Django makes it; nobody can sign meanwhile": (
        "CREATE INDEX sample_alone ON signatories_signature (city, id)"
    ),
    "a check, NOT VALID": (
        "ALTER TABLE signatories_signature ADD CONSTRAINT sample_check CHECK (id > 0) NOT VALID"
    ),
    "the check is made VALID": (
        "ALTER TABLE signatories_signature VALIDATE CONSTRAINT sample_check"
    ),
}
FILL = "UPDATE signatories_signature SET sample = true WHERE id > %s AND id <= %s"


def main() -> None:
    sizes = [int(one) for one in sys.argv[1:]] or list(SIZES)
    with tempfile.TemporaryDirectory(prefix="casa-upgrades-", dir="/tmp") as folder:
        header = machine.described(Path(folder))
        with servers.database_server("postgresql", Path(folder)) as server:
            found = [dict(measured(server, Path(folder), size)) for size in sizes]
    print(f"\n{header}\n\n| | {' | '.join(f'{size:,}' for size in sizes)} |")
    print(f"|---|{'--:|' * len(sizes)}")
    for name in dict.fromkeys(name for one in found for name in one):
        print(f"| {name} | {' | '.join(one.get(name, '–') for one in found)} |")


def measured(server: str, folder: Path, size: int) -> Iterator[tuple[str, str]]:
    """What each step took, in the order of the table; times in seconds."""
    url = servers.new_database(server, f"upgraded_{size}")
    environment = servers.production(folder, url, 8000) | {"PATH": with_postgres.programs()}
    servers.manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
    servers.seed(environment, SEEDED, 0)
    fill = [sys.executable, "-m", "benchmarks.many", str(size), "--varied"]
    subprocess.run(fill, cwd=servers.ROOT, env=environment, check=True)
    backups = folder / f"backups{size}"
    backups.mkdir()
    yield "backup", timed(environment, "backup", str(backups))
    (file,) = backups.iterdir()
    yield "  its size, MB", f"{file.stat().st_size / 1024**2:.0f}"
    file.unlink()
    yield "`migrate` with nothing to do", timed(environment, "migrate", "--verbosity", "0")
    for kept in sorted(RELEASES.glob("*/migrations.txt")):
        yield from since(kept, environment)
    yield from parts(url)


def since(kept: Path, environment: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each migration after those of a version that is kept, and each one's way back."""
    names = kept.read_text("utf-8").split()
    now = said(environment, "applied_migrations").split()
    for name in now:
        if name not in names:
            servers.manage(environment, "applied_migrations", "--back-to", str(kept))
            break
    for name in now:
        if name not in names:
            app, _dot, number = name.partition(".")
            yield f"since {kept.parent.name}: {name}", timed(environment, "migrate", app, number)


def parts(url: str) -> Iterator[tuple[str, str]]:
    """What migrations are mostly made of, each by itself."""
    with closing(psycopg2.connect(url)) as database:
        database.autocommit = True
        cursor = database.cursor()
        for name, sql in PARTS.items():
            begun = time.perf_counter()
            cursor.execute(sql)
            yield name, _seconds(begun)
        begun = time.perf_counter()
        cursor.execute("SELECT max(id) FROM signatories_signature")
        (last,) = cursor.fetchone() or (0,)
        for first in range(0, last, BATCH):
            cursor.execute(FILL, [first, first + BATCH])
        yield f"a column filled in all rows, {BATCH:,} in each transaction", _seconds(begun)


def timed(environment: dict[str, str], *arguments: str) -> str:
    begun = time.perf_counter()
    said(environment, *arguments)
    return _seconds(begun)


def said(environment: dict[str, str], *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=servers.ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip


def _seconds(begun: float) -> str:
    return f"{time.perf_counter() - begun:.1f}"


if __name__ == "__main__":
    main()
