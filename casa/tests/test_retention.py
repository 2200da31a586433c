"""What is declared to be kept for a time is gone after it, by the schedule that says so."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django_q.models import Task

from casa.accounts.models import TryBudget, User
from casa.lib import tasks
from casa.lib.periods import LENGTHS, Term
from casa.lib.personal_data import TERMS, WHY_KEPT, Retention, declared
from casa.mail.models import OutgoingMail
from casa.retention import rules
from casa.retention.models import Removal
from casa.unsaved.models import UnsavedFile, UnsavedForm
from signatories.core import tally
from signatories.core.mail_budget import MAIL_WINDOW
from signatories.models import (
    AccessRule,
    Burst,
    DailySalt,
    Decision,
    DomainBudget,
    Follower,
    HeldForm,
    ImportBatch,
    ImportSource,
    LogoFile,
    LogoPicture,
    LogoUpload,
    MailboxBudget,
    PaperSheet,
    RateCount,
    Signature,
)
from signatories.self_service import contact_ends
from signatories.self_service.tests.test_nothing_left import fill, lead
from signatories.testing import make_invitation, make_paper, make_round, make_signature
from statements import lifecycle
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


def held_forms(at):
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


def unconfirmed_signatures(at):
    edition = make_edition(f"Statement of {at}")
    row = make_signature(edition, state="pending", email=f"{at.timestamp()}@example.org")
    Signature.objects.filter(pk=row.pk).update(created_at=at, consented_at=at)
    return row


def imported_lists(at):
    """As they came, of an import on which nobody did anything since."""
    statement = make_edition(f"Statement of {at}").statement
    batch = ImportBatch.objects.create(
        statement=statement, source="pasted", sha256="0" * 64, consent="mail"
    )
    ImportBatch.objects.filter(pk=batch.pk).update(changed_at=at)
    return ImportSource.objects.create(batch=batch, data=b"Ada Brook")


def mailbox_budgets(at):
    return MailboxBudget.objects.create(mailbox=f"{at}"[:32], since=at, sent=1)


def domain_budgets(at):
    return DomainBudget.objects.create(domain=f"{at.timestamp()}.org", clear_at=at.timestamp())


def listed_networks(at):
    return AccessRule.objects.create(action="slow", network="192.0.2.0/24", ends_at=at)


def earlier_listed_networks(at):
    return listed_networks(at).history.get()


def bursts_of_signatures(at):
    statement = make_edition(f"Statement of {at}").statement
    return Burst.objects.create(
        statement=statement, by="network", values=["x"], first_at=at, last_at=at,
        decision=Decision.objects.create(verb="invalidate"),
    )  # fmt: skip


def logo_uploads(at):
    upload = LogoUpload.objects.create(language="en")
    file = LogoFile.objects.create(upload=upload, position=1, name="Trust.png", data=b"x")
    LogoPicture.objects.create(file=file, content_type="image/png", width=1, height=1, data=b"x")
    LogoUpload.objects.filter(pk=upload.pk).update(changed_at=at)
    return upload


def files_of_logos(at):
    return logo_uploads(at).files.get()


def scanned_sheets(at):
    statement = make_edition(f"Statement of {at}").statement
    make_paper(statement, by=User.objects.first() or make_user())
    sheet = statement.paper_counts.get().sheets.get()
    PaperSheet.objects.filter(pk=sheet.pk).update(added_at=at)
    return sheet


KEPT = [
    # task, what makes a row, its model, how long it is kept, how exactly
    ("forget-ended-sessions", sessions, Session, timedelta(0), MINUTES),
    ("forget-failed-tasks", failed_tasks, Task, 30 * DAY, MINUTES),
    ("forget-dropped-mail", dropped_mail, OutgoingMail, 30 * DAY, MINUTES),
    ("forget-failed-sign-ins", failed_sign_ins, AccessAttempt, timedelta(minutes=15), MINUTES),
    ("forget-tries-to-sign-in", tries_to_sign_in, TryBudget, timedelta(0), MINUTES),
    ("forget-rate-counts", rate_counts, RateCount, timedelta(0), MINUTES),
    ("forget-unsaved-forms", unsaved_forms, UnsavedForm, timedelta(0), MINUTES),
    ("forget-unsaved-files", unsaved_files, UnsavedFile, timedelta(0), MINUTES),
    ("forget-rate-counts", daily_salts, DailySalt, DAY, DAY),
    ("forget-held-forms", held_forms, HeldForm, timedelta(0), MINUTES),
    ("forget-mail-budgets", mailbox_budgets, MailboxBudget, MAIL_WINDOW, MINUTES),
    ("forget-mail-budgets", domain_budgets, DomainBudget, timedelta(0), MINUTES),
    ("forget-listed-networks", listed_networks, AccessRule, timedelta(0), MINUTES),
    (
        "forget-listed-networks", earlier_listed_networks, AccessRule.history.model, timedelta(0),
        MINUTES,
    ),
    ("forget-bursts", bursts_of_signatures, Burst, 30 * DAY, MINUTES),
    (
        "forget-unconfirmed-signatures", unconfirmed_signatures, Signature, 60 * DAY, MINUTES,
    ),
    ("forget-imported-lists", imported_lists, ImportSource, 30 * DAY, MINUTES),
    ("forget-logo-uploads", logo_uploads, LogoUpload, 30 * DAY, MINUTES),
    ("forget-logo-uploads", files_of_logos, LogoFile, 30 * DAY, MINUTES),
    ("forget-scanned-sheets", scanned_sheets, PaperSheet, 365 * DAY, MINUTES),
    ("forget-unconfirmed-followers", followers_who_never_confirmed, Follower, 14 * DAY, MINUTES),
]  # fmt: skip


@pytest.mark.parametrize(("task", "make", "model", "kept", "slack"), KEPT)
def test_a_schedule_forgets_it(task, make, model, kept, slack):
    limit = timezone.now() - kept
    _old, young = make(limit - slack), make(limit + slack)
    tasks.run(task)
    assert list(model.objects.all()) == [young]
    assert tasks._tasks[task].every


def taken_with(model):
    """The models whose rows go by the database when those of `model` do."""
    return {
        field.model
        for one in declared
        for field in one._meta.concrete_fields
        if field.remote_field and field.remote_field.model is model
        and field.remote_field.on_delete is models.CASCADE
    }  # fmt: skip


def ended():
    """Each model and column that a rule leaves empty, or deletes with its row."""
    for rule in rules.every_rule():
        for model, columns in rule.holds.items():
            if columns != "*":
                yield from ((model, name) for name in columns.split())
                continue
            for one in {model, *taken_with(model), *map_all(taken_with(model))}:
                yield from ((one, field.attname) for field in one._meta.concrete_fields)


def map_all(several):
    return {one for model in several for one in taken_with(model)}


def timed():
    """Each column that is kept for a time alone."""
    for model, columns in declared.items():
        for column in columns:
            if column.ground and not column.ground.why_kept:
                yield model, column


def test_each_column_is_kept_for_a_time_that_a_rule_ends_or_for_a_reason():
    by_rule = set(ended())
    missing = {
        f"{model._meta.label}.{column.name} ({column.ground.retention}): name it in `holds` of a"
        " rule, or say why it is kept"
        for model, column in timed()
        if (model, column.name) not in by_rule
    }
    assert not missing, "\n".join(sorted(missing))


def test_each_period_has_a_rule_and_each_rule_its_period():
    declared_terms = {
        column.ground.retention.term
        for columns in declared.values()
        for column in columns
        if column.ground and column.ground.retention.term
    }
    of_rules = {rule.term for rule in rules.every_rule() if rule.term}
    assert of_rules == declared_terms
    assert set(Term) - of_rules == {Term.BACKUP}, "backups are forgotten by manage.py backup"
    assert set(LENGTHS) == set(Term)


def test_reasons_are_said_where_nothing_ends_it_and_nowhere_else():
    """Visitors read the reason, so it is translated."""
    for columns in declared.values():
        for column in columns:
            if column.ground and (reason := column.ground.because):
                assert WHY_KEPT[column.ground.retention]
                assert isinstance(reason, Promise)
    kept = {retention for retention, reason in WHY_KEPT.items() if reason}
    assert {one for one in kept if TERMS[one]} == {Retention.WITH_SIGNATURE}


def empty(value):
    return value in (None, "", 0, False, "–") or value in ([], {}) or str(value).startswith("~")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["person", "organization"])
def test_after_all_periods_no_row_holds_what_was_kept_for_a_time(client, kind):
    """Whatever stood in any of these columns, put there by the life of a signer."""
    life = lead(client, kind)
    fill()
    OutgoingMail.objects.update(state="sent", sent_at=timezone.now(), due_at=None)
    statement = life.edition.statement
    lifecycle.close(statement, by=None)
    counted = tally.of(statement)
    with time_machine.travel(timezone.now() + timedelta(days=365 * 20), tick=False):
        tasks.run(contact_ends.TASK)
    with time_machine.travel(timezone.now() + timedelta(days=365 * 20 + 15), tick=False):
        for rule in rules.every_rule():
            rules.run(rule.name)
        assert not list(rules.look())
    left = {
        f"{model._meta.label}.{column.name} holds {getattr(row, column.name)!r}"
        for model, column in timed()
        for row in QuerySet(model).all()
        if not empty(getattr(row, column.name))
    }
    assert not left, "\n".join(sorted(left))
    row = Signature.objects.get()
    assert (row.name, row.state) == ("zqnewname", "confirmed")
    assert tally.of(statement) == counted
    call_command("verify_tally")
    assert Removal.objects.filter(rule="end-contact-data", statement=statement.pk, rows=1)


def test_mail_that_was_sent_loses_its_address_and_stays():
    mail = dropped_mail(timezone.now())
    for days, address in ((89, "nora@example.org"), (91, "")):
        sent_at = timezone.now() - days * DAY
        OutgoingMail.objects.update(state="sent", sent_at=sent_at)
        tasks.run("forget-addresses-of-mail")
        mail.refresh_from_db()
        assert (mail.to, mail.kind) == (address, "signatories.private_links")


def test_who_was_asked_to_sign_first_is_emptied_after_ninety_days():
    asking = make_round()
    one = make_invitation(asking)
    for days, email in ((89, one.email), (91, "")):
        asking.deadline = timezone.now() - days * DAY
        asking.save()
        tasks.run("forget-rounds")
        one.refresh_from_db()
        assert one.email == email
    assert tasks._tasks["forget-rounds"].every
