"""What somebody is written whose name the organizer collected: do you stand by it?"""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.http import absolute
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from signatories.core import bounces, mail_samples, reconsent_questions, tokens
from signatories.core.mails import first_message_to, signature_of
from signatories.mailings import owner_asks
from signatories.models import CollectedBy, Signature


def register_kinds() -> None:
    register(
        owner_asks.KIND,
        ask_owner,
        label=gettext_lazy("Do you stand by your name?"),
        when=gettext_lazy("When staff ask those whose names were imported to confirm, once."),
        sample=lambda: _question(
            mail_samples.signature(
                state=Signature.State.CONFIRMED, consent_source=CollectedBy.PARTNER
            )
        ),
        on_trouble=bounces.record_bounce,
    )


def ask_owner(mail: OutgoingMail) -> Message | None:
    """Nothing once they answered, withdrew, or their name is no longer of the organizer."""
    signature = signature_of(mail)
    if signature is None or signature.state != Signature.State.CONFIRMED:
        return None
    if not signature.consent_source or not signature.statement.is_public():
        return None
    return _question(signature)


def _question(signature: Signature) -> Message:
    token = tokens.make(signature, tokens.ASK)
    return first_message_to(
        _("Do you stand by your name?"),
        "ask_owner",
        signature,
        edition=reconsent_questions.signed_edition(signature),
        how=signature.get_consent_source_display(),
        button_url=absolute(reverse("signatories:ask_answer", args=[token, "confirm"])),
        button_label=_("Yes, I stand by it"),
        object_url=absolute(reverse("signatories:ask_answer", args=[token, "object"])),
        days=tokens.LIFETIME[tokens.ASK].days,
        # The mailbox may be a stranger's.
        manage_url="",
    )
