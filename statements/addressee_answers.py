"""Addressees answer a hand-over by a private link, and staff publish the answer or decline it.

The address of a link is signed with the site's secret key, so a copy of the database opens
nothing, and staff can be shown it again. Until staff have decided, the addressee may change what
waits; what is decided is changed by nobody, and another answer is a row of its own.
"""

import hashlib
import secrets
from datetime import date, timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casa.accounts.models import User
from casa.lib.addresses import mailboxes
from casa.lib.http import absolute, in_language
from casa.lib.kept_pages import generation
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from statements import mail_subjects
from statements.models import AddresseeAnswer, AnswerLink, Delivery, Statement, Target
from statements.reading import current_edition

KIND = "statements.answer_link"
LIFETIME = timedelta(days=90)
State = AddresseeAnswer.State

_signer = signing.Signer(salt="answer-link")


class NoLinkError(Exception):
    """The link of an address opens nothing. `was_ours`: it did once."""

    def __init__(self, *, was_ours: bool) -> None:
        super().__init__()
        self.was_ours = was_ours


class AnswerError(Exception):
    """It cannot be done now; the message says why, in words for staff."""


# Links


def obstacle(delivery: Delivery) -> str:
    """Why nobody can be asked to answer it now, in words for staff; "" if they can."""
    if not delivery.statement.is_public():
        return _("The statement is not public, so an answer could stand nowhere.")
    if delivery.delivered_on > timezone.localdate():
        return _("Visitors do not know of this hand-over before its day.")
    return ""


@transaction.atomic
def give(delivery: Delivery, *, by: User) -> AnswerLink:
    """Make a link in place of the one before, which opens nothing then. Raises AnswerError."""
    if reason := obstacle(delivery):
        raise AnswerError(reason)
    locked = Delivery.objects.select_for_update(of=("self",), no_key=True).get(pk=delivery.pk)
    revoke(locked, by=by)
    return AnswerLink.objects.create(
        delivery=locked, key=secrets.token_urlsafe(16), created_by=by,
        expires_at=timezone.now() + LIFETIME,
    )  # fmt: skip


def revoke(delivery: Delivery, *, by: User) -> bool:
    """Let its link open nothing from now on; False if there is none."""
    working = delivery.answer_links.filter(revoked_at=None)
    return bool(working.update(revoked_at=timezone.now(), revoked_by=by))


@transaction.atomic
def send(link: AnswerLink) -> None:
    """Queue a mail with the address of the link. Raises AnswerError without a mailbox."""
    target = link.delivery.target
    if target is None or not target.email:
        raise AnswerError(_("There is no e-mail address of the addressee. Enter it first."))
    if link.expires_at <= timezone.now() or link.revoked_at:
        raise AnswerError(_("This link does not work any more. Make a new one."))
    language = link.delivery.statement.language
    queue(KIND, to=target.email, language=language, params={"link": link.pk})


def address_of(link: AnswerLink) -> str:
    """The full address of the page, in the statement's language; always the same for a link."""
    path = reverse("statements:answer", args=[token_of(link)])
    return absolute(in_language(path, link.delivery.statement.language))


def token_of(link: AnswerLink) -> str:
    return _signer.sign_object([link.pk, link.key])


def open_(token: str) -> AnswerLink:
    """The link of an address, with its hand-over and statement. Raises NoLinkError."""
    try:
        pk, key = _signer.unsign_object(token)
    except signing.BadSignature as error:
        raise NoLinkError(was_ours=False) from error
    links = AnswerLink.objects.select_related("delivery__statement", "delivery__target")
    link = links.filter(pk=pk).first()
    if link is None or not constant_time_compare(link.key, key):
        raise NoLinkError(was_ours=False)
    if link.revoked_at or link.expires_at <= timezone.now() or obstacle(link.delivery):
        raise NoLinkError(was_ours=True)
    return link


# Answers


def mark(words: str, name: str, office: str) -> str:
    """The fingerprint of an answer."""
    return hashlib.sha256(f"{name}\n{office}\n{words}".encode()).hexdigest()


@transaction.atomic
def answer(delivery: Delivery, *, words: str, name: str, office: str, consent: str) -> None:
    """Store what the addressee answers, in place of what still waits."""
    Delivery.objects.select_for_update(of=("self",), no_key=True).get(pk=delivery.pk)
    fields = {
        "words": words, "name": name, "office": office, "consent": consent,
        "sent_at": timezone.now(), "sha256": mark(words, name, office),
    }  # fmt: skip
    waiting = AddresseeAnswer.objects.waiting()
    waiting.update_or_create(delivery=delivery, defaults=fields)


@transaction.atomic
def publish(sent: AddresseeAnswer, *, seen: str, by: User) -> None:
    """Show it under its hand-over, as it is. Raises AnswerError unless it is what was `seen`."""
    waiting = AddresseeAnswer.objects.waiting().filter(pk=sent.pk, sha256=seen)
    if not waiting.update(state=State.PUBLISHED, decided_at=timezone.now(), decided_by=by):
        raise AnswerError(_("It was changed or decided on since you opened this page. Look again."))


@transaction.atomic
def decline(sent: AddresseeAnswer, *, seen: str, reason: str, by: User) -> None:
    """Show it not, or no more, and keep why. Raises AnswerError."""
    if not reason:
        raise AnswerError(_("Say why. Only the office reads it."))
    shown = AddresseeAnswer.objects.filter(pk=sent.pk, sha256=seen).exclude(state=State.DECLINED)
    fields = {"reason": reason, "decided_at": timezone.now(), "decided_by": by}
    if not shown.update(state=State.DECLINED, **fields):
        raise AnswerError(_("It was changed or decided on since you opened this page. Look again."))
    generation.renew()


# Mail


def register_kinds() -> None:
    register(
        KIND,
        mail,
        label=gettext_lazy("Link to answer a hand-over"),
        when=gettext_lazy("When staff send an addressee the link to answer a hand-over."),
        sample=sample,
    )


def mail(outgoing: OutgoingMail) -> Message | None:
    """The address of a link; nothing once it opens nothing, or the addressee's address is new."""
    links = AnswerLink.objects.select_related("delivery__statement", "delivery__target")
    link = links.filter(pk=outgoing.params["link"]).first()
    if link is None or not _is_theirs(outgoing, link.delivery.target):
        return None
    try:
        opened = open_(token_of(link))
    except NoLinkError:
        return None
    return _message(opened, current_edition(opened.delivery.statement.slug).title)


def _is_theirs(outgoing: OutgoingMail, target: Target | None) -> bool:
    return bool(target and target.email and mailboxes.in_ascii(target.email) == outgoing.to)


def sample() -> Message:
    delivery = Delivery(
        target=Target(name=_("The council")), delivered_on=date(2026, 3, 5),
        statement=Statement(language=get_language() or ""),
    )  # fmt: skip
    link = AnswerLink(delivery=delivery, key="sample", expires_at=timezone.now() + LIFETIME)
    return _message(link, _("Keep the reading room open on Saturdays"))


def _message(link: AnswerLink, title: str) -> Message:
    statement = link.delivery.statement
    return Message(
        subject=_("Your answer to what was handed over to you"),
        template="answer_link",
        context={
            "target": link.delivery.target.name if link.delivery.target else "",
            "title": title,
            "delivered_on": link.delivery.delivered_on,
            "expires_at": link.expires_at,
            "button_url": address_of(link),
            "button_label": _("Read it and answer"),
        },
        about=mail_subjects.about(statement),
    )
