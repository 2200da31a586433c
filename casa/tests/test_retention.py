"""What is declared to be kept for a time is gone after it, by the schedule that says so."""

from datetime import timedelta
from uuid import uuid4

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_q.models import Task

from casa.accounts.models import TryBudget, User
from casa.lib import tasks
from casa.mail.models import OutgoingMail
from casa.unsaved.models import UnsavedFile, UnsavedForm
from signatories.models import (
    DailySalt,
    Follower,
    HeldForm,
    ImportBatch,
    ImportSource,
    RateCount,
)
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

DAY, MINUTES = timedelta(days=1), timedelta(minutes=5)


def sessions(at):
    return Session.objects.create(session_key=f"s{at}"[:40], session_data="x", expire_date=at)


def failed_tasks(at):
    return Task.objects.create(
        id=f"t{at}"[:32], name="task", func="f", started=at, stopped=at, success=False,
        result="IntegrityError: Key (email_key)=(nora@example.org) already exists.",
    )  # fmt: skip


def dropped_mail(at):
    mail = OutgoingMail.objects.create(
        kind="signatories.private_links", to="nora@example.org", language="en", state="dropped"
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(created_at=at)
    return mail


def failed_sign_ins(at):
    attempt = AccessAttempt.objects.create(username=f"{at}@example.org", failures_since_start=1)
    AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=at)
    return attempt


def tries_to_sign_in(at):
    return TryBudget.objects.create(key=f"{at}"[:32], clear_at=at.timestamp())


def rate_counts(at):
    return RateCount.objects.create(key=f"{at}"[:40], count=1, ends_at=at)


def held_forms_(at):
    """What was typed is kept until a moment that stands in its row."""
    return HeldForm.objects.create(
        key=uuid4(), form="sign", mailbox="x", typed={"email": "nora@example.org"}, ends_at=at
    )


def unsaved_forms(at):
    """Kept until a moment that stands in the row, as is the next one."""
    user = User.objects.first() or make_user()
    return UnsavedForm.objects.create(
        user=user, path="/admin/", why="csrf", sealed="x", typed_at=at, ends_at=at
    )


def unsaved_files(at):
    return UnsavedFile.objects.create(key=uuid4(), file="unsaved/x", size=1, sealed="x", ends_at=at)


def daily_salts(at):
    return DailySalt.objects.create(day=at.date(), salt="x")


def followers_who_never_confirmed(at):
    statement = make_edition(f"Statement of {at}").statement
    row = Follower.objects.create(statement=statement, email="a@example.org", email_key="a")
    Follower.objects.filter(pk=row.pk).update(created_at=at)
    return row


def imported_lists(at):
    """As they came, of an import on which nobody did anything since."""
    statement = make_edition(f"Statement of {at}").statement
    batch = ImportBatch.objects.create(
        statement=statement, source="pasted", sha256="0" * 64, consent="mail"
    )
    ImportBatch.objects.filter(pk=batch.pk).update(changed_at=at)
    return ImportSource.objects.create(batch=batch, data=b"Ada Brook")


@pytest.mark.parametrize(
    ("task", "make", "kept", "slack"),
    [
        ("forget-ended-sessions", sessions, timedelta(0), MINUTES),
        ("forget-failed-tasks", failed_tasks, 30 * DAY, MINUTES),
        ("forget-dropped-mail", dropped_mail, 30 * DAY, MINUTES),
        ("forget-failed-sign-ins", failed_sign_ins, timedelta(minutes=15), MINUTES),
        ("forget-tries-to-sign-in", tries_to_sign_in, timedelta(0), MINUTES),
        ("forget-rate-counts", rate_counts, timedelta(0), MINUTES),
        ("forget-unsaved-forms", unsaved_forms, timedelta(0), MINUTES),
        ("forget-unsaved-files", unsaved_files, timedelta(0), MINUTES),
        ("forget-rate-counts", daily_salts, DAY, DAY),
        ("forget-held-forms", held_forms_, timedelta(0), MINUTES),
        ("forget-imported-lists", imported_lists, 30 * DAY, MINUTES),
        ("tell-followers", followers_who_never_confirmed, 14 * DAY, MINUTES),
    ],
)
def test_a_schedule_forgets_it(task, make, kept, slack):
    limit = timezone.now() - kept
    old, young = make(limit - slack), make(limit + slack)
    tasks.run(task)
    assert list(type(old).objects.all()) == [young]
    assert tasks._tasks[task].every


def test_mail_that_was_sent_stays_with_what_it_is_about():
    mail = dropped_mail(timezone.now() - 99 * DAY)
    OutgoingMail.objects.update(state="sent", sent_at=timezone.now())
    tasks.run("forget-dropped-mail")
    assert OutgoingMail.objects.get() == mail
