"""The mail about a correction that changes the meaning of the signed words."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.http import absolute
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from signatories.core import bounces, mail_samples, reconsent_questions, tokens
from signatories.core.mails import message_to, signature_of
from signatories.mailings import correction_notices
from signatories.models import Signature

State = Signature.State


def register_kinds() -> None:
    register(
        correction_notices.KIND,
        correction,
        label=gettext_lazy("A statement was corrected"),
        when=gettext_lazy("When a correction that changes the meaning is published."),
        sample=lambda: _corrected(*mail_samples.corrected()),
        on_trouble=bounces.record_bounce,
        is_first=False,
    )


def correction(mail: OutgoingMail) -> Message | None:
    """What changed in a text somebody signed, with the ways to stay and to withdraw.

    Nothing once they answered or withdrew, and nothing if a later correction has a mail of its
    own, which shows the whole difference.
    """
    signature = signature_of(mail)
    if signature is None or signature.state != State.CONFIRMED:
        return None
    if not signature.statement.is_public() or correction_notices.is_superseded(
        signature, mail.params["edition"]
    ):
        return None
    question = reconsent_questions.question_for(signature)
    return None if question is None else _corrected(signature, question)


def _corrected(signature: Signature, question: reconsent_questions.ReconsentQuestion) -> Message:
    token = tokens.make(signature, tokens.CORRECTION)
    return message_to(
        _("The text you signed was corrected"),
        "correction",
        signature,
        correction=question,
        edition=question.signed,
        button_url=absolute(reverse("signatories:correction_answer", args=[token, "stay"])),
        button_label=_("Stay under the corrected text"),
        withdraw_url=absolute(reverse("signatories:correction_answer", args=[token, "withdraw"])),
        days=tokens.LIFETIME[tokens.CORRECTION].days,
    )
