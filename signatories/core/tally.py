"""The count of a statement's signatures: organizations and people apart, exact at every moment."""

import random
from dataclasses import astuple, dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.cache import cache
from django.db import models
from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, ngettext

from signatories.models import COUNTED, Signature, TallySlot
from statements.models import Edition, Statement

SLOTS = 16


@dataclass(frozen=True)
class Tally:
    organizations: int = 0
    people: int = 0

    def __bool__(self) -> bool:
        return bool(self.organizations or self.people)


def adjust(statement_id: int, kind: str, by: int) -> None:
    """Add `by` to the count, in the transaction that changes the signatures."""
    slot = random.randrange(SLOTS)  # noqa: S311 - to spread writers, not to keep a secret
    rows = TallySlot.objects.filter(statement_id=statement_id, kind=kind, slot=slot)
    if not rows.update(count=F("count") + by):
        # First use of the slot. Two writers may both come here: one makes the row, both add.
        TallySlot.objects.bulk_create(
            [TallySlot(statement_id=statement_id, kind=kind, slot=slot)], ignore_conflicts=True
        )
        rows.update(count=F("count") + by)


def of_kind(statement_id: int, kind: str) -> int:
    """The count of one kind, as the caller's transaction sees it."""
    slots = TallySlot.objects.filter(statement_id=statement_id, kind=kind)
    return slots.aggregate(count=Sum("count"))["count"] or 0


def of(statement: Statement) -> Tally:
    """The statement's count; one short query over at most 2 × 16 rows, none if prefetched."""
    counts = dict.fromkeys(Signature.Kind.values, 0)
    for slot in statement.tally_slots.all():
        counts[slot.kind] += slot.count
    return Tally(
        organizations=counts[Signature.Kind.ORGANIZATION], people=counts[Signature.Kind.PERSON]
    )


EARLIER_KEPT_FOR = 5  # seconds


def under_earlier_editions(statement: Statement) -> Tally:
    """The part of the count that stands under an earlier edition than visitors read.

    Counted from an index alone, at most once in EARLIER_KEPT_FOR a process: 100,000 entries are
    too many for every view of a page. Answers to a correction drop what was kept.
    """
    if statement.edition_number < 2:
        return Tally()
    key = _earlier_key(statement.pk, statement.edition_number)
    if (cached := cache.get(key)) is not None:
        return Tally(*cached)
    current = Edition.objects.filter(statement=statement, number=statement.edition_number)
    earlier = Signature.objects.counted().filter(statement=statement)
    earlier = earlier.exclude(edition__in=list(current.values_list("pk", flat=True)))
    by_kind = dict(earlier.order_by().values_list("kind").annotate(Count("kind")))
    kept = Tally(
        organizations=by_kind.get(Signature.Kind.ORGANIZATION, 0),
        people=by_kind.get(Signature.Kind.PERSON, 0),
    )
    cache.set(key, astuple(kept), EARLIER_KEPT_FOR)
    return kept


def forget_earlier(statement: Statement) -> None:
    """Let the next reader have the part under earlier editions counted anew."""
    cache.delete(_earlier_key(statement.pk, statement.edition_number))


def _earlier_key(pk: int, number: int) -> str:
    return f"tally:earlier:{pk}:{number}"


def differences() -> list[tuple[Statement, str, int, int]]:
    """Where tally and rows disagree: (statement, kind, tally, rows). Empty when all is well.

    Each comparison is a single SQL statement, so it sees one moment even while people sign.
    """
    found: list[tuple[Statement, str, int, int]] = []
    for kind in Signature.Kind.values:
        slots = TallySlot.objects.filter(statement=OuterRef("pk"), kind=kind).order_by()
        rows = Signature.objects.filter(COUNTED, statement=OuterRef("pk"), kind=kind).order_by()
        compared = Statement.objects.order_by("pk").annotate(
            tally=_zero(slots.values("statement").annotate(n=Sum("count")).values("n")),
            rows=_zero(rows.values("statement").annotate(n=Count("pk")).values("n")),
        )
        found += [
            (statement, kind, statement.tally, statement.rows)
            for statement in compared.exclude(tally=F("rows"))
        ]
    return found


def _zero(query: models.QuerySet) -> Coalesce:
    return Coalesce(Subquery(query, output_field=models.IntegerField()), 0)


def tally_in_words(organizations: int, people: int) -> str:
    """The count as text: "47 organizations and 1,312 people", "1 person", "" for none."""
    parts = []
    if organizations > 0:
        parts.append(
            ngettext("%(number)s organization", "%(number)s organizations", organizations)
            % {"number": intcomma(organizations)}
        )
    if people > 0:
        parts.append(
            ngettext("%(number)s person", "%(number)s people", people)
            % {"number": intcomma(people)}
        )
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(organizations)s and %(people)s") % {
        "organizations": parts[0],
        "people": parts[1],
    }
