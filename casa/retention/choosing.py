"""The office chooses how long data is kept, and what it promised before is remembered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from casa.lib.periods import LENGTHS, Promise, Term, length
from casa.retention.models import Period

if TYPE_CHECKING:
    from casa.accounts.models import User


class PeriodError(Exception):
    """The period cannot be chosen."""


def chain(usual: int, changes: Sequence[tuple[int, datetime]]) -> list[Promise]:
    """What was promised until when: the usual length, then each (length, since), oldest first."""
    lengths = [usual, *(number for number, _since in changes)]
    untils = [*(since for _number, since in changes), None]
    return [Promise(number, until) for number, until in zip(lengths, untils, strict=True)]


def promised(term: Term) -> list[Promise]:
    """All that was promised, the oldest first; the last is in force."""
    changes = Period.objects.filter(term=term).order_by("pk").values_list("length", "since")
    return chain(LENGTHS[term].usual, list(changes))


def lengths() -> dict[Term, int]:
    """Every length in force, in one query."""
    chosen: dict[str, int] = defaultdict(int)
    chosen.update(Period.objects.order_by("pk").values_list("term", "length"))
    return {term: chosen[term] or LENGTHS[term].usual for term in Term}


@transaction.atomic
def choose(term: Term, number: int, *, by: User | None) -> bool:
    """Keep for so long from now on; whether that is a change. Raises PeriodError."""
    allowed = LENGTHS[term]
    if not allowed.least <= number <= allowed.most:
        raise PeriodError(f"{term}: {allowed.least} to {allowed.most}")
    if number == length(term):
        return False
    Period.objects.create(term=term, length=number, since=timezone.now(), by=by)
    return True
