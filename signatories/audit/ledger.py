"""The ledger of a statement: what was received, and what became of it, in numbers alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from signatories.core import tally
from signatories.models import (
    COUNTED,
    Decision,
    DecisionRow,
    DirectoryChange,
    DirectoryChangeRow,
    GoneCount,
    Signature,
)
from statements.models import Statement

Kind, State, Why = Signature.Kind, Signature.State, GoneCount.Why

KEPT_FOR = 60  # seconds

LABELS: dict[str, str | Promise] = {
    "received": _("Received, by form or from a list"),
    "waiting": _("Waiting for its signer to confirm"),
    Why.UNCONFIRMED: _("Never confirmed"),
    "unapproved": _("Confirmed, and waiting for a look at the name"),
    "withdrawn": _("Withdrawn by the signer"),
    Why.ERASED: _("Erased, with all that was stored"),
    "hidden": _("Hidden by the office"),
    "invalid_one": _("Marked as invalid by the office, one by one"),
    "invalid_many": _("Marked as invalid by the office, many at once by what they share"),
    "invalid_merged": _("Invalid: another signature of the same organization counts"),
    Why.UNDONE: _("Taken back by the office with a list"),
    "counted": _("Counted"),
    "withheld": _("Counted, and not named"),
    "collected": _("Counted, and collected by the organizer elsewhere"),
    "earlier": _("Counted, under an earlier edition"),
}
OUT = (
    "waiting", "unconfirmed", "unapproved", "withdrawn", "erased", "hidden", "invalid_one",
    "invalid_many", "invalid_merged", "undone",
)  # fmt: skip
"""What was received and is not counted; with the counted it is all that was received."""
OF_COUNTED = ("withheld", "collected", "earlier")

_TAKEN_OUT = (State.WITHDRAWN, State.HIDDEN, State.INVALIDATED)


@dataclass(frozen=True)
class Row:
    key: str
    organizations: int
    people: int

    @property
    def label(self) -> str:
        return str(LABELS[self.key])

    @property
    def is_sum(self) -> bool:
        return self.key in ("received", "counted")

    @property
    def is_part(self) -> bool:
        """Whether it is a part of the counted."""
        return self.key in OF_COUNTED


def rows(statement: Statement) -> list[Row]:
    """The ledger from top to bottom; at most KEPT_FOR old. What there is none of is left out."""
    key = f"ledger:{statement.pk}"
    kept = cache.get(key)
    if kept is None:
        kept = _count(statement)
        cache.set(key, kept, KEPT_FOR)
    found = [Row(key, *kept[key]) for key in ("received", *OUT, "counted", *OF_COUNTED)]
    return [row for row in found if row.is_sum or row.organizations or row.people]


def _count(statement: Statement) -> dict[str, tuple[int, int]]:
    """(organizations, people) of each row."""
    numbers = {(key, kind): 0 for key in LABELS for kind in Kind.values}
    for key, kind, number in (*_not_counted(statement), *_gone(statement), *_parts(statement)):
        numbers[key, kind] += number
    _tell_invalid_apart(statement, numbers)
    for kind in Kind.values:
        numbers["counted", kind] = tally.of_kind(statement.pk, kind)
        numbers["received", kind] = sum(numbers[key, kind] for key in (*OUT, "counted"))
    kinds = (Kind.ORGANIZATION, Kind.PERSON)
    return {key: (numbers[key, kinds[0]], numbers[key, kinds[1]]) for key in LABELS}


Numbers = Iterable[tuple[str, str, int]]


def _not_counted(statement: Statement) -> Numbers:
    stored = Signature.objects.filter(statement=statement).order_by()
    others = stored.filter(state__in=[State.PENDING, *_TAKEN_OUT]).values_list("kind", "state")
    for kind, state, number, confirmed in others.annotate(Count("pk"), Count("confirmed_at")):
        if state == State.PENDING:
            yield "waiting", kind, number
        else:
            yield "invalid_one" if state == State.INVALIDATED else state, kind, confirmed
            yield "unconfirmed", kind, number - confirmed
    unapproved = stored.filter(state=State.CONFIRMED, approved=False).values_list("kind")
    yield from (("unapproved", kind, number) for kind, number in unapproved.annotate(Count("pk")))


def _gone(statement: Statement) -> Numbers:
    for gone in GoneCount.objects.filter(statement=statement):
        yield gone.why, gone.kind, gone.count


def _parts(statement: Statement) -> Numbers:
    withheld = Signature.objects.filter(COUNTED, statement=statement, name_withheld=True)
    for kind, number in withheld.order_by().values_list("kind").annotate(Count("pk")):
        yield "withheld", kind, number
    for key, found in (
        ("collected", tally.collected_of([statement])[statement.pk]),
        ("earlier", tally.earlier_of([statement])[statement.pk]),
    ):
        yield key, Kind.ORGANIZATION, found.organizations
        yield key, Kind.PERSON, found.people


def _tell_invalid_apart(statement: Statement, numbers: dict[tuple[str, str], int]) -> None:
    """Move those that were decided on together, and those of merged organizations, to their rows.

    Why a name was found invalid is in words of staff, which may name somebody, so it is not told.
    """
    invalid = Signature.objects.filter(
        statement=statement, state=State.INVALIDATED, confirmed_at__isnull=False
    )
    merged: Any = Exists(
        DirectoryChangeRow.objects.filter(
            signature=OuterRef("pk"), change__state=DirectoryChange.State.DONE
        )
    )
    many: Any = Exists(
        DecisionRow.objects.filter(
            signature=OuterRef("pk"),
            decision__verb=Decision.Verb.INVALIDATE,
            outcome=DecisionRow.Outcome.DONE,
        )
    )
    for key, of_these in (("invalid_merged", Q(merged)), ("invalid_many", ~Q(merged) & Q(many))):
        found = invalid.filter(of_these).order_by().values_list("kind").annotate(Count("pk"))
        for kind, number in found:
            numbers[key, kind] += number
            numbers["invalid_one", kind] -= number
