"""Sends the mails of rounds: marked by staff or by the clock, queued in batches by a worker.

The row is the truth: `due` says which mail leaves next, and is emptied in the transaction that
queues it. So a second click, a second worker and a worker that is killed send nothing twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.accounts.models import User
from casa.lib import tasks
from casa.mail.models import OutgoingMail
from casa.mail.outbox import Letter, queue_all, take_back
from signatories.core import invited
from signatories.mailings import batches
from signatories.models import Invitation, InvitationQuerySet, InvitationRound
from statements import previews
from statements.models import Statement

Due, State = Invitation.Due, Invitation.State
TASK, REMIND_TASK = "ask-in-rounds", "remind-in-rounds"
PAUSE = timedelta(hours=24)
"""Nobody is reminded so soon after the mail before."""


def obstacle(asking: InvitationRound) -> str:
    """Why nobody can be asked now, for staff; "" where they can."""
    statement = asking.statement
    if statement.is_public():
        return _("The statement is public now, so everybody can sign it. The round is over.")
    if statement.status == Statement.Status.WITHDRAWN:
        return _("The statement was withdrawn, so nobody is asked to sign it.")
    if asking.is_over:
        return _over(asking)
    if statement.signers == Statement.Signers.NOBODY:
        return _("Nobody signs this statement: choose “who may sign” first.")
    if not previews.words_of(statement):
        return _("There are no words to show yet. Write and save them first.")
    return ""


def _over(asking: InvitationRound) -> str:
    if asking.ended_at is not None:
        return _("The round is ended. Reopen it to ask or remind anybody.")
    return _("The deadline has passed. Move it to ask or remind anybody.")


def to_ask(asking: InvitationRound) -> InvitationQuerySet:
    """Who would be asked by mail: never asked, read with certainty, with an address."""
    return _reachable(asking).filter(sent_at=None).in_state(State.UNSENT, State.OPENED)


def to_remind(asking: InvitationRound) -> InvitationQuerySet:
    """Who would be reminded by hand now: asked by mail or by hand, and silent since."""
    since = timezone.now() - PAUSE
    asked = _reachable(asking).filter(sent_at__lte=since).exclude(reminded_at__gt=since)
    return asked.in_state(*Invitation.REMINDED_STATES)


def _reachable(asking: InvitationRound) -> InvitationQuerySet:
    rows = Invitation.objects.filter(round=asking, due="", no_mail=False, needs_check=False)
    return rows.exclude(email="")


@transaction.atomic
def begin(asking: InvitationRound, due: str, *, by: User) -> int:
    """Let the mails leave that are due, and go on if it was stopped; how many."""
    rows = to_ask(asking) if due == Due.ASK else to_remind(asking)
    numbers = list(rows.values_list("pk", flat=True))
    marked = Invitation.objects.filter(pk__in=numbers, due="").update(due=due)
    if marked:
        InvitationRound.objects.filter(pk=asking.pk).update(stopped_at=None)
        transaction.on_commit(wake)
    return marked


@transaction.atomic
def stop(asking: InvitationRound) -> int:
    """Send no more of it, automatic reminders included; how many mails were taken back.

    One that a worker holds at this moment goes out. Who is taken back is asked by the next click.
    """
    InvitationRound.objects.filter(pk=asking.pk, stopped_at=None).update(stopped_at=timezone.now())
    return hold_back(asking)


def hold_back(asking: InvitationRound) -> int:
    """Take back the mails of a round that no worker holds; how many. A transaction is open."""
    rows = Invitation.objects.filter(round=asking)
    kept = rows.exclude(due="").update(due="")
    waiting = OutgoingMail.objects.filter(
        kind__in=invited.KINDS, params__round=asking.pk, due_at__isnull=False
    )
    mails = {mail.pk: mail for mail in waiting}
    taken = [mails[pk] for pk in take_back(waiting) if pk in mails]
    by_kind = [
        [mail.params["invitation"] for mail in taken if mail.kind == kind]
        for kind in (invited.ASK, invited.REMIND)
    ]
    invited.note_taken_back(*by_kind)
    return kept + len(taken)


@transaction.atomic
def resume(asking: InvitationRound) -> bool:
    """Let mails leave again, automatic reminders too; False if it was not stopped."""
    stopped = InvitationRound.objects.filter(pk=asking.pk, stopped_at__isnull=False)
    return bool(stopped.update(stopped_at=None))


def wake() -> None:
    """Have a worker begin soon; never raises, since a schedule looks every minute."""
    tasks.enqueue(TASK)


def send_due() -> int:
    """Queue the mails that are due, of all rounds; how many. Harmless to run at any time."""
    run = batches.Run(*invited.KINDS)
    run.repeat(_send_batch)
    return run.queued


@transaction.atomic
def _send_batch() -> int | None:
    due = Invitation.objects.exclude(due="").filter(round__stopped_at=None)
    locked = due.select_for_update(of=("self",), skip_locked=True).select_related(
        "round__statement"
    )
    rows = list(locked.order_by("pk")[: batches.SIZE])
    if not rows:
        return None
    unwilling = invited.Unwilling()
    refused = [one.pk for one in rows if unwilling.has(one.email, one.round)]
    invited.note_no_mail(Invitation.objects.filter(pk__in=refused))
    left = [one for one in rows if one.pk not in refused]
    wanted = [one for one in left if one.email and not obstacle(one.round)]
    _queue(wanted)
    passed = [one.pk for one in left if one not in wanted]
    Invitation.objects.filter(pk__in=passed).update(due="")
    return len(wanted)


def _queue(rows: list[Invitation]) -> None:
    for due, kind in ((Due.ASK, invited.ASK), (Due.REMIND, invited.REMIND)):
        letters = [
            Letter(one.email, one.language, {"invitation": one.pk, "round": one.round_id})
            for one in rows
            if one.due == due
        ]
        if letters:
            queue_all(kind, letters)
    invited.note_mailed(rows)


def remind_by_the_clock() -> int:
    """Mark who is to be reminded now, as many days before the deadline as each round says."""
    now = timezone.now()
    running = InvitationRound.objects.running().filter(stopped_at=None)
    marked = 0
    for asking in running.select_related("statement"):
        moments = [asking.deadline - timedelta(days=days) for days in asking.days_of_reminders]
        passed = [moment for moment in moments if moment <= now]
        if passed and not obstacle(asking):
            marked += _mark(asking, max(passed))
    if marked:
        wake()
    return marked


@transaction.atomic
def _mark(asking: InvitationRound, moment: datetime) -> int:
    """Mark those whose reminder of `moment` has not been sent.

    Not who was asked shortly before: their mail says the deadline.
    """
    rows = _reachable(asking).filter(sent_at__lte=moment - PAUSE)
    silent = rows.exclude(reminded_at__gte=moment).in_state(*Invitation.REMINDED_STATES)
    numbers = silent.values_list("pk", flat=True)
    return Invitation.objects.filter(pk__in=list(numbers), due="").update(due=Due.REMIND)
