"""What supporters are written: one function per kind of mail, which renders it when it is sent.

Only the signature's number waits in the queue, so a copy of the database confirms nothing.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.http import absolute
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from signatories import corrections, private_links, telling, tokens
from signatories.addresses import canonical
from signatories.models import Signature
from statements.models import Statement

State = Signature.State


def register_kinds() -> None:
    register("signatories.confirm", confirm, label=gettext_lazy("Confirm a signature"))
    register("signatories.already_signed", already_signed, label=gettext_lazy("Signed already"))
    register(private_links.KIND, links, label=gettext_lazy("Private link, asked for"))
    register(telling.KIND, correction, label=gettext_lazy("A statement was corrected"))


def confirm(mail: OutgoingMail) -> Message | None:
    """The link that counts a signature; nothing once it is confirmed or gone."""
    signature = _signature(mail)
    if signature is None or signature.state != State.PENDING:
        return None
    if _signed_by_another(signature):
        subject = _("Your organization has signed")
        button = _statement_button(signature)
        return _message(subject, "organization_has_signed", signature, **button)
    path = reverse("signatories:confirm", args=[tokens.make(signature, tokens.CONFIRM)])
    return _message(
        _("Please confirm your signature"),
        "confirm_signature",
        signature,
        button_url=absolute(path),
        button_label=_("Confirm my signature"),
        days=tokens.LIFETIME[tokens.CONFIRM].days,
        **_no_link_for_others(mail, signature),
    )


def already_signed(mail: OutgoingMail) -> Message | None:
    """Tells the mailbox's owner, and nobody else, that it has signed before."""
    signature = _signature(mail)
    if signature is None or signature.state == State.WITHDRAWN:
        return None
    return _message(
        _("You have signed already"),
        "already_signed",
        signature,
        **_statement_button(signature),
        **_no_link_for_others(mail, signature),
    )


def links(mail: OutgoingMail) -> Message | None:
    """The private links to all that was signed with an address; nothing if nobody signed."""
    found = private_links.listed(mail)
    if not found:
        return None
    return Message(
        subject=_("Your signatures and your private links"),
        template="private_links",
        context={
            "links": [
                {
                    "title": corrections.signed_edition(one).title
                    if one.statement.is_public()
                    else "",
                    "name": one.displayed_name,
                    "url": private_links.manage_url(one),
                }
                for one in found
            ],
            "days": tokens.LIFETIME[tokens.MANAGE].days,
        },
    )


def _no_link_for_others(mail: OutgoingMail, signature: Signature) -> dict[str, str]:
    """Mail to another spelling of the signer's mailbox carries no private link.

    Not every provider takes "name+tag" for "name", so it may be somebody else's mailbox.
    """
    return {} if mail.to.lower() == signature.email.lower() else {"manage_url": ""}


def correction(mail: OutgoingMail) -> Message | None:
    """What changed in a text somebody signed, with the ways to stay and to withdraw.

    Nothing once they answered or withdrew, and nothing if a later correction has a mail of its
    own, which shows the whole difference.
    """
    signature = _signature(mail)
    if signature is None or signature.state != State.CONFIRMED:
        return None
    if not signature.statement.is_public() or telling.is_superseded(
        signature.statement, mail.params["edition"]
    ):
        return None
    question = corrections.correction_for(signature)
    if question is None:
        return None
    token = tokens.make(signature, tokens.CORRECTION)
    return _message(
        _("The text you signed was corrected"),
        "correction",
        signature,
        correction=question,
        edition=question.signed,
        button_url=absolute(reverse("signatories:correction_wish", args=[token, "stay"])),
        button_label=_("Stay under the corrected text"),
        withdraw_url=absolute(reverse("signatories:correction_wish", args=[token, "withdraw"])),
        days=tokens.LIFETIME[tokens.CORRECTION].days,
    )


def _signature(mail: OutgoingMail) -> Signature | None:
    """The signature a mail is about; None if it is gone, has another address by now, or stands
    under a statement that nobody may read any more.
    """
    return (
        Signature.objects.select_related("statement", "edition", "organization")
        .filter(pk=mail.params["signature"], email_key=canonical(mail.to))
        .filter(statement__in=Statement.objects.public())
        .first()
    )


def _signed_by_another(signature: Signature) -> bool:
    return (
        signature.organization_id is not None
        and Signature.objects.filter(
            statement=signature.statement_id,
            organization=signature.organization_id,
            state__in=(State.CONFIRMED, State.HIDDEN),
        ).exists()
    )


def _statement_button(signature: Signature) -> dict[str, str]:
    return {
        "button_url": absolute(signature.statement.get_absolute_url()),
        "button_label": _("Read the statement"),
    }


def _message(subject: str, template: str, signature: Signature, **extra: object) -> Message:
    context = {
        "signature": signature,
        "edition": signature.edition,
        "statement_url": absolute(signature.statement.get_absolute_url()),
        # In the foot of every mail to a signer; none for who left no address.
        "manage_url": private_links.manage_url(signature) if signature.email_key else "",
        **extra,
    }
    return Message(subject=subject, template=template, context=context)
