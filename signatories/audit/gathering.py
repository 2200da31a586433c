"""What changed in the counts becomes leaves: signatures that are counted, or are so no more.

Nobody who signs waits for it. A worker looks at what the history says has changed, and compares
each signature as it stands with its last leaf, so that a second look at the same does no harm.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from operator import itemgetter
from typing import NamedTuple, TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from signatories.core import receipts
from signatories.models import Audit, AuditCursor, EndedReceipt, Leaf, Signature, SignatureEvent
from statements.models import Statement

Change, State = Leaf.Change, Signature.State
One = TypeVar("One")

BATCH = 1000
OVERLAP = timedelta(minutes=15)
"""Events so young are looked at again: one with a lower number may be stored after them."""

_BY_STATE = {
    State.WITHDRAWN: Change.WITHDRAWN,
    State.HIDDEN: Change.HIDDEN,
    State.INVALIDATED: Change.INVALIDATED,
    State.CONFIRMED: Change.UNAPPROVED,
    State.PENDING: Change.UNAPPROVED,
}


class Changed(NamedTuple):
    """A leaf to be: `change` of a signature of that kind, by its mark."""

    change: str
    kind: str
    mark: bytes

    @property
    def sign(self) -> int:
        return 1 if self.change == Change.COUNTED else -1


def gather() -> None:
    """Make leaves of all that has changed since the last time, under every public statement."""
    for events in _new_events():
        for statement, signatures in _by_statement(events).items():
            record(statement, signatures)
    for ended in batches(list(EndedReceipt.objects.order_by("pk").values_list("pk", flat=True))):
        _record_ended(ended)
    waiting = Statement.objects.public().exclude(audit__is_begun=True)
    for statement in waiting.values_list("pk", flat=True):
        _begin(statement)


def batches(rows: Sequence[One]) -> Iterator[Sequence[One]]:
    """`rows` in parts of at most BATCH."""
    for at in range(0, len(rows), BATCH):
        yield rows[at : at + BATCH]


class Event(NamedTuple):
    pk: int
    signature: int
    statement: int
    is_old: bool


def _new_events() -> Iterator[list[Event]]:
    """Batches of events; a batch that needs no second look is left behind once it is done."""
    stored = _cursor()
    last, is_old = stored.last_event, True
    while events := _events_after(last):
        yield events
        last = events[-1].pk
        is_old = is_old and all(event.is_old for event in events)
        if is_old:
            AuditCursor.objects.filter(pk=stored.pk).update(last_event=last)


def _cursor() -> AuditCursor:
    """Made at the first time, when every statement is still to begin with all that it has."""
    now = AuditCursor.objects.first()
    if now is None:
        old = SignatureEvent.objects.filter(at__lt=timezone.now() - OVERLAP)
        last = old.aggregate(last=Max("pk"))["last"] or 0
        now, _made = AuditCursor.objects.get_or_create(pk=1, defaults={"last_event": last})
    return now


def _events_after(last: int) -> list[Event]:
    young = timezone.now() - OVERLAP
    rows = SignatureEvent.objects.filter(pk__gt=last).order_by("pk")
    told = rows.values_list("pk", "signature", "signature__statement", "at")
    return [Event(pk, one, statement, at < young) for pk, one, statement, at in told[:BATCH]]


def _by_statement(events: Iterable[Event]) -> dict[int, list[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for event in events:
        found[event.statement].add(event.signature)
    begun = Audit.objects.filter(statement__in=found).values_list("pk", flat=True)
    return {statement: sorted(found[statement]) for statement in sorted(begun)}


@transaction.atomic
def record(statement: int, signatures: Sequence[int]) -> int:
    """Add a leaf for each of the signatures whose last one says otherwise; how many those are."""
    audit = Audit.objects.select_for_update().get(pk=statement)
    return _append(audit, changed(statement, signatures))


def changed(statement: int, signatures: Sequence[int]) -> list[Changed]:
    """The leaves that signatures lack, as they stand now."""
    rows = Signature.objects.filter(statement=statement, pk__in=signatures).order_by("pk")
    now = {
        receipts.mark_of_nonce(nonce): (kind, state, approved)
        for kind, state, approved, nonce in rows.values_list("kind", "state", "approved", "nonce")
    }
    before = standing(statement, list(now))
    found = []
    for mark, (kind, state, approved) in now.items():
        is_counted = state == State.CONFIRMED and approved
        if is_counted != (mark in before):
            change = Change.COUNTED if is_counted else _BY_STATE[State(state)]
            found.append(Changed(change, kind, mark))
    return found


def standing(statement: int, marks: Sequence[bytes]) -> set[bytes]:
    """Those of the marks whose last leaf says that they are counted."""
    last: dict[bytes, str] = {}
    for some in batches(marks):
        # Sorted here: a database that is asked for an order may walk all leaves in that order.
        leaves = Leaf.objects.filter(statement=statement, mark__in=some).order_by()
        told = sorted(leaves.values_list("position", "mark", "change"), key=itemgetter(0))
        last |= {bytes(mark): change for _position, mark, change in told}
    return {mark for mark, change in last.items() if change == Change.COUNTED}


@transaction.atomic
def _record_ended(keys: Sequence[int]) -> None:
    for statement, ended in ended_receipts(keys).items():
        audit = Audit.objects.select_for_update().filter(pk=statement).first()
        if audit is not None:
            _append(audit, still_standing(statement, ended))
    EndedReceipt.objects.filter(pk__in=keys).delete()


def ended_receipts(keys: Sequence[int]) -> dict[int, list[Changed]]:
    found: dict[int, list[Changed]] = defaultdict(list)
    for one in EndedReceipt.objects.filter(pk__in=keys).order_by("statement", "pk"):
        found[one.statement_id].append(Changed(one.change, one.kind, bytes(one.mark)))
    return found


def still_standing(statement: int, ended: Sequence[Changed]) -> list[Changed]:
    """Those of the ends that have no leaf yet, and need one."""
    before = standing(statement, [one.mark for one in ended])
    return [one for one in ended if one.mark in before]


def _append(audit: Audit, leaves: Sequence[Changed]) -> int:
    """Add leaves; the caller's transaction holds the row of the audit locked."""
    today = timezone.localdate()
    for some in batches(list(enumerate(leaves, start=audit.leaves))):
        Leaf.objects.bulk_create(
            Leaf(
                statement_id=audit.pk, position=position, change=one.change, kind=one.kind,
                mark=one.mark, gathered_on=today,
            )
            for position, one in some
        )  # fmt: skip
    audit.leaves += len(leaves)
    audit.organizations += net(leaves, Signature.Kind.ORGANIZATION)
    audit.people += net(leaves, Signature.Kind.PERSON)
    audit.save()
    return len(leaves)


def net(leaves: Iterable[Changed], kind: str) -> int:
    """By how much the leaves change the count of a kind."""
    return sum(one.sign for one in leaves if one.kind == kind)


def _begin(statement: int) -> None:
    """Make leaves of all that was counted before anybody looked."""
    Audit.objects.get_or_create(statement_id=statement)
    record_all(statement)
    Audit.objects.filter(pk=statement).update(is_begun=True)


def record_all(statement: int) -> int:
    """As `record`, of all that is counted now; how many leaves were missing."""
    counted = Signature.objects.counted().filter(statement=statement).order_by("pk")
    last = missing = 0
    while keys := list(counted.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        missing += record(statement, keys)
        last = keys[-1]
    return missing


def drop_missing(statement: int) -> int:
    """Add a leaf for each mark that is said to be counted and is of no counted signature.

    All marks of the statement are held in memory: this is for what the check has found.
    """
    counted = Signature.objects.counted().filter(statement=statement).order_by()
    with transaction.atomic():
        audit = Audit.objects.select_for_update().get(pk=statement)
        there = {
            receipts.mark_of_nonce(nonce)
            for nonce in counted.values_list("nonce", flat=True).iterator()
        }
        last: dict[bytes, tuple[str, str]] = {}
        leaves = Leaf.objects.filter(statement=statement).order_by("position")
        for mark, kind, change in leaves.values_list("mark", "kind", "change").iterator():
            last[bytes(mark)] = (kind, change)
        gone = [
            Changed(Change.MISSING, kind, mark)
            for mark, (kind, change) in last.items()
            if change == Change.COUNTED and mark not in there
        ]
        return _append(audit, gone)
