"""What signers are written: one function per kind of mail, which renders it when it is sent.

Only the signature's number waits in the queue, so a copy of the database confirms nothing. Mails
about organizations, news and followers are in the modules beside this one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.http import absolute
from casa.mail.kinds import Build, Message, Sample, register
from casa.mail.models import OutgoingMail
from signatories.core import bounces, mail_samples, tokens
from signatories.core.mails import message_to, signature_of, signed_by_another, statement_button
from signatories.mailings import correction_notices, reminders
from signatories.models import Signature
from signatories.organizations import mails
from signatories.self_service import private_links, reconsent
from signatories.signing import codes, duplicates
from signatories.signing.confirmation import obstacle

State = Signature.State


@dataclass(frozen=True)
class Kind:
    """One kind of mail about a signature, as `casa.mail.kinds.register` wants it."""

    name: str
    build: Build
    label: str | Promise
    when: str | Promise
    sample: Sample


def register_kinds() -> None:
    kinds = (
        Kind(
            "signatories.confirm",
            confirm,
            gettext_lazy("Confirm a signature"),
            gettext_lazy("When somebody fills in the form."),
            lambda: _please_confirm(mail_samples.signature()),
        ),
        Kind(
            reminders.KIND,
            reminder,
            gettext_lazy("Reminder to confirm"),
            gettext_lazy("Once, some days after signing, to who has not confirmed."),
            lambda: _not_confirmed_yet(mail_samples.signature()),
        ),
        Kind(
            "signatories.already_signed",
            already_signed,
            gettext_lazy("Signed already"),
            gettext_lazy("When the form is filled in with an address that has signed before."),
            lambda: _signed_already(mail_samples.signature(state=State.CONFIRMED)),
        ),
        Kind(
            private_links.KIND,
            links,
            gettext_lazy("Private link, asked for"),
            gettext_lazy("When somebody asks for their private links by address."),
            lambda: _links([mail_samples.signature(state=State.CONFIRMED)]),
        ),
        Kind(
            correction_notices.KIND,
            correction,
            gettext_lazy("A statement was corrected"),
            gettext_lazy("When a correction that changes the meaning is published."),
            lambda: _corrected(*mail_samples.corrected()),
        ),
    )
    for kind in kinds:
        register(
            kind.name,
            kind.build,
            label=kind.label,
            when=kind.when,
            sample=kind.sample,
            on_trouble=bounces.record,
        )


def confirm(mail: OutgoingMail) -> Message | None:
    """The link that counts a signature; nothing once it is confirmed or gone."""
    signature = signature_of(mail)
    if signature is None or signature.state != State.PENDING:
        return None
    if signed_by_another(signature):
        return mails.has_signed(mail)
    return _please_confirm(signature, to=mail.to)


def reminder(mail: OutgoingMail) -> Message | None:
    """The same link and code once more, for who has not used them; and that this was all."""
    signature = signature_of(mail)
    if signature is None or obstacle(signature) or signed_by_another(signature):
        return None
    return _not_confirmed_yet(signature, to=mail.to)


def _please_confirm(signature: Signature, *, to: str = "") -> Message:
    subject = _("Please confirm your signature")
    return _to_confirm(subject, "confirm_signature", signature, to)


def _not_confirmed_yet(signature: Signature, *, to: str = "") -> Message:
    return _to_confirm(_("Your signature is not confirmed yet"), "reminder", signature, to)


def _to_confirm(subject: str, template: str, signature: Signature, to: str) -> Message:
    path = reverse("signatories:confirm", args=[tokens.make(signature, tokens.CONFIRM)])
    return message_to(
        subject,
        template,
        signature,
        button_url=absolute(path),
        button_label=_("Confirm my signature"),
        code=codes.spaced(codes.of(signature)),
        code_url=absolute(reverse("signatories:code", args=[signature.statement.slug])),
        days=tokens.LIFETIME[tokens.CONFIRM].days,
        **_no_link_for_others(to, signature),
    )


def already_signed(mail: OutgoingMail) -> Message | None:
    """Tells the mailbox's owner, and nobody else, that it has signed before."""
    signature = signature_of(mail)
    if signature is None or signature.state == State.WITHDRAWN:
        return None
    names = [row.name for row in duplicates.sharing(signature)]
    return _signed_already(signature, names=names, to=mail.to)


def _signed_already(signature: Signature, *, names: Sequence[str] = (), to: str = "") -> Message:
    return message_to(
        _("You have signed already"),
        "already_signed",
        signature,
        names=names,
        **statement_button(signature),
        **_no_link_for_others(to, signature),
    )


def links(mail: OutgoingMail) -> Message | None:
    """The private links to all that was signed with an address; nothing if nobody signed."""
    found = list(private_links.listed(mail))
    return _links(found) if found else None


def _links(signatures: list[Signature]) -> Message:
    return Message(
        subject=_("Your signatures and your private links"),
        template="private_links",
        context={
            "links": [
                {
                    "title": reconsent.signed_edition(one).title
                    if one.statement.is_public()
                    else "",
                    "name": one.displayed_name,
                    "url": private_links.manage_url(one),
                }
                for one in signatures
            ],
            "days": tokens.LIFETIME[tokens.MANAGE].days,
        },
    )


def _no_link_for_others(to: str, signature: Signature) -> dict[str, str]:
    """Mail to another spelling of the signer's mailbox carries no private link.

    Not every provider takes "name+tag" for "name", so it may be somebody else's mailbox.
    """
    is_theirs = to.lower() in ("", signature.email.lower())
    return {} if is_theirs else {"manage_url": ""}


def correction(mail: OutgoingMail) -> Message | None:
    """What changed in a text somebody signed, with the ways to stay and to withdraw.

    Nothing once they answered or withdrew, and nothing if a later correction has a mail of its
    own, which shows the whole difference.
    """
    signature = signature_of(mail)
    if signature is None or signature.state != State.CONFIRMED:
        return None
    if not signature.statement.is_public() or correction_notices.is_superseded(
        signature.statement, mail.params["edition"]
    ):
        return None
    question = reconsent.correction_for(signature)
    return None if question is None else _corrected(signature, question)


def _corrected(signature: Signature, question: reconsent.Correction) -> Message:
    token = tokens.make(signature, tokens.CORRECTION)
    return message_to(
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
