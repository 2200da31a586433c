"""A million signatures in some minutes: made by one SQL statement each, on PostgreSQL alone.

`python -m benchmarks.many 1000000`, on a database that `benchmarks.seed` filled with a few, adds
confirmed signatures to its statement until there are so many, one in eight of an organization.
Addresses lie encrypted, as the product stores them; with `BENCH_UNSEALED=1` they do not.
With `--varied` some wait, are hidden or suspicious, came by a list or have trouble with mail, and a
mail was sent to each.
"""

import io
import sys
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection, models, transaction

from benchmarks import unsealed
from casa.lib.addresses.mailbox_keys import mailbox_key
from casa.mail.models import OutgoingMail
from signatories.core import standing, tally
from signatories.models import Organization, Signature, SignatureEvent, TallySlot
from statements.models import Edition, Statement

FIRST = "(ARRAY['nora','emil','leyla','tomas','aysel','henrik','maria','rashad','ingrid'])"
LAST = "(ARRAY['lind','aliyev','novak','okafor','berg','haddad','silva','jansen','petrov'])"
CITIES = "(ARRAY['leeds','baku','oslo','porto','gent'])[number % 5 + 1]"
COUNTRIES = "(ARRAY['GB','AZ','NO','PT','BE'])[number % 5 + 1]"
OF_PERSON = f"{FIRST}[number % 9 + 1] || ' ' || {LAST}[number / 9 % 9 + 1] || ' ' || number"
OF_ORGANIZATION = "'library friends no ' || number"
MADE = "made.id"


def add(edition: Edition, *, first: int, last: int) -> None:
    """Store confirmed signatures with the numbers from `first` to `last`, and count them.

    Rows are like those of `benchmarks.seed`, and the last one signed just now.
    """
    statement = edition.statement
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers meanwhile
        _seal_addresses(cursor, first, last)
        cursor.execute(_organizations(), [first, last])
        cursor.execute(_signatures(edition, last), [first, last])
        cursor.execute(_events(), [statement.pk])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        _count(statement)
        standing.make_triggers()


SEALED = "made_addresses"


def _seal_addresses(cursor: Any, first: int, last: int) -> None:
    """What the database has of each address, and the key of its mailbox, in a table for now."""
    field = Signature._meta.get_field("email")
    cursor.execute(
        f"CREATE TEMP TABLE {SEALED} (number int PRIMARY KEY, address text, mailbox text)"
        " ON COMMIT DROP"
    )
    rows = io.StringIO()
    for number in range(first, last + 1):
        address = f"signer{number}@example.org"
        sealed = field.get_db_prep_save(address, connection)
        rows.write(f"{number}\t{sealed}\t{mailbox_key(address)}\n")
    rows.seek(0)
    cursor.copy_expert(f"COPY {SEALED} FROM STDIN", rows)


VARIED = (
    ("id % 97 = 0", "state = 'pending', confirmed_at = NULL"),
    ("id % 211 = 0", "state = 'hidden'"),
    ("id % 307 = 0", "approved = false"),
    ("id % 401 = 0", "mail_trouble = 'hard'"),
    ("id % 503 = 0", "suspicions = '[\"burst\"]'"),
    ("id % 601 = 0", "import_confidence = 0.5"),
)
"""Which of the signatures are other than most, and in what."""


def vary(statement: Statement) -> None:
    """Have some wait for what the back office looks at, and send one mail for each."""
    table = Signature._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for which, changes in VARIED:
            cursor.execute(f"UPDATE {table} SET {changes} WHERE {which} AND lead_position IS NULL")
        cursor.execute(_mails())
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        _count(statement)
        standing.make_triggers()


def settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _insert(model: type[models.Model], values: dict[str, Any], source: str) -> str:
    """All columns that have no value here get the default of the model."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    quoted = {field.column: _sql(field, values) for field in fields}
    columns, made = ", ".join(f'"{name}"' for name in quoted), ", ".join(quoted.values())
    return f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {made} FROM {source}"


def _sql(field: models.Field, values: dict[str, Any]) -> str:
    if field.name in values:
        return str(values[field.name])
    if isinstance(field, models.DateTimeField) and not field.null:
        return "now()"
    default = field.get_default()
    if default is None:
        return "NULL"
    if isinstance(default, str | int | float):  # True and False among them
        return f"'{default}'"
    return f"'{default}'::jsonb"


NUMBERS = "generate_series(%s::int, %s::int) number"
PARTS = "number % 8 = 0"  # one in eight


def _escaped(sql: str) -> str:
    return sql.replace(" % ", " %% ")


def _organizations() -> str:
    of_bytes = "bytea" if connection.vendor == "postgresql" else "blob"
    values = {
        "name": f"initcap({OF_ORGANIZATION})",
        "name_key": OF_ORGANIZATION,
        "sort_key": OF_ORGANIZATION,
        "sort_key_az": f"CAST({OF_ORGANIZATION} AS {of_bytes})",
        "sort_key_tr": f"CAST({OF_ORGANIZATION} AS {of_bytes})",
        "search_words": OF_ORGANIZATION,
        "slug": "'library-friends-no-' || number",
        "city": f"initcap({CITIES})",
        "country": COUNTRIES,
    }
    return _escaped(_insert(Organization, values, f"{NUMBERS} WHERE {PARTS}"))


def _signatures(edition: Edition, last: int) -> str:
    of_bytes = "bytea" if connection.vendor == "postgresql" else "blob"
    of_one = f"CASE WHEN {MADE} IS NULL THEN {OF_PERSON} ELSE {OF_ORGANIZATION} END"
    values = {
        "statement": edition.statement_id,
        "edition": edition.pk,
        "kind": f"CASE WHEN {MADE} IS NULL THEN 'person' ELSE 'organization' END",
        "organization": MADE,
        "state": "'confirmed'",
        "confirmed_at": f"now() - ({last} - number) * interval '1 second'",
        "created_at": f"now() - ({last} - number) * interval '1 second'",
        "name": f"initcap({OF_PERSON})",
        "sort_key": of_one,
        "sort_key_az": f"CAST({of_one} AS {of_bytes})",
        "sort_key_tr": f"CAST({of_one} AS {of_bytes})",
        "search_words": f"{of_one} || ' ' || {CITIES}",
        "role": "'Teacher'",
        "city": f"initcap({CITIES})",
        "country": COUNTRIES,
        "email": "sealed.address",
        "email_key": "sealed.mailbox",
        "nonce": "md5(number::text)",
        "language": "'en'",
    }
    addresses = f"JOIN {SEALED} sealed USING (number)"
    joined = f"{addresses} LEFT JOIN {Organization._meta.db_table} made ON {PARTS}"
    named = "AND made.slug = 'library-friends-no-' || number"
    # Rows lie in the order in which people sign, as those of a site do.
    return _escaped(_insert(Signature, values, f"{NUMBERS} {joined} {named} ORDER BY number"))


def _events() -> str:
    values = {"signature": "one.id", "to_state": "'confirmed'", "at": "now()"}
    table, of_it = SignatureEvent._meta.db_table, "there.signature_id = one.id"
    missing = f"NOT EXISTS (SELECT 1 FROM {table} there WHERE {of_it})"
    source = f"{Signature._meta.db_table} one WHERE one.statement_id = %s AND {missing}"
    return _insert(SignatureEvent, values, source)


def _mails() -> str:
    """One that was sent for each signature, one in a thousand that failed."""
    is_dead = "one.id % 1000 = 0"
    values = {
        "kind": "'confirm'",
        "to": "one.email",
        "language": "'en'",
        "params": "jsonb_build_object('signature', one.id)",
        "state": f"CASE WHEN {is_dead} THEN 'dead' ELSE 'sent' END",
        "sent_at": f"CASE WHEN {is_dead} THEN NULL ELSE one.created_at END",
        "created_at": "one.created_at",
        "message_id": "md5(one.id::text)",
    }
    return _insert(OutgoingMail, values, f"{Signature._meta.db_table} one ORDER BY one.id")


def _count(statement: Statement) -> None:
    """Spread over the slots, as many single confirmations would have done."""
    TallySlot.objects.filter(statement=statement).delete()
    for kind in Signature.Kind.values:
        number = Signature.objects.counted().filter(statement=statement, kind=kind).count()
        TallySlot.objects.bulk_create(
            TallySlot(statement=statement, kind=kind, slot=slot,
                      count=number // tally.SLOTS + (slot < number % tally.SLOTS))
            for slot in range(tally.SLOTS)
        )  # fmt: skip


def main() -> None:
    if unsealed.is_wanted():
        unsealed.begin()
    edition = Edition.objects.latest("pk")
    there = Signature.objects.count()
    add(edition, first=there + 1, last=int(sys.argv[1]))
    if "--varied" in sys.argv:
        vary(edition.statement)
    settle()
    if found := tally.differences() or standing.differences():
        raise SystemExit(f"What was added is not counted rightly: {found[:5]}")


if __name__ == "__main__":
    main()
