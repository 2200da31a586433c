"""The mails to representatives of organizations."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.addresses import domains, web_addresses
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from signatories.core import bounces, mail_samples
from signatories.core.mails import (
    first_message_to,
    message_to,
    signature_of,
    signed_by_another,
    statement_button,
)
from signatories.models import Organization, Signature

State, Verification, ToCheck = Signature.State, Organization.Verification, Organization.ToCheck


def register_kinds() -> None:
    register(
        "signatories.organization_has_signed",
        has_signed,
        label=gettext_lazy("An organization signed by another representative"),
        when=gettext_lazy("When another representative confirmed first."),
        sample=lambda: _has_signed(mail_samples.organization_signature()),
        on_trouble=bounces.record_bounce,
    )
    register(
        "signatories.organization_verified",
        verified,
        label=gettext_lazy("An organization is verified"),
        when=gettext_lazy("When its representative’s domain, or staff, verified it; once."),
        sample=lambda: _verified(_sample(verified_domain="example.org")),
        on_trouble=bounces.record_bounce,
        is_first=False,
    )
    register(
        "signatories.organization_check",
        check,
        label=gettext_lazy("An organization is looked at"),
        when=gettext_lazy("When its representative confirmed and no domain verified it."),
        sample=lambda: _check(_sample(to_check=ToCheck.OTHER_DOMAIN)),
        on_trouble=bounces.record_bounce,
        is_first=False,
    )


def has_signed(mail: OutgoingMail) -> Message | None:
    """Tells a representative who has not confirmed that another one was first."""
    signature = signature_of(mail)
    if signature is None or signature.state != State.PENDING or not signed_by_another(signature):
        return None
    return _has_signed(signature)


def _has_signed(signature: Signature) -> Message:
    subject = _("Your organization has signed")
    button = statement_button(signature)
    return first_message_to(subject, "organization_has_signed", signature, **button)


def verified(mail: OutgoingMail) -> Message | None:
    """Tells a representative that their organization is marked as verified, and by what."""
    found = _signed_for(mail)
    if found is None or found[1].verification != Verification.VERIFIED:
        return None
    return _verified(found[0])


def _verified(signature: Signature) -> Message:
    subject = _("Your organization is verified")
    return message_to(subject, "organization_verified", signature, **statement_button(signature))


def check(mail: OutgoingMail) -> Message | None:
    """Tells a representative why staff will look at it; nothing once they have."""
    found = _signed_for(mail)
    return _check(found[0]) if found is not None and found[1].to_check else None


def _check(signature: Signature) -> Message:
    website = signature.organization.website if signature.organization else ""
    return message_to(
        _("We will look at your organization"),
        "organization_check",
        signature,
        domain=domains.shown(web_addresses.registrable(website)),
        **statement_button(signature),
    )


def _signed_for(mail: OutgoingMail) -> tuple[Signature, Organization] | None:
    """A signature that still stands, and the organization it stands for, unless rejected."""
    signature = signature_of(mail)
    if signature is None or signature.state != State.CONFIRMED or signature.organization is None:
        return None
    rejected = signature.organization.verification == Verification.REJECTED
    return None if rejected else (signature, signature.organization)


def _sample(**fields: str) -> Signature:
    signature = mail_samples.organization_signature(state=State.CONFIRMED)
    for name, value in fields.items():
        setattr(signature.organization, name, value)
    return signature
