"""What supporters are written: one function per kind of mail, which renders it when it is sent.

Only the signature's number waits in the queue, so a copy of the database confirms nothing.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.http import absolute
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from signatories import corrections, telling, tokens, verification
from signatories.addresses import canonical
from signatories.models import Organization, Signature
from statements.models import Statement

State, Verification = Signature.State, Organization.Verification


def register_kinds() -> None:
    register("signatories.confirm", confirm, label=gettext_lazy("Confirm a signature"))
    register("signatories.already_signed", already_signed, label=gettext_lazy("Signed already"))
    register(
        "signatories.organization_has_signed",
        organization_has_signed,
        label=gettext_lazy("An organization signed by another representative"),
    )
    register(
        "signatories.organization_verified",
        organization_verified,
        label=gettext_lazy("An organization is verified"),
    )
    register(
        "signatories.organization_check",
        organization_check,
        label=gettext_lazy("An organization is looked at"),
    )
    register(telling.KIND, correction, label=gettext_lazy("A statement was corrected"))


def confirm(mail: OutgoingMail) -> Message | None:
    """The link that counts a signature; nothing once it is confirmed or gone."""
    signature = _signature(mail)
    if signature is None or signature.state != State.PENDING:
        return None
    if _signed_by_another(signature):
        return organization_has_signed(mail)
    path = reverse("signatories:confirm", args=[tokens.make(signature, tokens.CONFIRM)])
    return _message(
        _("Please confirm your signature"),
        "confirm_signature",
        signature,
        button_url=absolute(path),
        button_label=_("Confirm my signature"),
        days=tokens.LIFETIME[tokens.CONFIRM].days,
    )


def organization_has_signed(mail: OutgoingMail) -> Message | None:
    """Tells a representative who has not confirmed that another one was first."""
    signature = _signature(mail)
    if signature is None or signature.state != State.PENDING or not _signed_by_another(signature):
        return None
    return _message(
        _("Your organization has signed"),
        "organization_has_signed",
        signature,
        **_statement_button(signature),
    )


def organization_verified(mail: OutgoingMail) -> Message | None:
    """Tells a representative that their organization is marked as verified, and by what."""
    found = _signed_for(mail)
    if found is None or found[1].verification != Verification.VERIFIED:
        return None
    signature, _verified = found
    return _message(
        _("Your organization is verified"),
        "organization_verified",
        signature,
        **_statement_button(signature),
    )


def organization_check(mail: OutgoingMail) -> Message | None:
    """Tells a representative why staff will look at it; nothing once they have."""
    found = _signed_for(mail)
    if found is None or not found[1].to_check:
        return None
    signature, organization = found
    return _message(
        _("We will look at your organization"),
        "organization_check",
        signature,
        domain=verification.domain_of_website(organization.website),
        **_statement_button(signature),
    )


def _signed_for(mail: OutgoingMail) -> tuple[Signature, Organization] | None:
    """A signature that still stands, and the organization it stands for, unless rejected."""
    signature = _signature(mail)
    if signature is None or signature.state != State.CONFIRMED or signature.organization is None:
        return None
    rejected = signature.organization.verification == Verification.REJECTED
    return None if rejected else (signature, signature.organization)


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
