"""Ask those whose names were imported whether they stand by them: each once, and never again.

Who confirms is counted as one who signed here; who objects is withdrawn at once; who says nothing
stays as they were (`self_service/owner_answers.py`). The rows are the truth, so whatever is killed
in between, nobody is asked twice and nobody is passed over.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from casa.accounts.models import User
from casa.lib import tasks
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue, take_back
from signatories.core import mail_budget
from signatories.mailings import batches
from signatories.models import (
    AskedOwner,
    ImportBatch,
    OwnerMailing,
    Signature,
    SignatureQuerySet,
)
from statements.models import SigningPause, Statement

KIND = "signatories.ask_owner"
TASK = "ask-imported-people"
State = OwnerMailing.State
SILENT = (Signature.MailTrouble.HARD, Signature.MailTrouble.COMPLAINT)


class AskingError(Exception):
    """What was asked for cannot be done now; the message is one sentence for staff."""


def collected(statement: Statement, batch: ImportBatch | None = None) -> SignatureQuerySet:
    """Those who count and whose names the organizer collected, of one import or of all."""
    found = Signature.objects.counted().filter(statement=statement).exclude(consent_source="")
    return found if batch is None else found.filter(batch=batch)


def to_ask(statement: Statement, batch: ImportBatch | None = None) -> SignatureQuerySet:
    """Those of them who have a mailbox that takes mail, and were not asked yet."""
    found = collected(statement, batch).filter(asked=None).exclude(email_key="")
    return found.exclude(mail_trouble__in=SILENT)


@dataclass(frozen=True)
class Readers:
    """Who is to be asked, and who is not, by numbers."""

    number: int
    languages: tuple[tuple[str, int], ...]
    asked_before: int
    without_mailbox: int


def readers(statement: Statement, batch: ImportBatch | None = None) -> Readers:
    languages = Counter(to_ask(statement, batch).values_list("language", flat=True))
    number, everybody = languages.total(), collected(statement, batch)
    asked_before = everybody.filter(asked__isnull=False).count()
    return Readers(
        number,
        tuple(languages.most_common()),
        asked_before,
        everybody.count() - asked_before - number,
    )


def obstacle(statement: Statement, batch: ImportBatch | None = None) -> str:
    """Why nobody can be asked now; "" if they can."""
    if not statement.is_public() or statement.status == Statement.Status.ARCHIVED:
        return gettext("Its words are not public now, so nobody could read what they confirm.")
    if statement.is_paused:
        return gettext("Signing is stopped at the moment. Ask once it goes on.")
    if batch is not None and batch.is_worked_on:
        return gettext("The import is being worked on. Wait until that is done.")
    return ""


@transaction.atomic
def begin(
    statement: Statement, batch: ImportBatch | None, *, by: User, seen: int
) -> OwnerMailing | None:
    """Ask all who were not asked yet; None where there is nobody. Raises AskingError.

    `seen` is the number that the page showed.
    """
    Statement.objects.select_for_update(no_key=True).only("pk").get(pk=statement.pk)
    if reason := obstacle(statement, batch):
        raise AskingError(reason)
    there = OwnerMailing.objects.filter(statement=statement, state=State.SENDING)
    if (
        running := there.filter(batch__in=[batch] if batch else []).first()
        or there.filter(batch=None).first()
    ):
        return running  # a second click
    number = to_ask(statement, batch).count()
    if not number:
        return None
    if number != seen:
        raise AskingError(gettext("The numbers have changed since. Look at them again."))
    mailing = OwnerMailing.objects.create(statement=statement, batch=batch, begun_by=by)
    transaction.on_commit(wake)
    return mailing


def wake() -> None:
    tasks.enqueue(TASK)


def waiting(mailing: OwnerMailing) -> QuerySet[OutgoingMail]:
    """Mails of it that have not left yet."""
    mails = OutgoingMail.objects.filter(kind=KIND, due_at__isnull=False)
    return mails.filter(params__mailing=mailing.pk)


def may_stop(mailing: OwnerMailing) -> bool:
    ended = mailing.state == State.FINISHED
    return mailing.state == State.SENDING or (ended and waiting(mailing).exists())


def stop(mailing: OwnerMailing) -> bool:
    """Ask no more of them, and call back mails that have not left; False if nothing is left."""
    if not may_stop(mailing) or not _move(mailing, mailing.state, State.STOPPED):
        return False
    call_back(mailing)
    return True


@transaction.atomic
def call_back(mailing: OwnerMailing) -> int:
    """Drop the mails that wait; those people count as not asked. How many those were."""
    mails = waiting(mailing)
    signatures = dict(mails.values_list("pk", "params__signature"))
    taken = take_back(mails)
    not_asked = [signatures[pk] for pk in taken if pk in signatures]
    mailing.asked.filter(signature__in=not_asked, answer="").delete()
    return len(taken)


def resume(mailing: OwnerMailing) -> bool:
    if not _move(mailing, State.STOPPED, State.SENDING):
        return False
    wake()
    return True


def _move(mailing: OwnerMailing, before: str, to: str) -> bool:
    ended = None if to == State.SENDING else timezone.now()
    rows = OwnerMailing.objects.filter(pk=mailing.pk, state=before)
    changed = bool(rows.update(state=to, ended_at=ended))
    mailing.refresh_from_db()
    return changed


def answers(mailing: OwnerMailing) -> dict[str, int]:
    """How many were asked, and what they answered; "" for those who have not."""
    rows = mailing.asked.order_by().values_list("answer").annotate(Count("pk"))
    return {**dict.fromkeys(("", *AskedOwner.Answer.values), 0), **dict(rows)}


# The worker


def ask() -> int:
    """Queue the mails of all mailings that run; how many. Harmless at any time, and by many."""
    if SigningPause.now().is_on:
        return 0
    run = batches.Run(KIND)
    sending = OwnerMailing.objects.filter(state=State.SENDING)
    for mailing in sending.select_related("statement", "batch").order_by("pk"):
        _run(mailing, run)
    return run.queued


def _run(mailing: OwnerMailing, run: batches.Run) -> None:
    if obstacle(mailing.statement, mailing.batch):
        return
    after = 0

    def queue_next() -> int | None:
        nonlocal after
        after, number = queue_batch(mailing, after)
        return number if after else None

    run.repeat(queue_next)
    if not to_ask(mailing.statement, mailing.batch).exists():
        _move(mailing, State.SENDING, State.FINISHED)


@transaction.atomic
def queue_batch(mailing: OwnerMailing, after: int = 0) -> tuple[int, int]:
    """Ask the next ones with a number above `after`.

    Gives the last one looked at (0 if none) and how many mails were queued. Whoever had their
    share of mails today is left for another day.
    """
    there = OwnerMailing.objects.select_for_update(no_key=True)
    if not there.filter(pk=mailing.pk, state=State.SENDING).exists():
        return 0, 0
    due = to_ask(mailing.statement, mailing.batch).filter(pk__gt=after).order_by("pk")
    locked = list(due.select_for_update(of=("self",), skip_locked=True)[: batches.SIZE])
    # What another worker wrote before it let go of a row is seen by a query of its own alone.
    asked = AskedOwner.objects.filter(signature__in=locked)
    before = set(asked.values_list("signature", flat=True))
    free = [one for one in locked if one.pk not in before]
    turns = mail_budget.spend_all(one.email for one in free)
    wanted = [one for one in free if one.email in turns]
    AskedOwner.objects.bulk_create(AskedOwner(signature=one, mailing=mailing) for one in wanted)
    for one in wanted:
        params, due_at = {"signature": one.pk, "mailing": mailing.pk}, turns[one.email]
        queue(KIND, to=one.email, language=one.language or settings.LANGUAGE_CODE, params=params,
              due_at=due_at)  # fmt: skip
    return (locked[-1].pk if locked else 0), len(wanted)
