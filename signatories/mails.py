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
from signatories import (
    codes,
    corrections,
    mail_trouble,
    mailboxes,
    private_links,
    reminding,
    telling,
    tokens,
    verification,
)
from signatories.addresses import canonical
from signatories.models import Organization, Signature
from signatories.signing import obstacle
from statements.models import Statement

State, Verification = Signature.State, Organization.Verification


def register_kinds() -> None:
    kinds: list[tuple[str, Build, Promise]] = [
        ("signatories.confirm", confirm, gettext_lazy("Confirm a signature")),
        (reminding.KIND, reminder, gettext_lazy("Reminder to confirm")),
        ("signatories.already_signed", already_signed, gettext_lazy("Signed already")),
        (
            "signatories.organization_has_signed",
            organization_has_signed,
            gettext_lazy("An organization signed by another representative"),
        ),
        (
            "signatories.organization_verified",
            organization_verified,
            gettext_lazy("An organization is verified"),
        ),
        (
            "signatories.organization_check",
            organization_check,
            gettext_lazy("An organization is looked at"),
        ),
        (private_links.KIND, links, gettext_lazy("Private link, asked for")),
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
        return organization_has_signed(mail)
    return _to_confirm(mail, _("Please confirm your signature"), "confirm_signature", signature)


def reminder(mail: OutgoingMail) -> Message | None:
    """The same link and code once more, for who has not used them; and that this was all."""
    signature = _signature(mail)
    if signature is None or obstacle(signature) or _signed_by_another(signature):
        return None
    return _to_confirm(mail, _("Your signature is not confirmed yet"), "reminder", signature)


def _to_confirm(mail: OutgoingMail, subject: str, template: str, signature: Signature) -> Message:
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
        **_no_link_for_others(mail, signature),
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
        _("You have signed already"),
        "already_signed",
        signature,
        names=[row.name for row in mailboxes.sharing(signature)],
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
