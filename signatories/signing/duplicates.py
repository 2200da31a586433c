"""The row of a signer is found or stored: one mailbox signs once, or two people share it."""

from django.db import connection

from casa.lib.addresses.mailbox_keys import mailbox_keys
from casa.lib.db.rows import insert, select
from casa.lib.text import name_key
from signatories.models import Signature, SignatureQuerySet

PLACES = (0, 1)
"""Of the signers of one mailbox, where the statement lets two share it."""


def find_or_store(new: Signature) -> Signature:
    """The row of this signer: `new`, now stored, or the one that was there.

    Where a mailbox is shared, a signer is known by the name; the third name gets the first row,
    which is somebody else's (`is_somebody_else`). Needs a transaction.
    """
    if is_shared(new):
        _wait_for_the_turn(new)
    rows = _rows_to_sign_beside(new)
    while True:
        if is_shared(new):
            new.mailbox_place = _place(new, rows)
        # The database decides who is first, whatever else is posted at the same moment. Should
        # the row that was there be withdrawn just now, the next try stores a new one.
        is_stored = insert(new, unless_taken=True)
        if is_stored and (not rows or is_shared(new)):  # a place of one's own was free
            return new
        if is_stored or not rows:
            rows = _rows_to_sign_beside(new)
        if row := _row_of(new, rows):
            return row
        if rows and (len(rows) == len(PLACES) or not is_shared(new)):
            return rows[0]
        rows = _rows_to_sign_beside(new)


def key_of_mailbox(new: Signature) -> str:
    """What the mailbox of `new` is counted by: the canonical key, unless a row of it stands under
    the key it had before there was a rule for its provider.
    """
    key, *earlier = mailbox_keys(new.email)
    for other in earlier:
        if _live(new).filter(email_key=other).exists():
            return other
    return key


def _wait_for_the_turn(new: Signature) -> None:
    """Let posts from one shared mailbox come one by one, until the transaction ends.

    Each may wait for two rows and for two places, in an order that withdrawals change: side by
    side they could wait for each other. On SQLite every transaction that writes waits anyway.
    """
    if connection.vendor == "postgresql":
        mailbox = f"{new.statement_id} {new.email_key}"
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [mailbox])


def is_shared(signature: Signature) -> bool:
    is_person = signature.kind == Signature.Kind.PERSON
    return is_person and signature.statement.shared_mailboxes


def is_somebody_else(row: Signature, new: Signature) -> bool:
    """Whether `row` is of another person who shares the mailbox of `new`."""
    return is_shared(new) and not _is_same(row, new)


def signatures_sharing(signature: Signature) -> list[Signature]:
    """The two who signed from one mailbox; [] where one has, or may."""
    rows = list(_rows(signature)) if is_shared(signature) else []
    return rows if len(rows) == len(PLACES) else []


# Said as the unique indexes say it, with the constants: else SQLite would read the whole table.
_MAILBOX = (
    "statement_id = %s AND email_key = %s AND NOT (email_key = '') AND NOT (state = 'withdrawn')"
)
_OF_PERSON = f"kind = 'person' AND {_MAILBOX} AND organization_id IS NULL"
_OF_ORGANIZATION = f"kind = 'organization' AND {_MAILBOX} AND organization_id = %s"


def _rows_to_sign_beside(new: Signature) -> list[Signature]:
    """The same rows as `_rows`, asked once for every post, by SQL that is made once.

    Locked where a mailbox is shared, so that whoever is there cannot withdraw, and leave a place
    that two simultaneous posts of one name would take beside each other.
    """
    asked, condition = [new.statement_id, new.email_key], _OF_PERSON
    if new.organization_id is not None:
        asked, condition = [*asked, new.organization_id], _OF_ORGANIZATION
    is_locked = is_shared(new) and connection.vendor == "postgresql"
    lock = " FOR UPDATE" if is_locked else ""
    rows = select(Signature, f"{condition} ORDER BY mailbox_place{lock}", asked)
    for row in rows:
        row.statement, row.organization = new.statement, new.organization
    return rows


def _rows(new: Signature) -> SignatureQuerySet:
    rows = _live(new).filter(email_key=new.email_key)
    return rows.select_related("organization").order_by("mailbox_place")


def _live(new: Signature) -> SignatureQuerySet:
    rows = Signature.objects.filter(
        statement=new.statement_id, kind=new.kind, organization=new.organization_id
    )
    # Said again as the unique index says it, or SQLite would read the whole table.
    return rows.exclude(email_key="").exclude(state=Signature.State.WITHDRAWN)


def _place(new: Signature, rows: list[Signature]) -> int:
    """Where `new` is tried: the place of the row of the same name, else a free one, else the
    first. So every post does the same work, and what is taken is refused by the database.
    """
    taken = {row.mailbox_place: row for row in rows}
    same = [place for place, row in taken.items() if _is_same(row, new)]
    free = [place for place in PLACES if place not in taken]
    return (same or free or PLACES)[0]


def _row_of(new: Signature, rows: list[Signature]) -> Signature | None:
    own = next((row for row in rows if row.nonce == new.nonce), None)
    same = next((row for row in rows if row is not own and _is_same(row, new)), None)
    if own and same:
        # Left from when the mailbox was shared: this person is there already.
        own.delete()
    return same or own


def _is_same(row: Signature, new: Signature) -> bool:
    return name_key(row.name) == name_key(new.name)
