"""Telling an addressee how many signed: at every N signatures or weekly, until they or we stop it.

The row of a notice is written in the transaction that queues its mail, so a worker that is killed
neither repeats nor skips one, and the database refuses a second one on a day. Whoever stops it by
the link in a mail has a stop (`casa.mail.stops`), which staff cannot lift.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from casa.accounts.models import User
from casa.mail import stops
from casa.mail.models import MailStop, OutgoingMail
from casa.mail.outbox import queue, take_back
from signatories.core import tally
from signatories.mailings import batches
from signatories.models import AddresseeMailing, AddresseeNotice
from statements import mail_subjects
from statements.models import Delivery, Statement, Target

KIND = "signatories.addressee"
TASK = "tell-addressees"
WEEK = timedelta(days=7)
State = AddresseeMailing.State
Outcome = OutgoingMail.State


class AddresseeError(Exception):
    """What was asked for cannot be done now; the message is one sentence for staff."""


# What stands against it


def stop_of(target: Target) -> MailStop | None:
    """What the owner of the addressee's mailbox stopped it by."""
    if not target.email:
        return None
    about = (mail_subjects.about(target.statement), stops.ALL)
    return stops.stops_of(target.email).filter(about__in=about).order_by("since").first()


def end_of(target: Target) -> str:
    """Why nothing is left to tell, in words for staff; "" while something is."""
    statement = target.statement
    if not statement.is_public():
        return gettext("The statement is not public.")
    if _handed_over(target).exists():
        return gettext("It was handed over to this addressee.")
    if statement.status != Statement.Status.PUBLISHED or _has_closed(statement):
        return gettext("Signing has ended.")
    return ""


def obstacle(target: Target) -> str:
    """Why it cannot be switched on, in words for staff; "" if it can."""
    if not target.email:
        return gettext("Enter the addressee’s e-mail address first.")
    if stop_of(target):
        return gettext("The addressee stopped these mails. Only they can have them again.")
    if reason := end_of(target):
        return reason
    if not target.statement.is_open_by_its_dates():
        return gettext("The statement cannot be signed yet.")
    return ""


def _has_closed(statement: Statement) -> bool:
    closes_at = statement.signing_closes_at
    return closes_at is not None and closes_at <= timezone.now()


def _handed_over(target: Target) -> QuerySet[Delivery]:
    return Delivery.objects.filter(target=target, delivered_on__lte=timezone.localdate())


# Switching


@transaction.atomic
def switch_on(target: Target, *, every: int | None, by: User) -> AddresseeMailing:
    """Tell from now on: at every so many signatures, or weekly. Raises AddresseeError."""
    Target.objects.select_for_update(of=("self",), no_key=True).get(pk=target.pk)
    if reason := obstacle(target):
        raise AddresseeError(reason)
    counted, now = tally.of(target.statement), timezone.now()
    fields = {
        "every": every, "state": State.ON, "changed_by": by, "changed_at": now, "last_at": now,
        "counted_from": counted.organizations + counted.people,
    }  # fmt: skip
    return AddresseeMailing.objects.update_or_create(target=target, defaults=fields)[0]


@transaction.atomic
def switch_off(mailings: QuerySet[AddresseeMailing], *, by: User | None) -> int:
    """Tell no more, and call back mails that have not left; how many of `mailings` were on."""
    on = mailings.filter(state=State.ON).order_by("pk").select_for_update(of=("self",))
    keys = [one.pk for one in on]
    _set(keys, State.OFF, by=by)
    for key in keys:
        _call_back(key)
    return len(keys)


def _set(keys: list[int], state: str, *, by: User | None = None) -> None:
    rows = AddresseeMailing.objects.filter(pk__in=keys, state=State.ON)
    rows.update(state=state, changed_by=by, changed_at=timezone.now())


def _call_back(key: int) -> None:
    notices = AddresseeNotice.objects.filter(mailing=key, mail__due_at__isnull=False)
    numbers = dict(notices.values_list("mail", "pk"))
    taken = take_back(OutgoingMail.objects.filter(pk__in=numbers))
    called_back = [numbers[pk] for pk in taken]
    AddresseeNotice.objects.filter(pk__in=called_back).update(outcome=Outcome.DROPPED)


@transaction.atomic
def end(notice: AddresseeNotice, *, is_complaint: bool) -> None:
    """Tell no more, since the mailbox is not there or its owner complained.

    A complaint is a stop: staff cannot switch it on against that either.
    """
    target = notice.mailing.target
    if is_complaint and target.email:
        stops.stop(stops.key_of(target.email), mail_subjects.about(target.statement))
    AddresseeNotice.objects.filter(pk=notice.pk).update(outcome=Outcome.DEAD)
    _set([notice.mailing_id], State.REFUSED if is_complaint else State.ENDED)


# The worker


def tell() -> int:
    """Queue what is due; how many mails. Harmless at any time, and by many."""
    settle()
    on = AddresseeMailing.objects.filter(state=State.ON).order_by("pk")
    keys = list(on.values_list("pk", flat=True))
    begins = iter([0, *keys[batches.SIZE - 1 :: batches.SIZE]])
    run = batches.Run(KIND)

    def queue_next() -> int | None:
        after = next(begins, None)
        return None if after is None else queue_batch(after)

    run.repeat(queue_next)
    return run.queued


@transaction.atomic
def queue_batch(after: int) -> int:
    """Look at the next ones with a number above `after`: queue, or end what is over.

    How many mails were queued.
    """
    on = AddresseeMailing.objects.filter(state=State.ON, pk__gt=after).order_by("pk")
    found = on.select_related("target__statement").select_for_update(of=("self",), skip_locked=True)
    return sum(_look_at(one) for one in found[: batches.SIZE])


def _look_at(mailing: AddresseeMailing) -> bool:
    """Whether a mail was queued."""
    target, statement = mailing.target, mailing.target.statement
    if end_of(target) or not target.email:
        _set([mailing.pk], State.ENDED)
    elif stop_of(target):
        _set([mailing.pk], State.REFUSED)
    elif statement.is_open():
        return _queue_if_due(mailing)
    return False


def _queue_if_due(mailing: AddresseeMailing) -> bool:
    now, day = timezone.now(), timezone.localdate()
    if mailing.every is None and now < mailing.last_at + WEEK:
        return False
    if mailing.notices.filter(day=day).exists():
        return False
    signed = tally.signed(mailing.target.statement)
    number = signed.all.organizations + signed.all.people
    if number - mailing.counted_from < (mailing.every or 1):
        return False
    _queue(mailing, signed, number, now, day)
    return True


def _queue(
    mailing: AddresseeMailing, signed: tally.Signed, number: int, now: datetime, day: date
) -> None:
    notice = AddresseeNotice.objects.create(
        mailing=mailing, day=day,
        organizations=signed.all.organizations, people=signed.all.people,
        earlier_organizations=signed.earlier.organizations, earlier_people=signed.earlier.people,
    )  # fmt: skip
    target = mailing.target
    params = {"notice": notice.pk}
    notice.mail = queue(KIND, to=target.email, language=target.statement.language, params=params)
    notice.save(update_fields=["mail"])
    AddresseeMailing.objects.filter(pk=mailing.pk).update(counted_from=number, last_at=now)


def settle() -> int:
    """Write down what became of mails since; how many notices."""
    waiting = AddresseeNotice.objects.filter(outcome__in=OutgoingMail.OPEN_STATES)
    notices = list(waiting.select_related("mail").order_by("pk")[: batches.SIZE])
    for notice in notices:
        became = notice.mail.state if notice.mail else Outcome.DROPPED
        if became != notice.outcome:
            AddresseeNotice.objects.filter(pk=notice.pk).update(outcome=became)
    return len(notices)
