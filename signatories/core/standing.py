"""Since when an organization stands in public by its signature: kept with it, by triggers.

`Organization.stands_from` is the earliest moment of publication of the statements that it signed,
with its name shown and its signature counted; NULL where there is none. Lists ask one column
instead of all signatures. The database keeps it, so that no way of writing can leave it wrong,
a stale object that is saved included; `verify_tally` compares it.

Locks are taken in the order signatures, publication of the statement, organizations. Who changes
signatures holds a share of the statement's publication, so that two transactions which see only
their own part cannot both be wrong; so does the organization's row for two of its signatures.

The triggers name several tables, so each `migrate` makes them anew: SQLite cannot make a table
anew while a trigger names it.
"""

from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, DateTimeField, F, Min, OuterRef, Q, Subquery, When

from signatories.models import Organization, Signature
from statements.models import Statement

ORGANIZATIONS, SIGNATURES, STATEMENTS = (
    "signatories_organization",
    "signatories_signature",
    "statements_statement",
)
TRIGGERS = {
    f"{SIGNATURES}_stands_insert": SIGNATURES,
    f"{SIGNATURES}_stands_update": SIGNATURES,
    f"{SIGNATURES}_stands_delete": SIGNATURES,
    f"{STATEMENTS}_stands": STATEMENTS,
    f"{ORGANIZATIONS}_stands": ORGANIZATIONS,
    f"{ORGANIZATIONS}_stands_insert": ORGANIZATIONS,
}

# What SQL says of a row here is what `Signature.objects.public().organizations().named()` says.


def _is_shown(row: str) -> str:
    return (
        f"({row}.kind = 'organization' AND {row}.state = 'confirmed' AND {row}.approved"
        f" AND NOT {row}.name_withheld)"
    )


def _moment(row: str) -> str:
    statuses = ", ".join(f"'{status}'" for status in Statement.PUBLIC_STATUSES)
    return f"CASE WHEN {row}.status IN ({statuses}) THEN {row}.publish_at END"


def _earliest(organization: str) -> str:
    return (
        f"(SELECT MIN({_moment('statement')}) FROM {SIGNATURES} one"  # noqa: S608 - without values
        f" JOIN {STATEMENTS} statement ON statement.id = one.statement_id"
        f" WHERE one.organization_id = {organization} AND {_is_shown('one')})"
    )


def make_triggers(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Have the database keep the column, and write it where it is wrong; runs after `migrate`."""
    connection = connections[using]
    if not _has_column(connection):
        return
    make = {"sqlite": _make_in_sqlite, "postgresql": _make_in_postgresql}[connection.vendor]
    make(connection)
    is_other = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    earliest = _earliest(f"{ORGANIZATIONS}.id")
    _execute(
        connection,
        f"UPDATE {ORGANIZATIONS} SET stands_from = {earliest}"  # noqa: S608 - without values
        f" WHERE stands_from {is_other} {earliest}",
    )


def drop_triggers(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Let SQLite make tables anew; runs before `migrate`."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        _execute(connection, *(f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGERS))


def _has_column(connection: BaseDatabaseWrapper) -> bool:
    """Not where migrations are applied up to an earlier one."""
    with connection.cursor() as cursor:
        if ORGANIZATIONS not in connection.introspection.table_names(cursor):
            return False
        columns = connection.introspection.get_table_description(cursor, ORGANIZATIONS)
    return "stands_from" in {column.name for column in columns}


def _execute(connection: BaseDatabaseWrapper, *statements: str) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def _changes() -> str:
    """Whether an update of a signature changes where its organization is shown."""
    is_other = " OR ".join(
        f"OLD.{name} <> NEW.{name}" for name in ("organization_id", "statement_id")
    )
    old, new = _is_shown("OLD"), _is_shown("NEW")
    return f"(({old}) <> ({new}) OR ({old} AND {new} AND ({is_other})))"


COLUMNS = "kind, state, approved, name_withheld, organization_id, statement_id"


def _make_in_sqlite(connection: BaseDatabaseWrapper) -> None:
    def trigger(name: str, when: str, condition: str, of: str) -> tuple[str, str]:
        update = f"UPDATE {ORGANIZATIONS} SET stands_from = {_earliest(f'{ORGANIZATIONS}.id')}"  # noqa: S608
        return f"DROP TRIGGER IF EXISTS {name}", (
            f"CREATE TRIGGER {name} AFTER {when} ON {TRIGGERS[name]} WHEN {condition}"
            f" BEGIN {update} WHERE id IN ({of}); END"
        )

    inserted, updated, deleted, published, written, stored = TRIGGERS
    signers = (
        f"SELECT one.organization_id FROM {SIGNATURES} one"  # noqa: S608 - without values
        f" WHERE one.statement_id = NEW.id AND {_is_shown('one')}"
    )
    both = "OLD.organization_id, NEW.organization_id"
    is_moved = f"{_moment('OLD')} IS NOT {_moment('NEW')}"
    is_written = "OLD.stands_from IS NOT NEW.stands_from"
    _execute(
        connection,
        *trigger(inserted, "INSERT", _is_shown("NEW"), "NEW.organization_id"),
        *trigger(updated, f"UPDATE OF {COLUMNS}", _changes(), both),
        *trigger(deleted, "DELETE", _is_shown("OLD"), "OLD.organization_id"),
        *trigger(published, "UPDATE OF status, publish_at", is_moved, signers),
        *trigger(written, "UPDATE OF stands_from", is_written, "NEW.id"),
        *trigger(stored, "INSERT", "NEW.stands_from IS NOT NULL", "NEW.id"),
    )


_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION {ORGANIZATIONS}_refresh(keys bigint[]) RETURNS void
LANGUAGE plpgsql AS $$ BEGIN
  PERFORM 1 FROM {ORGANIZATIONS} WHERE id = ANY (keys) ORDER BY id FOR NO KEY UPDATE;
  UPDATE {ORGANIZATIONS} AS kept SET stands_from = found.earliest FROM (
    SELECT id, {_earliest("organization.id")} AS earliest
    FROM {ORGANIZATIONS} organization WHERE id = ANY (keys)
  ) found WHERE kept.id = found.id AND kept.stands_from IS DISTINCT FROM found.earliest;
END $$;

CREATE OR REPLACE FUNCTION {SIGNATURES}_stands() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('publication ' || statement, 0))
    FROM unnest(ARRAY[OLD.statement_id, NEW.statement_id]) statement
    WHERE statement IS NOT NULL ORDER BY statement;
  PERFORM {ORGANIZATIONS}_refresh(ARRAY[OLD.organization_id, NEW.organization_id]);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION {STATEMENTS}_stands() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('publication ' || NEW.id, 0));
  PERFORM {ORGANIZATIONS}_refresh(ARRAY(
    SELECT one.organization_id FROM {SIGNATURES} one
    WHERE one.statement_id = NEW.id AND {_is_shown("one")}
  ));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION {ORGANIZATIONS}_stands() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN
  NEW.stands_from := {_earliest("NEW.id")};
  RETURN NEW;
END $$;
"""  # noqa: S608 - names of ours alone


def _make_in_postgresql(connection: BaseDatabaseWrapper) -> None:
    def trigger(name: str, when: str, condition: str, *, function: str) -> str:
        return (
            f"CREATE OR REPLACE TRIGGER {name} {when} ON {TRIGGERS[name]} FOR EACH ROW"
            f" WHEN ({condition}) EXECUTE FUNCTION {function}()"
        )

    inserted, updated, deleted, published, written, stored = TRIGGERS
    of_signatures = f"{SIGNATURES}_stands"
    is_moved = f"{_moment('OLD')} IS DISTINCT FROM {_moment('NEW')}"
    is_written = "OLD.stands_from IS DISTINCT FROM NEW.stands_from"
    after = f"AFTER UPDATE OF {COLUMNS}"
    moved = "AFTER UPDATE OF status, publish_at"
    _execute(
        connection,
        _FUNCTIONS,
        trigger(inserted, "AFTER INSERT", _is_shown("NEW"), function=of_signatures),
        trigger(updated, after, _changes(), function=of_signatures),
        trigger(deleted, "AFTER DELETE", _is_shown("OLD"), function=of_signatures),
        trigger(published, moved, is_moved, function=published),
        trigger(written, "BEFORE UPDATE OF stands_from", is_written, function=written),
        trigger(stored, "BEFORE INSERT", "NEW.stands_from IS NOT NULL", function=written),
    )


def differences() -> list[tuple[Organization, datetime | None, datetime | None]]:
    """Where the column and the signatures disagree: (organization, stored, of its signatures).

    Empty when all is well. One SQL statement, so that it sees one moment while people sign.
    """
    shown = Signature.objects.counted().organizations().named()
    shown = shown.filter(
        organization=OuterRef("pk"), statement__status__in=Statement.PUBLIC_STATUSES
    )
    earliest = shown.order_by().values("organization").annotate(at=Min("statement__publish_at"))
    compared = Organization.objects.order_by("pk").annotate(
        earliest=Subquery(earliest.values("at"), output_field=DateTimeField())
    )
    is_alike = Q(stands_from=F("earliest")) | Q(stands_from=None, earliest=None)
    differ = compared.annotate(alike=Case(When(is_alike, then=1), default=0)).filter(alike=0)
    return [(one, one.stands_from, one.earliest) for one in differ]
