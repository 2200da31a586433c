"""The whole product, as `make run` starts it, for tests that use it from outside."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from casa.lib.testing import DATA_KEYS, copy_sqlite, free_port, own_database, wait_until

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 400  # on a machine that does much else


@dataclass
class Loaded:
    """The demo's content in a database to copy, and its media."""

    database: str
    media: Path


@dataclass
class Product:
    """A running demo: its address, and its management commands."""

    url: str
    environment: dict[str, str]
    process: subprocess.Popen[str]
    log: Path

    def manage(self, *arguments: str, typed: str | None = None) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, input=typed, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def answers(self) -> bool:
        try:
            with urlopen(self.url, timeout=5):
                return "Ctrl-C" in self.log.read_text()
        except (URLError, OSError):
            assert self.process.poll() is None, self.log.read_text()
            return False

    def has_failed(self) -> bool:
        return "Traceback" in self.log.read_text()


@contextmanager
def running_product(folder: Path, loaded: Loaded | None, **environment: str) -> Iterator[Product]:
    """`manage.py demo` on the engine that the tests run on, with a database of its own: a copy of
    what is loaded, or an empty one."""
    if loaded:
        shutil.copytree(loaded.media, folder / "media")
    with own_database(folder, loaded and loaded.database) as database_url:
        port, log = free_port(), folder / "log.txt"
        environment |= {
            "PATH": os.environ["PATH"], "ENV_FILE": "", "VAR_DIR": str(folder),
            **DATA_KEYS, "PORT": str(port), "DATABASE_URL": database_url, "PYTHONUNBUFFERED": "1",
            "CACHE_URL": f"filecache://{folder / 'cache'}",  # so that it can be emptied from here
        }  # fmt: skip
        with log.open("w") as file:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "demo"],
                cwd=ROOT, env=environment, stdout=file, stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
        running = Product(f"http://127.0.0.1:{port}", environment, process, log)
        try:
            wait_until(running.answers, START_SECONDS)
            yield running
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(60)
            finally:
                process.kill()
        assert process.returncode == 0, log.read_text()
        assert not running.has_failed(), log.read_text()


# --- One for many modules --------------------------------------------------------------------

NUMBERS_OF_A_MODULE = 10_000
UNFINISHED = (
    "SELECT (SELECT count(*) FROM mail_outgoingmail WHERE state IN ('queued', 'sending')"
    " AND due_at <= strftime('%Y-%m-%d %H:%M:%f', 'now')) + (SELECT count(*) FROM django_q_ormq)"
)
WITHOUT_ROWS = (
    "INSERT INTO sqlite_sequence SELECT name, 0 FROM sqlite_master"
    " WHERE sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence)"
)


def take_back(product: Product, loaded: Loaded, modules: int) -> None:
    """All that was done with a product that goes on running, on SQLite.

    What it stores from now on gets numbers that it never gave: a page that is still open, or
    anything that a process keeps, is of no other row.
    """
    folder = Path(product.environment["VAR_DIR"])
    database = folder / "own.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        wait_until(lambda: not connection.execute(UNFINISHED).fetchone()[0], 60)
    copy_sqlite(loaded.database, database)
    with closing(sqlite3.connect(database, timeout=20)) as connection, connection:
        connection.execute(WITHOUT_ROWS)
        connection.execute(
            "UPDATE sqlite_sequence SET seq = seq + ?", [modules * NUMBERS_OF_A_MODULE]
        )
    for name in ("media", "mail", "cache"):
        shutil.rmtree(folder / name, ignore_errors=True)
    shutil.copytree(loaded.media, folder / "media")


@dataclass
class Kept:
    """The product and the browser that a worker keeps from one module to the next."""

    product: Product | None = None
    browser: Any = None
    modules: int = 0
    opened: ExitStack = field(default_factory=ExitStack)

    def close(self) -> None:
        self.product = self.browser = None
        self.opened.close()


KEPT = pytest.StashKey[Kept]()
