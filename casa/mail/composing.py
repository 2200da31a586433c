"""A row of the outbox as a message: words, headers, text and HTML of the same content."""

import re
from dataclasses import replace
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine
from django.urls import reverse
from django.utils import translation

from casa.appearance import reading
from casa.lib.addresses import mailboxes
from casa.lib.http import absolute
from casa.lib.text import without_invisible
from casa.mail import kinds, stops
from casa.mail.kinds import Message
from casa.mail.models import OutgoingMail


def compose(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """The message to send, or None when the mail is no longer wanted.

    Raises whatever the kind's `build` or its templates raise.
    """
    with translation.override(_language(mail)):
        kind = kinds.get(mail.kind)
        message = kind.build(mail)
        if message is None or _is_stopped(mail, message):
            return None
        if kind.is_first:
            message = _with_stop(message, mail.to)
        return to_email(message, to=mail.to, number=mail.message_id)


def _language(mail: OutgoingMail) -> str:
    """Its own, or the site's where its own was taken from the site: no link would work in it."""
    offered = dict(settings.LANGUAGES)
    return mail.language if mail.language in offered else settings.LANGUAGE_CODE


def _is_stopped(mail: OutgoingMail, message: Message) -> bool:
    return message.about is not None and stops.stand(mail.to, message.about)


def _with_stop(message: Message, to: str) -> Message:
    """The message with a link, and a button of mail programs (RFC 8058), by which whoever did not
    ask for it ends all that comes.
    """
    if message.about is None:
        return message
    url = absolute(reverse("stop_mail", args=[stops.make_token(to, message.about)]))
    headers = {
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    context = {**message.context, "stop_url": url}
    return replace(message, context=context, headers={**headers, **message.headers})


def sample(kind: str, language: str) -> EmailMultiAlternatives | None:
    """A mail of that kind with invented data; None if the kind brings none."""
    found, to = kinds.get(kind), "nora@example.org"
    if found.sample is None:
        return None
    with translation.override(language):
        message = found.sample()
        if found.is_first:
            message = _with_stop(message, to)
        return to_email(message, to=to, number="<sample@example.org>")


def to_email(message: Message, *, to: str, number: str) -> EmailMultiAlternatives:
    """`message` as it leaves, in the active language; `number` is its Message-ID."""
    subject = one_line(str(message.subject))
    context = {**_site(), **message.context, "subject": subject}
    email = EmailMultiAlternatives(
        subject=subject,
        body=without_invisible(_text(message, context))[0],
        from_email=sender(),
        to=[mailboxes.in_ascii(to)],
        reply_to=[office()],
        headers={**message.headers, "Message-ID": number, "Auto-Submitted": "auto-generated"},
    )
    # What turns the direction of a name would turn what stands behind it.
    html = without_invisible(_render(f"{message.template}.html", context), is_html=True)[0]
    email.attach_alternative(html, "text/html")
    return email


def one_line(text: str) -> str:
    """`text` without line breaks and control characters, so that it ends where its header does."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split())


def sender() -> str:
    """Who every mail is from: the site's name, unless DEFAULT_FROM_EMAIL brings its own."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or one_line(reading.words().name), mailboxes.in_ascii(address)))


def office() -> str:
    """Where an answer goes, whatever address mail is sent from: people answer mails."""
    return formataddr(
        (one_line(reading.words().name), mailboxes.in_ascii(reading.words().contact_email))
    )


def _site() -> dict[str, str]:
    return {
        "site_name": reading.words().name,
        "site_postal_address": reading.words().postal_address,
        "site_url": settings.SITE_URL,
        "accent_color": reading.current().accent.on_light,  # readable on white, so white is on it
    }


def _text(message: Message, context: dict[str, Any]) -> str:
    rendered = _render(f"{message.template}.txt", context, autoescape=False)
    lines = "\n".join(line.rstrip() for line in rendered.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"  # tags leave empty lines behind


def _render(name: str, context: dict[str, Any], *, autoescape: bool = True) -> str:
    template = Engine.get_default().get_template(f"emails/{name}")
    return template.render(Context(context, autoescape=autoescape))
