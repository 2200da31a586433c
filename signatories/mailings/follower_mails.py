"""The mails to followers, rendered when they are sent."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.http import absolute
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from signatories.core import mail_samples
from signatories.mailings import followers as following
from signatories.models import Follower
from statements import mail_subjects
from statements.models import Delivery, Edition, Statement, Target
from statements.reading import in_readers_language


def register_kinds() -> None:
    register(
        following.CONFIRM_KIND,
        confirm,
        label=gettext_lazy("Confirm to hear of a statement"),
        when=gettext_lazy(
            "When somebody who does not sign asks to hear of the hand-over or of signing."
        ),
        sample=lambda: _please_confirm(*_sample()),
    )
    register(
        following.DELIVERED_KIND,
        delivered,
        label=gettext_lazy("A statement was handed over"),
        when=gettext_lazy("When a hand-over stands on the page, to those who asked for it."),
        sample=lambda: _delivered(*_sample(), [_sample_delivery()]),
        is_first=False,
    )
    register(
        following.OPENED_KIND,
        opened,
        label=gettext_lazy("A statement can be signed"),
        when=gettext_lazy("When signing opens or goes on, to those who asked to hear of it."),
        sample=lambda: _opened(*_sample()),
        is_first=False,
    )


def confirm(mail: OutgoingMail) -> Message | None:
    follower = _follower(mail)
    if follower is None or follower.confirmed_at:
        return None
    return _please_confirm(follower, _edition(follower))


def _please_confirm(follower: Follower, edition: Edition) -> Message:
    token = following.make_token(follower, following.CONFIRM)
    return Message(
        subject=_("Please confirm your address"),
        template="follow_confirm",
        context={
            **_about(edition),
            "awaits_opening": follower.wants_opening,
            "button_url": absolute(reverse("signatories:follow_confirm", args=[token])),
            "button_label": _("Yes, tell me"),
            "days": following.LIFETIME[following.CONFIRM].days,
        },
        about=mail_subjects.about(follower.statement),
    )


def delivered(mail: OutgoingMail) -> Message | None:
    """The hand-overs that the follower did not know of; None if staff took them back since."""
    follower = _follower(mail)
    if follower is None:
        return None
    made = Delivery.objects.filter(pk__in=mail.params["deliveries"], statement=follower.statement)
    deliveries = list(made.select_related("target"))
    return _delivered(follower, _edition(follower), deliveries) if deliveries else None


def _delivered(follower: Follower, edition: Edition, deliveries: list[Delivery]) -> Message:
    about, leave_url = _about(edition), _leave_url(follower)
    return Message(
        subject=_("A statement you follow was handed over"),
        template="delivered",
        context={
            **about,
            "deliveries": deliveries,
            "leave_url": leave_url,
            "button_url": f"{about['statement_url']}#timeline",
            "button_label": _("Read what happened"),
        },
        headers=_headers(leave_url),
        about=mail_subjects.about(follower.statement),
    )


def opened(mail: OutgoingMail) -> Message | None:
    """That it can be signed; None if it no longer can, or they left."""
    follower = _follower(mail)
    if follower is None or not follower.statement.is_open():
        return None
    return _opened(follower, _edition(follower))


def _opened(follower: Follower, edition: Edition) -> Message:
    about, leave_url = _about(edition), _leave_url(follower)
    return Message(
        subject=_("A statement you follow can be signed"),
        template="opened",
        context={
            **about,
            "statement": edition.statement,
            "leave_url": leave_url,
            "button_url": absolute(reverse("signatories:sign", args=[edition.statement.slug])),
            "button_label": _("Read and sign"),
        },
        headers=_headers(leave_url),
        about=mail_subjects.about(follower.statement),
    )


def _leave_url(follower: Follower) -> str:
    token = following.make_token(follower, following.LEAVE)
    return absolute(reverse("signatories:follow_leave", args=[token]))


def _headers(leave_url: str) -> dict[str, str]:
    return {
        "List-Unsubscribe": f"<{leave_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _follower(mail: OutgoingMail) -> Follower | None:
    """The follower a mail is for; None if they left or nobody may read the statement any more."""
    followers = Follower.objects.select_related("statement")
    public = followers.filter(statement__in=Statement.objects.public())
    return public.filter(pk=mail.params["follower"]).first()


def _edition(follower: Follower) -> Edition:
    editions = Edition.objects.current().filter(statement=follower.statement)
    return in_readers_language(list(editions.select_related("statement")))


def _about(edition: Edition) -> dict[str, object]:
    return {
        "edition": edition,
        "statement_url": absolute(edition.statement.get_absolute_url()),
    }


def _sample() -> tuple[Follower, Edition]:
    edition = mail_samples.edition()
    mailbox = "nora@example.org"
    return Follower(statement=edition.statement, email=mailbox, email_key=mailbox), edition


def _sample_delivery() -> Delivery:
    note = _("By two pupils and a librarian, with all names.")
    return Delivery(target=Target(name=_("The council")), delivered_on=date(2026, 3, 5), note=note)
