"""The mails of signing: one function for each kind renders it when it is sent.

Only the signature's number waits in the queue, so a copy of the database confirms nothing. Mails
about organizations, news and followers are in the modules beside this one.
"""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.http import absolute
from casa.lib.moments.words import last_moment_in_words
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from signatories.core import bounces, mail_samples, tokens
from signatories.core.mails import (
    first_message_to,
    harmless_name,
    signature_of,
    signed_by_another,
    statement_button,
)
from signatories.models import Signature
from signatories.organizations import mails
from signatories.signing import codes, duplicates
from signatories.signing.confirmation import CONFIRM_GRACE
from statements.models import Statement

State = Signature.State


def register_kinds() -> None:
    register(
        "signatories.confirm",
        confirm,
        label=gettext_lazy("Confirm a signature"),
        when=gettext_lazy("When somebody fills in the form."),
        sample=lambda: _please_confirm(mail_samples.signature()),
        on_trouble=bounces.record_bounce,
    )
    register(
        "signatories.already_signed",
        already_signed,
        label=gettext_lazy("Signed already"),
        when=gettext_lazy("When the form is filled in with an address that has signed before."),
        sample=lambda: _signed_already(mail_samples.signature(state=State.CONFIRMED)),
        on_trouble=bounces.record_bounce,
    )


def confirm(mail: OutgoingMail) -> Message | None:
    """The link that counts a signature; nothing once it is confirmed or gone."""
    signature = signature_of(mail)
    if signature is None or signature.state != State.PENDING:
        return None
    if signed_by_another(signature):
        return mails.has_signed(mail)
    return _please_confirm(signature, to=mail.to)


def _please_confirm(signature: Signature, *, to: str = "") -> Message:
    subject = _("Please confirm your signature")
    return confirmation_message(subject, "confirm_signature", signature, to)


def confirmation_message(subject: str, template: str, signature: Signature, to: str) -> Message:
    path = reverse("signatories:confirm", args=[tokens.make(signature, tokens.CONFIRM)])
    return first_message_to(
        subject,
        template,
        signature,
        is_shared=duplicates.is_shared(signature),
        button_url=absolute(path),
        button_label=_("Confirm my signature"),
        code=codes.grouped(codes.code_of(signature)),
        code_url=absolute(reverse("signatories:code", args=[signature.statement.slug])),
        **_how_long(signature.statement),
        **no_link_for_others(to, signature),
    )


def _how_long(statement: Statement) -> dict[str, object]:
    """The deadlines of signing and of the mail's link and code, in words."""
    closes, lifetime = statement.signing_closes_at, tokens.LIFETIME[tokens.CONFIRM]
    told: dict[str, object] = {"days": lifetime.days, "until": "", "works_until": ""}
    if closes is None:
        return told
    now = timezone.now()
    if closes > now:
        told["until"] = last_moment_in_words(closes)
    if closes + CONFIRM_GRACE < now + lifetime:
        told["works_until"] = last_moment_in_words(closes + CONFIRM_GRACE)
    return told


def already_signed(mail: OutgoingMail) -> Message | None:
    """Tells the mailbox's owner, and nobody else, that it has signed before."""
    signature = signature_of(mail)
    if signature is None or signature.state == State.WITHDRAWN:
        return None
    names = [row.name for row in duplicates.signatures_sharing(signature)]
    return _signed_already(signature, names=names, to=mail.to)


def _signed_already(signature: Signature, *, names: Sequence[str] = (), to: str = "") -> Message:
    return first_message_to(
        _("You have signed already"),
        "already_signed",
        signature,
        names=[harmless_name(name) for name in names],
        **statement_button(signature),
        **no_link_for_others(to, signature),
    )


def no_link_for_others(to: str, signature: Signature) -> dict[str, str]:
    """Mail to another spelling of the signer's mailbox carries no private link.

    Not every provider takes "name+tag" for "name", so it may be somebody else's mailbox.
    """
    is_theirs = to.lower() in ("", signature.email.lower())
    return {} if is_theirs else {"manage_url": ""}
