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
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        config = connection.settings_dict
        host = config["HOST"] or config.get("OPTIONS", {}).get("host", "")
        login = ":".join(
            quote(part, safe="") for part in (config["USER"], config["PASSWORD"]) if part
        )
        port = f":{config['PORT']}" if config["PORT"] else ""
        if host.startswith("/") or not host:
            options = urlencode({"host": host}, safe="/") if host else ""
            yield f"postgres://{login}@{port}/{name}?{options}"
        else:
            yield f"postgres://{login}@{host}{port}/{name}"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def wait_until(condition: Callable[[], object], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "took too long"
        time.sleep(0.05)
