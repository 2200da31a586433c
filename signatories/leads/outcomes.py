"""The outcome of an import, or of some of its lines: how many stand, how many wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from casa.lib.text import name_key
from signatories.core import protected_names, tally
from signatories.leads import likely
from signatories.leads.applying import can_lead, waiting
from signatories.leads.lines import Why
from signatories.models import ImportBatch, ImportLine, Organization, Signature
from signatories.models.signature_sets import COUNTED

Decision, Kind, State = ImportLine.Decision, Signature.Kind, Signature.State

AT_ONCE = 500
"""Names in a query."""


@dataclass(frozen=True)
class ImportOutcome:
    """How many signatures count, and why the others do not yet."""

    stands: int = 0
    asked: int = 0
    waits: int = 0  # for a moderator
    merged: int = 0
    behind: int = 0  # merged, and not among the lead signatories as the others of the import
    met: int = 0  # held, since somebody like them came in meanwhile
    held: int = 0  # for another reason


def of_batch(batch: ImportBatch) -> ImportOutcome:
    """Where the signatures that an import made stand now."""
    return ImportOutcome(**_states(batch.signatures.all()))


def of_lines(batch: ImportBatch, chosen: Sequence[int]) -> ImportOutcome:
    """What has become of the lines `chosen`, by their keys."""
    rows = batch.lines.filter(pk__in=chosen)
    applied = rows.filter(is_applied=True)
    made = applied.filter(decision=Decision.ACCEPTED)
    merged = applied.filter(decision=Decision.MERGED)
    behind = merged.filter(signature__lead_position=None).count() if batch.as_leads else 0
    held = Counter(rows.filter(decision=Decision.HELD).values_list("why", flat=True))
    met = held.pop(Why.STANDS, 0)
    states = _states(Signature.objects.filter(pk__in=made.values("signature")))
    return ImportOutcome(**states, merged=merged.count(), behind=behind, met=met, held=held.total())


def to_lift(batch: ImportBatch) -> tuple[int, int]:
    """(how many signatures move to the lead signatories, how many stay since they cannot lead yet),
    of those that waiting lines are merged with."""
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


@dataclass(frozen=True)
class ImportEffect:
    """What putting the waiting lines under the statement does."""

    before: tally.Tally
    after: tally.Tally
    new: list[str]  # organizations that the directory does not have
    met: int  # lines that name somebody who came in since the list was looked at


def effect(batch: ImportBatch) -> ImportEffect:
    """What becomes of the tally and the directory, as far as that is known before."""
    met = _standing_by_now(batch)
    chosen = [
        line
        for line in waiting(batch).filter(decision=Decision.ACCEPTED).order_by("position")
        if line.pk not in met
    ]
    counted = Counter(_kind(line) for line in _counted_at_once(batch, chosen))
    before = tally.of(batch.statement)
    after = tally.Tally(
        organizations=before.organizations + counted[Kind.ORGANIZATION],
        people=before.people + counted[Kind.PERSON],
    )
    return ImportEffect(before, after, _new_organizations(chosen), len(met))


def _kind(line: ImportLine) -> str:
    is_organization = line.fields.get("kind") == Kind.ORGANIZATION
    return str(Kind.ORGANIZATION if is_organization else Kind.PERSON)


def _counted_at_once(batch: ImportBatch, chosen: Sequence[ImportLine]) -> list[ImportLine]:
    """All but those that are asked first or have a protected name."""
    here = [line for line in chosen if not (batch.asks_first and line.fields.get("email"))]
    if not protected_names.is_protected(*(line.displayed_name for line in here)):
        return here
    return [line for line in here if not protected_names.is_protected(line.displayed_name)]


def _new_organizations(chosen: Sequence[ImportLine]) -> list[str]:
    named = {
        name_key(line.displayed_name): line.displayed_name
        for line in chosen
        if _kind(line) == Kind.ORGANIZATION and not line.same_as
    }
    keys = list(named)
    for first in range(0, len(keys), AT_ONCE):
        some = keys[first : first + AT_ONCE]
        there = Organization.objects.in_directory().filter(name_key__in=some)
        aliases = Organization.objects.in_directory().filter(aliases__name_key__in=some)
        for key in (
            *there.values_list("name_key", flat=True),
            *aliases.values_list("aliases__name_key", flat=True),
        ):
            named.pop(key, None)
    return list(named.values())


def _standing_by_now(batch: ImportBatch) -> set[int]:
    if likely.newest() == batch.compared_up_to:
        return set()
    chosen = list(waiting(batch).filter(decision=Decision.ACCEPTED))
    later = likely.Standing(
        batch.statement, [line.fields for line in chosen], after=batch.compared_up_to, but=batch
    )
    return {line.pk for line in chosen if set(later.of(line.fields)) - set(line.alike)}


def _states(signatures: QuerySet[Signature]) -> dict[str, int]:
    return signatures.aggregate(
        stands=Count("pk", filter=COUNTED),
        asked=Count("pk", filter=Q(state=State.PENDING)),
        waits=Count("pk", filter=Q(state=State.CONFIRMED, approved=False)),
    )
