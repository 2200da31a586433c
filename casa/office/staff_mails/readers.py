"""Who of the staff gets a mail, and what all such mails have in common."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.urls import reverse

from casa.accounts.models import User
from casa.lib import languages
from casa.lib.http import absolute
from casa.mail.kinds import Message
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue

# Which mails concern whom: the field that switches one off, by the permission it is about.
CONCERNS = {
    "hears_of_reviews": "statements.publish_statement",
    "hears_of_returns": "statements.add_statement",
    "hears_of_names": "signatories.moderate_signature",
    "gets_digest": "statements.view_statement",
    "hears_of_alarms": "operations.view_signoflife",
}


def readers_of(field: str) -> QuerySet[User]:
    """Those whom a mail concerns and who have not switched it off; one query."""
    app, code = CONCERNS[field].split(".")
    given = Permission.objects.filter(content_type__app_label=app, codename=code).values("pk")
    may = Q(is_superuser=True) | Q(user_permissions__in=given) | Q(groups__permissions__in=given)
    chosen = User.objects.filter(may, is_active=True, is_staff=True, **{field: True})
    return User.objects.filter(pk__in=chosen.values("pk")).order_by("pk")


def fields_for(user: User) -> list[str]:
    """The switches of the mails that concern a member of staff."""
    return [field for field, permission in CONCERNS.items() if user.has_perm(permission)]


def language_of(user: User) -> str:
    """Which language mails to them are in: what they chose, else the site's own."""
    offered = [code for code, _name in languages.of_office()]
    return user.mail_language if user.mail_language in offered else offered[0]


def write_to(users: Iterable[User], kind: str, **params: Any) -> int:
    """Queue a mail to each of `users`, in the caller's transaction; how many."""
    number = 0
    for user in users:
        about = {"user": user.pk, **params}
        queue(kind, to=user.email, language=language_of(user), params=about)
        number += 1
    return number


def reader_of(mail: OutgoingMail, field: str) -> User | None:
    """Whom a mail is for, if it still concerns them and they want it."""
    user = User.objects.filter(
        pk=mail.params["user"], email=mail.to, is_active=True, is_staff=True, **{field: True}
    ).first()
    return user if user is not None and user.has_perm(CONCERNS[field]) else None


def message(subject: str, template: str, **context: Any) -> Message:
    own = absolute(reverse("admin:my_mails"))
    return Message(subject, f"staff/{template}", {**context, "my_mails_url": own})
