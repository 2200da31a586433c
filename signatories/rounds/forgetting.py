"""Forgets whom a round asked, once it is long over."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from signatories.core import invited
from signatories.models import Invitation

KEPT_FOR = timedelta(days=90)
"""After the deadline, or after it was ended.

Who signed stands under the statement, and is erased there."""

AT_ONCE = 500


def purge() -> int:
    """Empty the invitations of rounds that ended so long ago; how many."""
    past = timezone.now() - KEPT_FOR
    is_over = Q(round__deadline__lt=past) | Q(round__ended_at__lt=past)
    old = Invitation.objects.filter(is_over)
    numbers = list(old.exclude(answer=Invitation.Answer.ERASED).values_list("pk", flat=True))
    for start in range(0, len(numbers), AT_ONCE):
        invited.erase(Invitation.objects.filter(pk__in=numbers[start : start + AT_ONCE]))
    return len(numbers)
