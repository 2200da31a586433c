"""How long mails are kept that nothing came of."""

from datetime import timedelta

from django.utils import timezone

from casa.mail.models import OutgoingMail

DROPPED_KEPT_FOR = timedelta(days=30)
AT_ONCE = 500


def purge() -> int:
    """Forget the mails that were dropped unsent a month ago; a schedule calls it every day.

    Whoever types an address of somebody else into a form leaves no more than that.
    """
    past = timezone.now() - DROPPED_KEPT_FOR
    dropped = OutgoingMail.objects.filter(state=OutgoingMail.State.DROPPED, created_at__lt=past)
    numbers = list(dropped.values_list("pk", flat=True))
    for start in range(0, len(numbers), AT_ONCE):
        OutgoingMail.objects.filter(pk__in=numbers[start : start + AT_ONCE]).delete()
    return len(numbers)
