"""How many mails a mailbox gets: the same few in a window, whatever is posted with it."""

from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from signatories.models import Signature

MAIL_WINDOW = timedelta(hours=24)
MAILS_PER_WINDOW = 5
"""However often, and under whatever statement, an address is posted: its owner gets no more mails
than this in a window."""


def has_had_its_share(email_key: str) -> bool:
    """Whether a mailbox got so many mails lately that more would be a nuisance, or an attack.

    Then nothing is stored either: who really wants to sign has the links of the mails before.
    """
    since = timezone.now() - MAIL_WINDOW
    # The index is of rows with a mailbox; SQLite uses it only where the question says so too.
    recent = Signature.objects.exclude(email_key="").filter(
        email_key=email_key, mailed_since__gte=since
    )
    return (recent.aggregate(sent=Sum("mails_sent"))["sent"] or 0) >= MAILS_PER_WINDOW
