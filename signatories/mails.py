"""What supporters are written: one function per kind of mail, which renders it when it is sent.

Only the signature's number waits in the queue, so a copy of the database confirms nothing.
"""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.http import absolute
from casa.mail.kinds import Build, Message, register
from casa.mail.models import OutgoingMail
from signatories import codes, corrections, mail_trouble, reminding, telling, tokens
from signatories.addresses import canonical
from signatories.models import Signature
from signatories.signing import obstacle
from statements.models import Statement

State = Signature.State


def register_kinds() -> None:
    kinds: list[tuple[str, Build, Promise]] = [
        ("signatories.confirm", confirm, gettext_lazy("Confirm a signature")),
        (reminding.KIND, reminder, gettext_lazy("Reminder to confirm")),
        ("signatories.already_signed", already_signed, gettext_lazy("Signed already")),
        (telling.KIND, correction, gettext_lazy("A statement was corrected")),
    ]
    for kind, build, label in kinds:
        register(kind, build, label=label, on_trouble=mail_trouble.record)


def confirm(mail: OutgoingMail) -> Message | None:
    """The link that counts a signature; nothing once it is confirmed or gone."""
    signature = _signature(mail)
    if signature is None or signature.state != State.PENDING:
        return None
    if _signed_by_another(signature):
        subject = _("Your organization has signed")
        button = _statement_button(signature)
        return _message(subject, "organization_has_signed", signature, **button)
    return _to_confirm(_("Please confirm your signature"), "confirm_signature", signature)


def reminder(mail: OutgoingMail) -> Message | None:
    """The same link and code once more, for who has not used them; and that this was all."""
    signature = _signature(mail)
    if signature is None or obstacle(signature) or _signed_by_another(signature):
        return None
    return _to_confirm(_("Your signature is not confirmed yet"), "reminder", signature)


def _to_confirm(subject: str, template: str, signature: Signature) -> Message:
    path = reverse("signatories:confirm", args=[tokens.make(signature, tokens.CONFIRM)])
    return _message(
        subject,
        template,
        signature,
        button_url=absolute(path),
        button_label=_("Confirm my signature"),
        code=codes.spaced(codes.of(signature)),
        code_url=absolute(reverse("signatories:code", args=[signature.statement.slug])),
        days=tokens.LIFETIME[tokens.CONFIRM].days,
    )


def already_signed(mail: OutgoingMail) -> Message | None:
    """Tells the mailbox's owner, and nobody else, that it has signed before."""
    signature = _signature(mail)
    if signature is None or signature.state == State.WITHDRAWN:
        return None
    return _message(
        _("You have signed already"), "already_signed", signature, **_statement_button(signature)
    )


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
        **extra,
    }
    return Message(subject=subject, template=template, context=context)
