"""The parts that all mails to signers share: the recipient, the name, the private link."""

from dataclasses import replace

from django.utils.translation import gettext as _

from casa.lib.addresses.mailbox_keys import mailbox_keys
from casa.lib.contact_details import harmless
from casa.lib.db import rows
from casa.lib.http import absolute
from casa.mail import stops
from casa.mail.kinds import Message
from casa.mail.models import OutgoingMail
from signatories.core import tokens
from signatories.models import Signature
from statements import mail_subjects, reading

State = Signature.State


def signature_of(mail: OutgoingMail) -> Signature | None:
    """The signature a mail is about; None if it is gone, has another address by now, or stands
    under a statement that nobody may read any more.
    """
    mailboxes = mailbox_keys(mail.to)
    places = ", ".join(["%s"] * len(mailboxes))
    found = rows.select(
        Signature, f"id = %s AND email_key IN ({places})", [mail.params["signature"], *mailboxes]
    )
    if not found:
        return None
    reading.attach_words(found[0])
    return found[0] if found[0].statement.is_public() else None


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


def allow_mail(signature: Signature) -> None:
    """Write to a mailbox again whose owner has stopped that, and now asked for it themselves."""
    if signature.email:
        stops.lift_for(signature.email, mail_subjects.about(signature.statement))


def harmless_name(name: str) -> str:
    """`name` as a first mail may show it, or words in its place."""
    return harmless(name) or _("(a name that we do not repeat in a mail)")


def first_message_to(subject: str, template: str, signature: Signature, **extra: object) -> Message:
    """A first mail to a signer. The name is all it contains of what was typed.

    A stranger may have typed it. So the template is given words and no row, from which it could
    show more; where the name would lead its reader somewhere, others stand in its place.
    """
    message = message_to(subject, template, signature)
    context = {**message.context, "signer": harmless_name(signature.displayed_name), **extra}
    del context["signature"]
    return replace(message, context=context)


def message_to(subject: str, template: str, signature: Signature, **extra: object) -> Message:
    """A mail to a signer, with their private link in its foot once they have confirmed.

    An unconfirmed mailbox may belong to a stranger, who would pass the link on.
    """
    is_theirs = bool(signature.email_key and signature.confirmed_at)
    context = {
        "signature": signature,
        "edition": signature.edition,
        "statement_url": absolute(signature.statement.get_absolute_url()),
        "manage_url": tokens.manage_url(signature) if is_theirs else "",
        **extra,
    }
    about = mail_subjects.about(signature.statement)
    return Message(subject=subject, template=template, context=context, about=about)
