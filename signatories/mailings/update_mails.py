"""Mails that signers asked for: news and thanks that staff write, and the welcome after signing.

News bring the headers of RFC 8058, so that a mail program stops them with one click.
"""

from dataclasses import replace
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casa.accounts.models import User
from casa.lib.diff import in_text
from casa.lib.html.numbering import signs_as_text
from casa.lib.html.sanitizer import clean
from casa.lib.http import absolute
from casa.mail.kinds import Message, Sample, register
from casa.mail.models import OutgoingMail
from signatories.core import bounces, mail_samples, receipts, tokens
from signatories.core.mails import message_to, signature_of
from signatories.mailings import updates
from signatories.models import Signature, UpdateMailing, UpdateWords
from signatories.signing import confirmation
from statements import supporter_texts
from statements.models import Edition, Statement


def register_kinds() -> None:
    register(
        confirmation.WELCOME,
        welcome,
        label=gettext_lazy("Thanks for signing"),
        when=gettext_lazy("When somebody has confirmed a signature, once."),
        sample=_sample_welcome,
        on_trouble=bounces.record_bounce,
        is_first=False,
    )
    when: dict[str, tuple[str | Promise, str | Promise]] = {
        updates.Kind.UPDATE: (
            gettext_lazy("News of a statement"),
            gettext_lazy("When staff send news to the signers who asked for it."),
        ),
        updates.Kind.THANKS: (
            gettext_lazy("Thanks at the end"),
            gettext_lazy("When staff send it after signing closed, to signers who want news."),
        ),
    }
    for kind, name in updates.KINDS.items():
        label, sentence = when[kind]
        register(
            name,
            news,
            label=label,
            when=sentence,
            sample=_samples_of(kind),
            on_trouble=bounces.record_bounce,
            is_first=False,
        )
    register(
        updates.TRIAL,
        trial,
        label=gettext_lazy("Test of a mailing"),
        when=gettext_lazy("When staff send a test of news to themselves."),
        sample=_samples_of(updates.Kind.UPDATE),
        is_first=False,
    )


def welcome(mail: OutgoingMail) -> Message | None:
    """Thanks, and a link to pass on; nothing if the signature does not stand any more."""
    signature = signature_of(mail)
    if signature is None or signature.state != Signature.State.CONFIRMED:
        return None
    return _welcome(signature, is_open=signature.statement.is_open())


def _sample_welcome() -> Message:
    confirmed = mail_samples.signature(state=Signature.State.CONFIRMED)
    return _welcome(confirmed, is_open=True)


def _welcome(signature: Signature, *, is_open: bool) -> Message:
    address = absolute(signature.statement.get_absolute_url())
    via = f"?via={signature.share_code}" if signature.share_code else ""
    return message_to(
        _("Thank you for signing"),
        "welcome",
        signature,
        is_open=is_open,
        receipt=receipts.of_confirmed(signature),
        count_url=absolute(reverse("signatories:how_we_count", args=[signature.statement.slug])),
        share_sentence=_share_sentence(signature),
        thanks=supporter_texts.thanks(signature.statement).thanks,
        button_url=address + via,
        button_label=_("Show the statement to others"),
    )


def _share_sentence(signature: Signature) -> str:
    edition = signature.edition
    return supporter_texts.share_sentence(edition) if edition else ""


def news(mail: OutgoingMail) -> Message | None:
    """What staff wrote; nothing to who left since, or whose signature does not stand any more."""
    signature = signature_of(mail)
    if (
        signature is None
        or signature.state != Signature.State.CONFIRMED
        or not signature.wants_updates
    ):
        return None
    mailing = UpdateMailing.objects.prefetch_related("words").select_related("statement")
    row = mailing.filter(pk=mail.params["mailing"], statement=signature.statement_id).first()
    words = row.words_in(mail.language) if row else None
    return _news(signature, words) if words else None


def trial(mail: OutgoingMail) -> Message | None:
    """The copy that a member of staff sends to themselves. Its link stops nothing."""
    if not User.objects.filter(pk=mail.params["user"], email=mail.to, is_active=True).exists():
        return None
    rows = UpdateMailing.objects.prefetch_related("words").select_related("statement")
    mailing = rows.filter(pk=mail.params["mailing"]).first()
    words = mailing.words_in(mail.language) if mailing else None
    if mailing is None or words is None:
        return None
    message = shown(mailing, words)
    return replace(message, subject=_("Test: %(subject)s") % {"subject": message.subject})


def shown(mailing: UpdateMailing, words: UpdateWords) -> Message:
    """The mail as a signer gets it, with an invented signer, in the active language."""
    return _news(mail_samples.signature(**_signed_under(mailing.statement)), words)


def _signed_under(statement: Statement) -> dict[str, object]:
    editions = {one.language: one for one in Edition.objects.current().filter(statement=statement)}
    words = editions.get(get_language() or "") or editions.get(statement.language)
    if words is None:  # not published yet
        words = Edition(statement=statement, title=str(statement), language=statement.language)
    return {"statement": statement, "edition": words}


def _news(signature: Signature, words: UpdateWords) -> Message:
    path = reverse("signatories:unsubscribe", args=[tokens.make(signature, tokens.UPDATES)])
    body = clean(words.body)
    message = message_to(
        words.subject,
        "update",
        signature,
        body=mark_safe(signs_as_text(body)),  # noqa: S308 - cleaned the line above
        body_text=in_text(signs_as_text(body, everywhere=True)),
        words_language=words.language,
        button_url=absolute(signature.statement.get_absolute_url()),
        button_label=_("Read the statement"),
        unsubscribe_url=absolute(path),
    )
    return replace(message, headers=_list_headers(signature.statement, absolute(path)))


def _list_headers(statement: Statement, address: str) -> dict[str, str]:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<{statement.slug}.updates.{host}>",
    }


def prepared_words(kind: str, language: str) -> dict[str, str]:
    """What stands in the form before staff write; call it in `language`."""
    if kind != updates.Kind.THANKS:
        return {"language": language, "subject": "", "body": ""}
    paragraphs = (
        _("Signing is closed. Thank you: your name stood under this statement."),
        _("What happened with it: [say here to whom it was handed over, and what they answered]."),
        _("This is the last mail about it, unless there is an answer to report."),
    )
    return {
        "language": language,
        "subject": _("Thank you for signing, and what happened"),
        "body": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
    }


def _samples_of(kind: str) -> Sample:
    def sample() -> Message:
        written = prepared_words(kind, get_language() or "")
        if kind == updates.Kind.UPDATE:
            written["subject"] = _("The council has put it on its agenda")
            written["body"] = (
                f"<p>{_('On Thursday the council speaks about the reading room.')}</p>"
            )
        signature = mail_samples.signature(state=Signature.State.CONFIRMED)
        return _news(signature, UpdateWords(**written))

    return sample
