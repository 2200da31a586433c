"""What all mails to signers have in common: whose they are, and what stands in each."""

from django.utils.translation import gettext as _

from casa.lib.email_addresses import canonical
from casa.lib.http import absolute
from casa.mail.kinds import Message
from casa.mail.models import OutgoingMail
from signatories.core import tokens
from signatories.models import Signature
from statements.models import Statement

State = Signature.State


def signature_of(mail: OutgoingMail) -> Signature | None:
    """The signature a mail is about; None if it is gone, has another address by now, or stands
    under a statement that nobody may read any more.
    """
    return (
        Signature.objects.select_related("statement", "edition", "organization")
        .filter(pk=mail.params["signature"], email_key=canonical(mail.to))
        .filter(statement__in=Statement.objects.public())
        .first()
    )


def signed_by_another(signature: Signature) -> bool:
    """Whether another representative has signed for the same organization."""
    return (
        signature.organization_id is not None
        and Signature.objects.filter(
            statement=signature.statement_id,
            organization=signature.organization_id,
            state__in=Signature.STANDING_STATES,
        ).exists()
    )


def statement_button(signature: Signature) -> dict[str, str]:
    return {
        "button_url": absolute(signature.statement.get_absolute_url()),
        "button_label": _("Read the statement"),
    }


def message_to(subject: str, template: str, signature: Signature, **extra: object) -> Message:
    """A mail to a signer, with their private link in its foot; none for who left no address."""
    context = {
        "signature": signature,
        "edition": signature.edition,
        "statement_url": absolute(signature.statement.get_absolute_url()),
        "manage_url": tokens.manage_url(signature) if signature.email_key else "",
        **extra,
    }
    return Message(subject=subject, template=template, context=context)
