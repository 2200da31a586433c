"""What is stored of those who get mail."""

from django.utils.translation import gettext_lazy as _

from casa.lib.personal_data import Basis, Ground, Retention, Subject, declare, impersonal, personal
from casa.mail.models import MailPace, MailStop, OutgoingMail

MAIL = Ground(Subject.RECIPIENT, Basis.CONSENT, Retention.WITH_MAIL)
ARRIVAL = Ground(Subject.RECIPIENT, Basis.INTEREST, Retention.WITH_MAIL)
# It must outlast an erasure, or the next who types the address would have it written to again.
STOP = Ground(
    Subject.RECIPIENT,
    Basis.INTEREST,
    Retention.FOR_GOOD,
    _("who wants no mail has to be known for as long as somebody might write to them"),
)

declare(
    OutgoingMail,
    personal("to language", _("to send the mail"), MAIL,
             label=_("e-mail address and language"), downloaded=True, sealed="to"),
    personal("params", _("to send the mail"), MAIL, label=_("what the mail is about")),
    personal("trouble trouble_at last_error provider_id message_id",
             _("to know whether the mail arrived"), ARRIVAL, label=_("answers of mail servers")),
    impersonal("id kind state attempts due_at created_at sent_at", "how far the mail has come"),
)  # fmt: skip
declare(MailPace, impersonal("id spent_until", "how many mails may leave now"))
declare(
    MailStop,
    personal("mailbox", _("to send no mail to those who want none"), STOP,
             label=_("a keyed hash of the e-mail address, which nobody can read")),
    personal("about since", _("to send no mail to those who want none"), STOP, downloaded=True),
    impersonal("id", "a number"),
)  # fmt: skip
