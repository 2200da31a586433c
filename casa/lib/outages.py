"""What others give us and is away now and then: the database, the mail server, the cache.

While one is away, everything that needs it fails, each time with a traceback that says the same.
So each process says once that it is away, and once how long it was when it is back. Who asks the
mail server and the cache says so (`fail`, `end`); what the database causes is told by its errors.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError

logger = logging.getLogger(__name__)

LONGEST_REASON = 200  # characters


class Outage:
    """Whether something is away, as this process sees it. Safe among threads."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()
        self._since: float | None = None
        self._failures = 0

    @property
    def is_on(self) -> bool:
        return self._since is not None

    def fail(self, why: str) -> None:
        """Something failed because it is away. Only the first of an outage is said."""
        with self._lock:
            self._failures += 1
            is_first = self._since is None
            if is_first:
                self._since = time.monotonic()
        if is_first:
            logger.error("The %s is away: %s", self.name, why[:LONGEST_REASON])

    def end(self) -> None:
        """It works. Costs nothing where it was not away."""
        if self._since is None:
            return
        with self._lock:
            since, failures = self._since, self._failures
            self._since, self._failures = None, 0
        if since is not None:
            seconds = time.monotonic() - since
            logger.warning("The %s is back after %.0f s; failures meanwhile: %d",
                           self.name, seconds, failures)  # fmt: skip


ALL = DATABASE, MAIL_SERVER, CACHE = Outage("database"), Outage("mail server"), Outage("cache")


class OutageFilter(logging.Filter):
    """Lets no record through that a database caused that is away; that is told in its place."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if "of_outage" not in record.__dict__:  # else another handler has counted it
            record.__dict__["of_outage"] = bool(error and note(error))
        return not record.__dict__["of_outage"]


def is_of_outage(failure: BaseException) -> bool:
    """Whether `failure` was caused by a database that is away."""
    return any(map(_is_of_database, _causes(failure)))


def note(failure: BaseException) -> bool:
    """The same; it is then counted."""
    for error in filter(_is_of_database, _causes(failure)):
        lines = str(error).strip().splitlines()
        DATABASE.fail(f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__)
        return True
    return False


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _is_of_database(error: BaseException) -> bool:
    return isinstance(error, OperationalError | InterfaceError) and is_away(error)


# Of SQLSTATE: connection exceptions, too many connections, shut down or starting.
_AWAY = ("08", "53300", "57P")
_NOT_OPENED = "SQLITE_CANTOPEN"


def is_away(error: BaseException) -> bool:
    """Whether the database cannot be reached, other than a query that failed (a deadlock, say)."""
    cause = error.__cause__
    if code := getattr(cause, "pgcode", None):
        return str(code).startswith(_AWAY)
    if name := getattr(cause, "sqlite_errorname", None):
        return str(name).startswith(_NOT_OPENED)
    return isinstance(error, OperationalError) or "connection" in str(error)


def database_connected(connection: Any, **kwargs: Any) -> None:
    """A connection was made. A pool in front of a database that is away makes them, too."""
    if DATABASE.is_on:
        with suppress(DatabaseError, InterfaceError), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            DATABASE.end()
