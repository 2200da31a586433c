"""Sessions of staff; nobody else has one."""

from django.contrib.sessions.models import Session
from django.utils import timezone


def purge() -> int:
    """Forget the sessions that have ended; a schedule calls it every day."""
    count, _models = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return count
