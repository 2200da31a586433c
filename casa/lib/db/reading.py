"""Which database a request reads from: Django asks the router for each query."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

ALIAS = "replica"
"""Its name in DATABASES."""

_is_on: ContextVar[bool] = ContextVar("reads_from_replica", default=False)


def is_on() -> bool:
    """Whether this thread may read from the replica."""
    return _is_on.get()


def begin() -> None:
    _is_on.set(True)


def end() -> None:
    _is_on.set(False)


@contextmanager
def from_primary() -> Iterator[None]:
    """What is read here is read from the primary; a decorator, too.

    For what is kept in a cache and dropped when it changes: a replica could give it back as it was.
    """
    before = _is_on.get()
    _is_on.set(False)
    try:
        yield
    finally:
        _is_on.set(before)


class ReplicaRouter:
    """Sends to the replica what a request for a public page reads, until it writes."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        if _is_on.get() and not connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return ALIAS
        return DEFAULT_DB_ALIAS

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Whoever has written reads what was written."""
        _is_on.set(False)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True  # both are rows of one database

    def allow_migrate(self, alias: str, app_label: str, **hints: Any) -> bool | None:
        return False if alias == ALIAS else None
