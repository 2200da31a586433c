"""Keep a database of this version, as a start for tests of later upgrades: make release-data

On SQLite and on a PostgreSQL of its own, with the demo's invented content, as SQL. Run it for each
version before its tag is set; what is tagged is kept as it is.
"""

import gzip
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from casa.lib.testing import DATA_KEYS  # noqa: E402
from tools.with_postgres import NOT_DURABLE, postgres, programs  # noqa: E402

RELEASES = ROOT / "casa" / "operations" / "tests" / "releases"
MIGRATIONS = "migrations.txt"
FILL = "from casa.demo import content; content.load_if_empty()"
OF_NEWER_SERVERS = re.compile(r"\\(un)?restrict |SET transaction_timeout")
"""Lines of pg_dump that older servers, or programs other than psql, do not understand."""


def main() -> int:
    version = version_of(ROOT)
    tags = _said("git", "tag", "--list", f"v{version}").split()
    if tags:
        print(f"v{version} is tagged: its database stays as it is.", file=sys.stderr)
        return 1
    folder = RELEASES / version
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as var, postgres(NOT_DURABLE) as server:
        file = Path(var, "filled.sqlite3")
        for vendor, url in {"sqlite": f"sqlite:///{file}", "postgresql": server}.items():
            environment = os.environ | DATA_KEYS | {
                "ENV_FILE": "", "DATABASE_URL": url, "VAR_DIR": var, "DEBUG": "1",
            }  # fmt: skip
            manage(environment, "migrate", "--verbosity", "0")
            manage(environment, "shell", "--verbosity", "0", "--command", FILL)
            lines = of_sqlite(file) if vendor == "sqlite" else of_postgres(url)
            write(folder / f"{vendor}.sql.gz", lines)
        (folder / MIGRATIONS).write_text(manage(environment, "applied_migrations"), "utf-8")
    for made in sorted(folder.iterdir()):
        print(f"{made.relative_to(ROOT)}: {made.stat().st_size:,} bytes")
    return 0


def version_of(folder: Path) -> str:
    found = re.search(r'^version = "(.+)"$', (folder / "pyproject.toml").read_text(), re.MULTILINE)
    if found is None:
        raise SystemExit("pyproject.toml says no version.")
    return found[1]


def manage(environment: dict[str, str], *arguments: str) -> str:
    """What a command of the site says."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def of_sqlite(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return [f"{line}\n" for line in database.iterdump()]


def of_postgres(url: str) -> list[str]:
    """One INSERT for each row, so that no program of PostgreSQL is needed to read it."""
    dump = _said("pg_dump", "--inserts", "--no-owner", "--no-privileges", f"--dbname={url}")
    return [line for line in dump.splitlines(keepends=True) if not OF_NEWER_SERVERS.match(line)]


def write(file: Path, lines: Iterable[str]) -> None:
    """Packed, with nothing in it that differs from one minute to the next but its content."""
    with file.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write("".join(lines).encode())


def _said(*command: str) -> str:
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PATH": programs()}, check=True,
        capture_output=True, text=True,
    ).stdout  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
