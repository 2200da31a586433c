"""Forgets whom a round asked, once it is long over.

Who signed stands under the statement, and is erased there.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from casa.lib.periods import Term, cutoff
from casa.retention.rules import Due, by_statement
from signatories.core import invited
from signatories.models import Invitation


def due(at: datetime) -> Iterator[Due]:
    """The invitations of rounds whose deadline, or end, is that long ago."""
    past = cutoff(Term.ROUND, at)
    is_over = Q(round__deadline__lt=past) | Q(round__ended_at__lt=past)
    old = Invitation.objects.filter(is_over).exclude(answer=Invitation.Answer.ERASED)
    yield from by_statement(old, "round__statement")


def forget(keys: list[int]) -> None:
    invited.erase(Invitation.objects.filter(pk__in=keys))
