"""The reminder mail: the link and the code once more."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from signatories.core import bounces, mail_samples
from signatories.core.mails import signature_of, signed_by_another
from signatories.mailings import reminders
from signatories.models import Signature
from signatories.signing.confirmation import obstacle
from signatories.signing.mails import confirmation_message


def register_kinds() -> None:
    register(
        reminders.KIND,
        reminder,
        label=gettext_lazy("Reminder to confirm"),
        when=gettext_lazy("Once, some days after signing, to who has not confirmed."),
        sample=lambda: _not_confirmed_yet(mail_samples.signature()),
        on_trouble=bounces.record_bounce,
    )


def reminder(mail: OutgoingMail) -> Message | None:
    """The same link and code once more; the mail says that no other reminder follows."""
    signature = signature_of(mail)
    if signature is None or obstacle(signature) or signed_by_another(signature):
        return None
    return _not_confirmed_yet(signature, to=mail.to)


def _not_confirmed_yet(signature: Signature, *, to: str = "") -> Message:
    return confirmation_message(_("Your signature is not confirmed yet"), "reminder", signature, to)
