"""The mail that asks a representative whether an organization’s entry is still right."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.http import absolute
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from signatories.core import bounces, mail_samples, tokens
from signatories.core.mails import message_to, signature_of
from signatories.mailings import verification_requests
from signatories.models import Signature
from signatories.organizations import renewals


def register_kinds() -> None:
    register(
        verification_requests.KIND,
        verify_again,
        label=gettext_lazy("Is the entry of an organization still right?"),
        when=gettext_lazy("When staff ask its representative to verify an organization again."),
        sample=_sample,
        on_trouble=bounces.record_bounce,
        is_first=False,
    )


def verify_again(mail: OutgoingMail) -> Message | None:
    """What the directory says, and the link to answer; None once nothing is asked any more."""
    signature = signature_of(mail)
    return _message(signature) if signature and renewals.is_asked(signature) else None


def _message(signature: Signature) -> Message:
    organization = signature.organization
    assert organization is not None  # noqa: S101 - for the type checker: it is asked
    return message_to(
        _("Is the entry of your organization still right?"),
        "organization_verify_again",
        signature,
        organization=organization,
        due=organization.answer_due,
        button_url=absolute(
            reverse("signatories:verify_again", args=[tokens.make(signature, tokens.VERIFY_AGAIN)])
        ),
        button_label=_("Look at the entry and answer"),
    )


def _sample() -> Message:
    signature = mail_samples.organization_signature(state=Signature.State.CONFIRMED)
    assert signature.organization is not None  # noqa: S101 - for the type checker
    signature.organization.asked_again_at = timezone.now()
    return _message(signature)
