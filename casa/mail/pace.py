"""How many mails a minute leave, whatever the number of workers: what a mail provider allows.

One row says up to which moment the allowance is spent (the generic cell rate algorithm: each mail
moves it on by its share of a minute). A minute's worth may leave at once; whoever claims mails
holds the row meanwhile, so workers share one allowance.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from casa.mail.models import MailPace

MINUTE = timedelta(minutes=1)
CLOCKS_DIFFER = timedelta(minutes=1)


class Allowance:
    """What may leave now; made in the transaction in which mails are claimed."""

    def __init__(self) -> None:
        self._share = MINUTE / settings.MAIL_PER_MINUTE
        self._row, _is_new = MailPace.objects.select_for_update().get_or_create(
            defaults={"spent_until": timezone.now()}
        )
        now = timezone.now()  # whoever waited for the row has a later one
        spent_until = self._row.spent_until
        # Further ahead is only what a clock wrote that was set back since.
        is_possible = now < spent_until <= now + MINUTE + CLOCKS_DIFFER
        self._spent_until = spent_until if is_possible else now
        self.left = max(0, int((now + MINUTE - self._spent_until) / self._share))

    def spend(self, mails: int) -> None:
        self._row.spent_until = self._spent_until + mails * self._share
        self._row.save(update_fields=["spent_until"])
