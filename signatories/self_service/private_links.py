"""The private link, asked for by address: a mail with the links to all that was signed with it.

Whoever asks learns nothing: the answer, and the work, are alike for an address that never signed.
"""

from django.db import transaction
from django.db.models import Case, F, Q, Subquery, Sum, Value, When
from django.utils import timezone
from django.utils.translation import get_language

from casa.mail import stops
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from signatories.models import Signature, SignatureQuerySet
from signatories.signing import mail_budget
from statements import mail_subjects

KIND = "signatories.private_links"
LISTED = 100  # signatures in one mail


@transaction.atomic
def request(address: str) -> None:
    """Queue the mail, which is dropped unsent if nobody signed with `address`.

    It is also dropped if the mailbox had its share of mails lately, whoever asked for them.
    """
    now = timezone.now()
    since = now - mail_budget.MAIL_WINDOW
    own = Signature.objects.of_mailbox(address)
    newest = own.order_by("-pk").values("pk")[:1]
    is_old = Q(mailed_since__lt=since)
    # Counted before it is compared: of requests at one moment, each sees those before it.
    Signature.objects.filter(pk__in=Subquery(newest)).update(
        mails_sent=Case(When(is_old, then=Value(1)), default=F("mails_sent") + 1),
        mailed_since=Case(When(is_old, then=Value(now)), default=F("mailed_since")),
    )
    recent = own.filter(mailed_since__gte=since).aggregate(sent=Sum("mails_sent"))["sent"] or 0
    queue(
        KIND,
        to=address,
        language=get_language() or "",
        params={"over": recent > mail_budget.MAILS_PER_WINDOW},
    )


def listed(mail: OutgoingMail) -> SignatureQuerySet:
    """What the mail has links to: all that was signed with the address and is not erased, but for
    statements that its owner wants no mail about.
    """
    if mail.params.get("over"):
        return Signature.objects.none()
    unwanted = mail_subjects.statements_in(stops.stopped(mail.to))
    own = Signature.objects.of_mailbox(mail.to).exclude(statement__in=unwanted).order_by("-pk")
    return own.select_related("statement", "edition", "organization")[:LISTED]
