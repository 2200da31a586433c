"""What has become of an import, or of some of its lines: who stands, who waits and for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from signatories.leads import likely
from signatories.leads.applying import can_lead, waiting
from signatories.leads.lines import Why
from signatories.models import ImportBatch, ImportLine, Signature
from signatories.models.signature_sets import COUNTED

Decision, State = ImportLine.Decision, Signature.State


@dataclass(frozen=True)
class Outcome:
    """How many signatures count, and why the others do not yet."""

    stands: int = 0
    asked: int = 0
    waits: int = 0  # for a moderator
    merged: int = 0
    behind: int = 0  # merged, and not among the lead signatories as the others of the import
    met: int = 0  # held, since somebody like them came in meanwhile
    held: int = 0  # for another reason


def of_batch(batch: ImportBatch) -> Outcome:
    """Where the signatures that an import made stand now."""
    return Outcome(**_states(batch.signatures.all()))


def of_lines(batch: ImportBatch, chosen: Sequence[int]) -> Outcome:
    """What has become of the lines `chosen`, by their keys."""
    rows = batch.lines.filter(pk__in=chosen)
    applied = rows.filter(is_applied=True)
    made = applied.filter(decision=Decision.ACCEPTED)
    merged = applied.filter(decision=Decision.MERGED)
    behind = merged.filter(signature__lead_position=None).count() if batch.as_leads else 0
    held = Counter(rows.filter(decision=Decision.HELD).values_list("why", flat=True))
    met = held.pop(Why.STANDS, 0)
    states = _states(Signature.objects.filter(pk__in=made.values("signature")))
    return Outcome(**states, merged=merged.count(), behind=behind, met=met, held=held.total())


def to_lift(batch: ImportBatch) -> tuple[int, int]:
    """Of those that waiting lines are merged with: how many move to the lead signatories, and how
    many stay among the others, since they cannot lead yet."""
    if not batch.as_leads:
        return 0, 0
    merged = waiting(batch).filter(decision=Decision.MERGED, same_as__startswith="signature:")
    numbers = {int(mark.partition(":")[2]) for mark in merged.values_list("same_as", flat=True)}
    behind = Signature.objects.filter(
        pk__in=numbers, statement=batch.statement_id, lead_position=None,
        state__in=Signature.LIVE_STATES,
    )  # fmt: skip
    moves = sum(map(can_lead, behind))
    return moves, len(behind) - moves


def met(batch: ImportBatch) -> int:
    """How many waiting lines name somebody who came in since the list was looked at."""
    if likely.newest() == batch.compared_up_to:
        return 0
    chosen = list(waiting(batch).filter(decision=Decision.ACCEPTED))
    later = likely.Standing(
        batch.statement, [line.fields for line in chosen], after=batch.compared_up_to, but=batch
    )
    return sum(bool(set(later.of(line.fields)) - set(line.alike)) for line in chosen)


def _states(signatures: QuerySet[Signature]) -> dict[str, int]:
    return signatures.aggregate(
        stands=Count("pk", filter=COUNTED),
        asked=Count("pk", filter=Q(state=State.PENDING)),
        waits=Count("pk", filter=Q(state=State.CONFIRMED, approved=False)),
    )
