"""The loop of all mailings: batches, each in a transaction of its own.

A batch queues the mails of its rows and marks or passes these rows, so a worker that is killed
between two batches neither skips nor repeats anybody.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from casa.mail.models import OutgoingMail

SIZE = 500  # rows per transaction
BACKLOG = 5 * SIZE  # of a mailing's mails waiting at once: confirmations must not queue behind them
RUN_TIME = timedelta(seconds=60)  # well under the task engine's time-out (Q_CLUSTER)


class Run:
    """One run of a worker: batches of mails of `kinds`, until RUN_TIME or BACKLOG is used up.

    Many workers may run at once; each batch locks its rows and skips those of others.
    """

    def __init__(self, *kinds: str) -> None:
        self._kinds = kinds
        self._stop_at: datetime = timezone.now() + RUN_TIME
        self.queued = 0  # mails

    def repeat(self, queue_batch: Callable[[], int | None]) -> None:
        """Call `queue_batch` until it returns None, for nothing left; else it counts its mails."""
        while self._has_room():
            number = queue_batch()
            if number is None:
                return
            self.queued += number

    def _has_room(self) -> bool:
        if timezone.now() >= self._stop_at:
            return False
        waiting = OutgoingMail.objects.filter(kind__in=self._kinds, due_at__isnull=False)
        return waiting[:BACKLOG].count() < BACKLOG
