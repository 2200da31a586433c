"""Whether workers work: a task on the shortest schedule writes down that it ran.

That proves all of it: that the clock of the task engine goes, and that a worker takes what it
enqueues and reaches the database.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from casa.mail.models import OutgoingMail
from casa.operations.models import SignOfLife

TASK = "give-sign-of-life"
WORKER = "worker"
SILENT_AFTER = timedelta(minutes=5)
"""Tasks of one worker follow each other, and those that send mail give way after a minute."""


def give() -> None:
    SignOfLife.objects.update_or_create(process=WORKER, defaults={"at": timezone.now()})


def last() -> datetime | None:
    """When a worker was last at work; None if none ever was."""
    return SignOfLife.objects.filter(process=WORKER).values_list("at", flat=True).first()


def is_silent(last: datetime | None) -> bool:
    return last is None or timezone.now() - last > SILENT_AFTER


def silent_since() -> datetime | None:
    """Since when no worker has been at work; where none ever was, since when a mail has waited
    for it in vain. None while there is nothing to worry about.
    """
    seen = last()
    if seen is None:
        seen = OutgoingMail.objects.due(timezone.now()).values_list("due_at", flat=True).first()
    return seen if seen and is_silent(seen) else None
