"""The self-check: what the tally, the rows and the leaves say at one moment, and every seal."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Count, Max

from casa.lib import merkle
from signatories.audit import files, gathering, sealing
from signatories.core import tally
from signatories.models import Audit, AuditCursor, EndedReceipt, Seal, Signature, SignatureEvent
from statements.models import Statement

logger = logging.getLogger(__name__)

Kind = Signature.Kind
Counts = dict[str, int]
"""How many of each kind."""


@dataclass(frozen=True)
class Comparison:
    """What three places say of one statement at one moment; all is well if they are equal."""

    tally: Counts
    rows: Counts
    leaves: Counts

    @property
    def is_right(self) -> bool:
        return self.tally == self.rows == self.leaves


@dataclass(frozen=True)
class Proof:
    """What the check of one statement found; `broken` are the numbers of seals that are wrong."""

    statement: Statement
    counts: Comparison
    broken: list[int] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        return self.counts.is_right and not self.broken


def wrong(*, repair: bool = True) -> list[Proof]:
    """What does not agree. To `repair` adds the leaves that were missing; they are told of here
    all the same. A broken seal stays as it is.
    """
    proofs = [prove(audit.statement) for audit in _begun()]
    found = [proof for proof in proofs if not proof.is_right]
    for proof in found:
        logger.error(
            "The count of %s does not agree: %s; broken seals: %s",
            proof.statement.slug, proof.counts, proof.broken,
        )  # fmt: skip
        if repair and proof.counts.rows != proof.counts.leaves:
            gathering.record_all(proof.statement.pk)
            gathering.drop_missing(proof.statement.pk)
    return found


def _begun() -> Iterator[Audit]:
    yield from Audit.objects.filter(is_begun=True).select_related("statement").order_by("pk")


def prove(statement: Statement) -> Proof:
    return Proof(statement, compare(statement.pk), broken_seals(statement.pk))


def compare(statement: int) -> Comparison:
    """The counts of one moment; leaves include what is still to be gathered."""
    with one_moment():
        of_tally = {kind: tally.of_kind(statement, kind) for kind in Kind.values}
        counted = Signature.objects.counted().filter(statement=statement).order_by()
        rows = dict(counted.values_list("kind").annotate(Count("pk")))
        audit = Audit.objects.get(pk=statement)
        leaves = _leaves_with_those_to_come(audit)
    return Comparison(of_tally, {kind: rows.get(kind, 0) for kind in Kind.values}, leaves)


def _leaves_with_those_to_come(audit: Audit) -> Counts:
    statement = audit.pk
    last = AuditCursor.objects.aggregate(last=Max("last_event"))["last"] or 0
    events = SignatureEvent.objects.filter(pk__gt=last, signature__statement=statement)
    touched = sorted(set(events.values_list("signature", flat=True)))
    to_come = [
        leaf for some in gathering.batches(touched) for leaf in gathering.changed(statement, some)
    ]
    ended = list(EndedReceipt.objects.filter(statement=statement).values_list("pk", flat=True))
    of_ended = gathering.ended_receipts(ended).get(statement, [])
    to_come += gathering.still_standing(statement, of_ended)
    return {
        Kind.ORGANIZATION.value: audit.organizations + gathering.net(to_come, Kind.ORGANIZATION),
        Kind.PERSON.value: audit.people + gathering.net(to_come, Kind.PERSON),
    }


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read within is as it was at one moment, while others go on writing."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def broken_seals(statement: int) -> list[int]:
    """The numbers of seals that are not what their leaves and the seal before say."""
    broken, first, previous = [], 0, files.NOTHING_BEFORE
    counts = dict.fromkeys(Kind.values, 0)
    for place, seal in enumerate(Seal.objects.filter(statement=statement).order_by("number")):
        end = first + seal.leaves
        told = sealing.told_of(statement, first, end)
        counts = {kind: number + sealing.net(told, kind) for kind, number in counts.items()}
        root = merkle.root(files.leaves_as_bytes(statement, first, end)).hex()
        head = files.Head(
            statement=seal.head.splitlines()[1].removeprefix("statement "),
            number=place + 1,
            day=seal.day,
            sealed_at=seal.sealed_at,
            previous=previous,
            leaves=seal.leaves,
            root=root,
            organizations=counts[Kind.ORGANIZATION],
            people=counts[Kind.PERSON],
        ).text()
        previous = sealing.sha256_of(head)
        if (head, previous, first) != (seal.head, seal.sha256, seal.first):
            broken.append(seal.number)
        first, previous = end, seal.sha256
    return broken
