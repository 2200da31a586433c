"""Round numbers on a statement's timeline: "1,000 people have signed", with the date.

The signatures are the truth. A run compares the counts with the milestones that are marked, marks
what is missing with the moment at which that signer confirmed, and takes back what a count has
fallen below: after a flood was invalidated, nobody reads that it was a success.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Sum

from signatories.models import Signature, TallySlot
from statements.models import Milestone, Statement

PEOPLE = (100, 500, *(step * 10**power for power in range(3, 8) for step in (1, 2, 5)))
ORGANIZATIONS = (10, 25, 50, *(step * 10**power for power in range(2, 5) for step in (1, 2, 5)))
NUMBERS = {Milestone.Of.PEOPLE: PEOPLE, Milestone.Of.ORGANIZATIONS: ORGANIZATIONS}


def update_milestones() -> int:
    """Bring the milestones of all public statements up to date; how many were marked.

    Harmless to run at any time and by many at once.
    """
    public = Statement.objects.public()
    slots = TallySlot.objects.filter(statement__in=public).order_by().values("statement", "kind")
    counts = {
        (row["statement"], row["kind"]): row["total"] for row in slots.annotate(total=Sum("count"))
    }
    known = {
        (one.statement_id, str(one.of), one.number): one.pk
        for one in Milestone.objects.filter(statement__in=public)
    }
    gone = [
        pk for (statement, of, number), pk in known.items()
        if counts.get((statement, of), 0) < number
    ]  # fmt: skip
    Milestone.objects.filter(pk__in=gone).delete()
    missing = [
        Milestone(statement_id=statement, of=of, number=number, reached_at=reached_at)
        for (statement, of), count in counts.items()
        for number in _passed(NUMBERS[Milestone.Of(of)], count)
        if (statement, of, number) not in known
        and (reached_at := _confirmed_at(statement, of, number))
    ]
    Milestone.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def _passed(numbers: Iterable[int], count: int) -> list[int]:
    return [number for number in numbers if number <= count]


def _confirmed_at(statement: int, kind: str, number: int) -> datetime | None:
    """When the signer confirmed who made the number full; None where they withdrew just now.

    It walks along an index, once for each milestone.
    """
    counted = Signature.objects.counted().filter(statement=statement, kind=kind)
    at = counted.order_by("confirmed_at", "pk").values_list("confirmed_at", flat=True)
    return at[number - 1 : number].first()
