"""Private, named links to words that are not public yet, for somebody outside the office.

The address of a link is signed with the site's secret key, so a copy of the database opens
nothing, and staff can be shown it again. Whether it works is a matter of its row alone.
"""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum, auto

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.accounts.models import User
from casa.lib.contact_details import harmless
from casa.lib.http import absolute
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from statements import mail_subjects
from statements.models import Edition, PreviewLink, PreviewVisit, Statement, StatementText
from statements.new_editions import fingerprint

Words = StatementText | Edition

KIND = "statements.preview"
LIFETIME = timedelta(days=7)
LONGEST = timedelta(days=90)
ONE_VISIT = timedelta(minutes=10)
"""Whoever loads the page anew within it visits it once."""


_signer = signing.Signer(salt="preview-link")


class Reason(StrEnum):
    """Why a link shows nothing."""

    UNKNOWN = auto()
    EXPIRED = auto()
    REVOKED = auto()
    WITHDRAWN = auto()
    OVER = auto()


class Refused(Exception):  # noqa: N818 - an answer to a reader, not a programming error
    """`link` is given where the page says more of it."""

    def __init__(self, reason: Reason, link: PreviewLink | None = None) -> None:
        super().__init__(reason)
        self.reason, self.link = reason, link


is_over: list[Callable[[PreviewLink], bool]] = []
"""What tells of a link whether the time to read by it is over, though it has not expired."""


class PreviewError(Exception):
    """The link cannot be made or sent; the message says why, in words for staff."""


def give(
    statement: Statement,
    *,
    name: str,
    expires_at: datetime,
    by: User,
    email: str = "",
    may_sign: bool = False,
) -> tuple[PreviewLink, str]:
    """Make a link for `name`; returns it with its path. Raises PreviewError."""
    if obstacle := obstacle_to_giving(statement):
        raise PreviewError(obstacle)
    if may_sign and not email:
        raise PreviewError(
            _("Give the e-mail address too: who signs by the link signs with that mailbox.")
        )
    if may_sign and statement.signers == Statement.Signers.NOBODY:
        raise PreviewError(_("Nobody signs this statement: choose “who may sign” first."))
    link = PreviewLink.objects.create(
        statement=statement, name=name, email=email, may_sign=may_sign, expires_at=expires_at,
        key=secrets.token_urlsafe(16), created_by=by,
    )  # fmt: skip
    return link, path_of(link)


def give_to_round(
    statement: Statement, names: Sequence[tuple[str, str]], *, expires_at: datetime, by: User
) -> list[PreviewLink]:
    """Make the links of an invitation round, one for each (name, e-mail address).

    Their holders may sign. Whether anybody needs one now, the round says.
    """
    return PreviewLink.objects.bulk_create(
        PreviewLink(
            statement=statement, name=name, email=email, may_sign=True, in_round=True,
            expires_at=expires_at, key=secrets.token_urlsafe(16), created_by=by,
        )
        for name, email in names
    )  # fmt: skip


def obstacle_to_giving(statement: Statement) -> str:
    """Why nobody needs a preview of it now, in words for staff; "" where somebody may."""
    if statement.is_public():
        return _("The statement is public: send its own address.")
    if statement.status == Statement.Status.WITHDRAWN:
        return _("The statement was withdrawn, so there is nothing to show.")
    if not words_of(statement):
        return _("There are no words to show yet. Write and save them first.")
    return ""


def path_of(link: PreviewLink) -> str:
    """The path of the page, in the active language; always the same one for a link."""
    return reverse("statements:preview", args=[token_of(link)])


def token_of(link: PreviewLink) -> str:
    return _signer.sign_object([link.pk, link.key])


def open_(token: str) -> PreviewLink:
    """The link of an address. Raises Refused.

    Its statement may be public by now: then there is nothing left to preview.
    """
    try:
        pk, key = _signer.unsign_object(token)
    except signing.BadSignature as error:
        raise Refused(Reason.UNKNOWN) from error
    link = PreviewLink.objects.select_related("statement").filter(pk=pk).first()
    if link is None or not constant_time_compare(link.key, key):
        raise Refused(Reason.UNKNOWN)
    if link.revoked_at is not None:
        raise Refused(Reason.REVOKED)
    if link.statement.status == Statement.Status.WITHDRAWN:
        raise Refused(Reason.WITHDRAWN)
    if link.expires_at <= timezone.now() and not link.statement.is_public():
        raise Refused(Reason.EXPIRED)
    if not link.statement.is_public() and any(tells(link) for tells in is_over):
        raise Refused(Reason.OVER, link)
    return link


def revoke(link: PreviewLink, *, by: User) -> bool:
    """Let the link show nothing from now on; False if it was revoked already."""
    working = PreviewLink.objects.filter(pk=link.pk, revoked_at=None)
    revoked = working.update(revoked_at=timezone.now(), revoked_by=by)
    link.refresh_from_db()
    return bool(revoked)


def words_of(statement: Statement) -> Sequence[Words]:
    """What a preview shows, in each language: the working copy, or what is under embargo."""
    if statement.is_unpublished:
        return list(statement.texts.select_related("statement"))
    editions = Edition.objects.current().filter(statement=statement)
    return list(editions.select_related("statement").order_by("pk"))


def mark(words: Words) -> str:
    """The fingerprint that an edition of these words has, or would have."""
    return fingerprint(words.title, words.summary, words.body, words.ask)


@transaction.atomic
def note_visit(link: PreviewLink, words: Words) -> None:
    """Keep that the link was opened, and on which words; once in ONE_VISIT, however often."""
    if _is_visited(link, words):
        return
    PreviewLink.objects.select_for_update(no_key=True).only("pk").get(pk=link.pk)
    if not _is_visited(link, words):  # nobody was faster
        PreviewVisit.objects.create(link=link, sha256=mark(words))


def _is_visited(link: PreviewLink, words: Words) -> bool:
    lately = PreviewVisit.objects.filter(link=link, at__gt=timezone.now() - ONE_VISIT)
    return lately.filter(sha256=mark(words)).exists()


@transaction.atomic
def send(link: PreviewLink) -> None:
    """Queue a mail with the address of the link. Raises PreviewError if it has no mailbox."""
    if not link.email:
        raise PreviewError(_("There is no e-mail address that it could be sent to."))
    language = link.statement.language
    queue(KIND, to=link.email, language=language, params={"link": link.pk})


def register_kinds() -> None:
    register(
        KIND,
        mail,
        label=gettext_lazy("Private preview"),
        sample=sample,
        when=gettext_lazy("When an editor sends somebody a private preview link."),
    )


def mail(outgoing: OutgoingMail) -> Message | None:
    """The address of a preview, and none of its words; nothing once it shows nothing."""
    link = PreviewLink.objects.filter(pk=outgoing.params["link"], email=outgoing.to).first()
    if link is None:
        return None
    try:
        open_(token_of(link))
    except Refused:
        return None
    return _message(link)


def sample() -> Message:
    expires_at = timezone.now() + LIFETIME
    link = PreviewLink(name="Nora Lind", key="sample", expires_at=expires_at)
    link.statement = Statement()
    return _message(link)


def _message(link: PreviewLink) -> Message:
    return Message(
        subject=_("For you to read before it is published"),
        template="preview",
        context={
            "name": harmless(link.name),
            "may_sign": link.may_sign,
            "expires_at": link.expires_at,
            "button_url": absolute(path_of(link)),
            "button_label": _("Read the text"),
        },
        about=mail_subjects.about(link.statement),
    )
