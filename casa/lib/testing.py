"""What tests of several apps need: queries and time counted, a database of their own, patience."""

import fcntl
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from functools import partial
from math import inf
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urlencode
from urllib.request import urlopen
from uuid import uuid4

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

DATA_KEYS = {"DATA_KEYS": f"tests:{'A' * 43}=", "DATA_HASH_KEY": f"{'B' * 42}A="}
"""Keys as settings: databases that tests copy from each other are read with the same ones."""


def headers_of(answer: Any) -> dict[str, str]:
    """What an answer says beside its content, without what is another in every answer."""
    return {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}


def assert_flat_queries(
    add: Callable[[int], object], ask: Callable[[int], object], *, sizes: tuple[int, int] = (1, 3)
) -> list[str]:
    """Fail unless `ask` sends as many queries at the second of `sizes` as at the first.

    `add(number)` makes one more row; `ask(rows)` asks for what shows them, and can check that it
    does. It is called twice at each size, the first time to fill what a process keeps; the cache
    is empty the second time. Returns the SQL sent at the second size.
    """
    sent: list[list[str]] = []
    made = 0
    for rows in sizes:
        for number in range(made, rows):
            add(number)
        made = rows
        ask(rows)
        cache.clear()
        sent.append(queries_of(partial(ask, rows)))
    few, many = sent
    listed = "\n".join(many)
    assert len(few) == len(many), (
        f"{len(few)} queries at {sizes[0]} rows, {len(many)} at {sizes[1]}:\n{listed}"
    )
    return many


def queries_of(ask: Callable[[], object]) -> list[str]:
    """The SQL that `ask` sends."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    return [query["sql"] for query in captured]


class Clock:
    """Stands in the place of `timezone.now`, and can be moved on."""

    def __init__(self, real: Callable[[], datetime]) -> None:
        self._real, self._offset = real, timedelta()

    def now(self) -> datetime:
        return self._real() + self._offset

    def move(self, **by: float) -> None:
        self._offset += timedelta(**by)


PUMPS = ("A", "a.", "A-", "@", " ", "(", ",", "<", "😀")
"""What a hostile text repeats."""

LONGEST_TEXT = 100_000  # characters
LONGEST_TIME = 0.2  # seconds
TRIES = 3


def slow_texts(
    read: Callable[[str], object],
    *,
    pumps: tuple[str, ...] = PUMPS,
    limit: float = LONGEST_TIME,
    longest: int = LONGEST_TEXT,
) -> dict[str, float]:
    """The repeated texts that `read` takes longer for than `limit` seconds, with how long it took.

    Shorter texts come first: a time that grows with the square of the length ends the test before
    it takes hours.
    """
    slow = {}
    for pump in pumps:
        for length in (longest // 100, longest // 10, longest):
            text = (pump * length)[:length]
            if (seconds := least_seconds(read, text, limit)) > limit:
                slow[f"{pump!r} × {length:,}"] = round(seconds, 3)
                break
    return slow


def least_seconds(read: Callable[[str], object], text: str, limit: float) -> float:
    """Seconds of the processor that `read` takes: of the first try within `limit`, or of the best.

    So a busy machine changes nothing; nor does what is kept of a try, as each has another text.
    """
    best = inf
    for cut in range(TRIES):
        best = min(best, cpu_seconds(read, text[cut:]))
        if best <= limit:
            break
    return best


def cpu_seconds(read: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    read(text)
    return time.process_time() - start


@contextmanager
def own_database(folder: Path, like: str | None = None) -> Iterator[str]:
    """DATABASE_URL of a database on the engine that the tests run on, gone in the end.

    Empty, or a copy: of a SQLite file, or of a database on the PostgreSQL server.
    """
    if connection.vendor == "sqlite":
        file = folder / "own.sqlite3"
        if like:
            copy_sqlite(like, file)
        yield f"sqlite:///{file}"
        return
    name = f"own_{uuid4().hex[:12]}"
    on_server(f"CREATE DATABASE {name}" + (f" TEMPLATE {like}" if like else ""))
    try:
        yield url_of(name)
    finally:
        on_server(f"DROP DATABASE {name} WITH (FORCE)")


def shared_database(
    folder: Path, name: str, make: Callable[[str], None], like: str | None = None
) -> str:
    """A database to copy, made with `make(url)` by the first process that asks in `folder`.

    A SQLite file in the folder, or a database on the PostgreSQL server, where a later test run
    replaces it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor == "sqlite":
            return str(_shared_sqlite(folder, name, make, like))
        database, made = f"test_{name}", folder / f"{name}.made"
        if not made.exists():
            on_server(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
            on_server(f"CREATE DATABASE {database}" + (f" TEMPLATE {like}" if like else ""))
            make(url_of(database))
            made.touch()
        return database


def kept_on_server(folder: Path, name: str, mark: str, make: Callable[[str], None]) -> str:
    """A database on the PostgreSQL server to copy, made with `make(url)` where none of this mark
    is there: a later run finds it. One of another mark goes."""
    folder.mkdir(parents=True, exist_ok=True)
    database, unfinished = f"test_{name}_{mark}", f"test_{name}_unfinished"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        there = _databases_like(f"test_{name}_%")
        if database not in there:
            for old in there:
                on_server(f"DROP DATABASE {old} WITH (FORCE)")
            on_server(f"CREATE DATABASE {unfinished}")
            make(url_of(unfinished))
            on_server(f"ALTER DATABASE {unfinished} RENAME TO {database}")
        return database


def _databases_like(pattern: str) -> list[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern])
        return [name for (name,) in cursor.fetchall()]


def _shared_sqlite(folder: Path, name: str, make: Callable[[str], None], like: str | None) -> Path:
    file, unfinished = folder / f"{name}.sqlite3", folder / "unfinished.sqlite3"
    if not file.exists():
        unfinished.unlink(missing_ok=True)
        if like:
            copy_sqlite(like, unfinished)
        make(f"sqlite:///{unfinished}")
        unfinished.rename(file)
    return file


def copy_sqlite(source: str | Path, target: str | Path) -> None:
    """A whole and consistent copy, whatever lies beside `source` in a journal."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


class Rows:
    """The rows of the tests' own database as `migrate` left them, to go back to.

    On PostgreSQL it keeps a copy of them in a schema, as tables are emptied and filled faster than
    a database is made; on SQLite the file is copied again.
    """

    def __init__(self, migrated: str) -> None:
        self._migrated = migrated
        self._restoring = "" if connection.vendor == "sqlite" else self._keep()

    @staticmethod
    def _keep() -> str:
        """Copy what tables hold; the SQL that brings it back."""
        with connection.cursor() as cursor:
            tables = [f'"{name}"' for name in connection.introspection.table_names(cursor)]
            cursor.execute("CREATE SCHEMA kept")
            for table in tables:
                cursor.execute(f"CREATE TABLE kept.{table} AS TABLE public.{table}")
        # Append-only tables refuse to be emptied by all but replicas.
        return ";".join(
            ["SET session_replication_role = replica"]
            + [f"DELETE FROM public.{table}" for table in tables]  # noqa: S608 - names of ours
            + [f"INSERT INTO public.{table} TABLE kept.{table}" for table in tables]
            + ["SET session_replication_role = DEFAULT"]
        )

    def restore(self) -> None:
        with connection.cursor() as cursor:  # outside of any transaction
            if self._restoring:
                cursor.execute(self._restoring)
                return
            # Fails, after a while, if anybody still writes: the copy would wait without end.
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
            with closing(sqlite3.connect(self._migrated)) as source:
                source.backup(connection.connection)


def on_server(sql: str) -> None:
    """Run `sql` on the PostgreSQL server of the tests, where making a database is allowed."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql)


def url_of(name: str) -> str:
    """DATABASE_URL of another database on the PostgreSQL server of the tests."""
    config = connection.settings_dict
    host = config["HOST"] or config.get("OPTIONS", {}).get("host", "")
    login = ":".join(quote(part, safe="") for part in (config["USER"], config["PASSWORD"]) if part)
    port = f":{config['PORT']}" if config["PORT"] else ""
    if host.startswith("/") or not host:
        options = urlencode({"host": host}, safe="/") if host else ""
        return f"postgres://{login}@{port}/{name}?{options}"
    return f"postgres://{login}@{host}{port}/{name}"


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for_answer(url: str, seconds: float) -> None:
    def answers() -> bool:
        try:
            with urlopen(url, timeout=5):  # noqa: S310 - our own address
                return True
        except (URLError, OSError):
            return False

    wait_until(answers, seconds)


def wait_until(condition: Callable[[], object], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "took too long"
        time.sleep(0.05)
