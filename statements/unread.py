"""Editions that nobody could read yet: the only ones that are ever discarded.

Once the moment of publication has come, the database itself refuses (see `let_unread_go`).
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ProtectedError
from django.db.models.functions import Now
from django.utils import timezone

from statements.models import Edition, Statement

Status = Statement.Status

MARGIN = timedelta(seconds=2)
"""So long before the moment nothing is stopped any more: what is written has to be seen in time."""

TABLE = "statements_edition"
TRIGGER = f"{TABLE}_no_delete"

on_discard: list[Callable[[Statement, Sequence[Edition]], object]] = []
"""Called with editions about to be discarded, in the transaction that does it.

Whoever points at an edition adds its function in `AppConfig.ready`; an exception undoes all."""


class TooLateError(Exception):
    """Visitors can read it already, or will before anything could be stopped."""


class ReferredToError(Exception):
    """Somebody's history refers to an edition, so it has to stay."""


def hold(statement: Statement) -> datetime | None:
    """Lock a statement that is under embargo, in the caller's transaction.

    Returns until when it is, None where it is not. "Now" is that of the database and of this
    machine, whichever is later.
    """
    waiting = Statement.objects.filter(
        pk=statement.pk,
        status__in=(Status.PUBLISHED, Status.CLOSED),
        publish_at__gt=timezone.now() + MARGIN,
    )
    if waiting.filter(publish_at__gt=Now()).update(changed_at=timezone.now()) != 1:
        return None
    return Statement.objects.values_list("publish_at", flat=True).get(pk=statement.pk)


def require_time_left(publish_at: datetime) -> None:
    """Raise TooLateError if the moment has come near while it was worked; the last thing to do."""
    if publish_at - timezone.now() < MARGIN / 2:
        raise TooLateError


def discard(statement: Statement) -> list[Edition]:
    """Delete the editions of a statement that is held, with their words in the search.

    Returns them. Raises ReferredToError, and TooLateError where the database refuses.
    """
    editions = list(Edition.objects.filter(statement=statement).order_by("pk"))
    for react in on_discard:
        react(statement, editions)
    try:
        with transaction.atomic():
            Edition.objects.filter(statement=statement).discard_unread()
    except ProtectedError as error:
        raise ReferredToError from error
    except IntegrityError as error:
        raise TooLateError from error
    return editions


# The trigger of the table. Migrations know the strict one, which refers to no other table: SQLite
# cannot make a table anew while a trigger names it.


def let_unread_go(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Let the database delete only editions that nobody could read; runs after `migrate`."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        # Moments are texts with microseconds there, and its clock tells milliseconds.
        is_unread = _is_unread("strftime('%Y-%m-%d %H:%M:%f', 'now') || '999'")
        _make_sqlite_trigger(connection, f"WHEN NOT {is_unread}")
    elif connection.vendor == "postgresql":
        _make_postgresql_function(
            connection,
            f"IF {_is_unread('clock_timestamp()')} THEN RETURN OLD; END IF;",
        )


def keep_all(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Let the database refuse to delete any edition; runs before `migrate`."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        _make_sqlite_trigger(connection, "")
    elif connection.vendor == "postgresql":
        _make_postgresql_function(connection, "")


UNREAD = """EXISTS (
    SELECT 1 FROM statements_statement
    WHERE id = OLD.statement_id AND status IN ('published', 'closed') AND publish_at > NOW
)"""


def _is_unread(now: str) -> str:
    return UNREAD.replace("NOW", now)


def _has_trigger(connection: BaseDatabaseWrapper, sql: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [TRIGGER])
        return cursor.fetchone() is not None


def _make_sqlite_trigger(connection: BaseDatabaseWrapper, condition: str) -> None:
    if not _has_trigger(connection, "SELECT 1 FROM sqlite_master WHERE name = %s"):
        return  # nothing is migrated yet
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {TRIGGER}")
        cursor.execute(
            f"CREATE TRIGGER {TRIGGER} BEFORE DELETE ON {TABLE} {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
        )


def _make_postgresql_function(connection: BaseDatabaseWrapper, unless: str) -> None:
    if not _has_trigger(connection, "SELECT 1 FROM pg_trigger WHERE tgname = %s"):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {unless} RAISE EXCEPTION '{TABLE} is append-only'"
            " USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
