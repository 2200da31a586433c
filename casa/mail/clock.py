"""A clock that was ahead and is put right: what was due at once would else wait for as long."""

import logging
from datetime import timedelta

from django.utils import timezone

from casa.lib import tasks
from casa.mail.models import OutgoingMail

logger = logging.getLogger(__name__)

TOLERANCE = timedelta(minutes=1)
"""So far the clocks of two hosts may differ."""


def catch_up() -> int:
    """Make due what was written in the future, mails and schedules; how many mails.

    A mail that was to wait (a limit for its domain, say) may then leave sooner. One that a worker
    has touched keeps its moment.
    """
    tasks.catch_up()
    now = timezone.now()
    mails = OutgoingMail.objects.filter(
        state=OutgoingMail.State.QUEUED, attempts=0,
        due_at__gt=now, created_at__gt=now + TOLERANCE,
    ).update(due_at=now)  # fmt: skip
    if mails:
        logger.warning("The clock was set back: %d mails that waited for it are due.", mails)
    return mails
