"""A signer asks for the private links of an address; they come by mail.

Whoever asks learns nothing: the answer, and the work, are alike for an address that never signed.
"""

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language

from casa.mail import stops
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from signatories.core import mail_budget
from signatories.models import Signature, SignatureQuerySet
from statements import mail_subjects

KIND = "signatories.private_links"
LISTED = 100  # signatures in one mail


@transaction.atomic
def request(address: str) -> None:
    """Queue the mail, which is dropped unsent if nobody signed with `address`.

    It is in the language of the newest signature, else in that of the page where it is asked for.
    It is also dropped if the mailbox had its share of mails lately, whoever asked for them.
    """
    signed_in = _language_signed_in(address)
    charged = address if signed_in is not None else _nobody_at(address)
    due_at = mail_budget.spend(charged)
    queue(
        KIND,
        to=address,
        language=_offered(signed_in) or get_language() or "",
        params={"over": due_at is None},
        due_at=due_at,
    )


def _language_signed_in(address: str) -> str | None:
    """That of the newest signature; None if nobody signed with `address`."""
    own = Signature.objects.of_mailbox(address).order_by("-pk")
    return own.values_list("language", flat=True).first()


def _offered(language: str | None) -> str:
    """`language`, or "" where it is none of the site's."""
    return language if language and language in dict(settings.LANGUAGES) else ""


def _nobody_at(address: str) -> str:
    """Charged for the same work where nothing will be sent: a mailbox that never signed must not
    be used up so that it cannot sign.
    """
    return f"nobody at {address}"


def listed(mail: OutgoingMail) -> SignatureQuerySet:
    """What the mail has links to: all that was signed with the address and is not erased, but for
    statements that its owner wants no mail about.
    """
    if mail.params.get("over"):
        return Signature.objects.none()
    unwanted = mail_subjects.statements_in(stops.stopped(mail.to))
    own = Signature.objects.of_mailbox(mail.to).exclude(statement__in=unwanted).order_by("-pk")
    return own.select_related("statement", "edition", "organization")[:LISTED]
