"""What tests of several apps need: a database of their own, and patience."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode
from uuid import uuid4

from django.db import connection


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """DATABASE_URL of an empty database like the one the tests run on, gone in the end."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'drill.sqlite3'}"
        return
    name = f"drill_{uuid4().hex[:12]}"
    on_server(f"CREATE DATABASE {name}")
    try:
        yield url_of(name)
    finally:
        on_server(f"DROP DATABASE {name} WITH (FORCE)")


def on_server(sql: str) -> None:
    """Run `sql` on the PostgreSQL server of the tests, where making a database is allowed."""
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
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


def wait_until(condition: Callable[[], object], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "took too long"
        time.sleep(0.05)
