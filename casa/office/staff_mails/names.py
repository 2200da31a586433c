"""One mail with a number to those who decide which names are shown."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.accounts.models import User
from casa.lib.http import absolute
from casa.lib.long_lists import BoundedPaginator
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from casa.office.staff_mails.readers import message, reader_of, readers_of, write_to
from signatories.models import Signature, SignatureQuerySet
from statements.permissions import of_visible_statements

KIND = "casa.names"
TASK = "tell-moderators"
PAUSE = timedelta(hours=1)
"""Between two mails, at the least."""

REPEAT = timedelta(days=1)
"""Between two mails while names of the first one still wait."""

WAITING = {"state": Signature.State.CONFIRMED, "approved": False}


def register_kinds() -> None:
    register(
        KIND,
        names_wait,
        label=gettext_lazy("Names wait for a decision"),
        when=gettext_lazy("When names wait, to those who decide; once a day while they wait."),
        sample=lambda: _names_wait(12),
        is_first=False,
    )


def tell_moderators() -> int:
    """Queue a mail to each whom new names wait for; how many. A schedule calls it."""
    return sum(_tell(user) for user in readers_of("hears_of_names"))


@transaction.atomic
def _tell(user: User) -> int:
    User.objects.select_for_update().get(pk=user.pk)  # two workers would both find no mail
    return write_to([user], KIND) if _is_due(_waiting_for(user), _told_at(user)) else 0


def _waiting_for(user: User) -> SignatureQuerySet:
    return of_visible_statements(user, Signature.objects.filter(**WAITING))


def _told_at(user: User) -> datetime | None:
    told = OutgoingMail.objects.to_mailbox(user.email).filter(kind=KIND).order_by("-created_at")
    return told.values_list("created_at", flat=True).first()


def _is_due(waiting: SignatureQuerySet, told_at: datetime | None) -> bool:
    """Whether there are names that the last mail did not count, and it is long enough ago."""
    if told_at is None:
        return waiting.exists()
    age = timezone.now() - told_at
    if age < PAUSE or not waiting.filter(confirmed_at__gt=told_at).exists():
        return False
    return age >= REPEAT or not waiting.filter(confirmed_at__lte=told_at).exists()


def names_wait(mail: OutgoingMail) -> Message | None:
    """The mail has the current number; there is none if all are decided meanwhile."""
    user = reader_of(mail, "hears_of_names")
    number = _waiting_for(user)[: BoundedPaginator.LIMIT].count() if user else 0
    return _names_wait(number) if number else None


def _names_wait(number: int) -> Message:
    path = reverse("admin:signatories_signature_changelist", query={"decision": "needed"})
    return message(
        _("Names wait for a decision"),
        "names",
        number=number,
        is_bounded=number >= BoundedPaginator.LIMIT,
        button_url=absolute(path),
        button_label=_("Look at them"),
    )
