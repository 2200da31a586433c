"""What the doctor finds of each part, well and broken, and that no check breaks the others."""

import shutil
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone
from django_q.models import Failure, Schedule

from casa.lib import tasks
from casa.lib.testing import free_port
from casa.mail import outbox, trial
from casa.mail.models import OutgoingMail
from casa.operations import findings, signs_of_life
from casa.operations.checks import configuration, database, machine, mail, work
from casa.operations.findings import Level

pytestmark = pytest.mark.django_db

FINE, LOOK, BROKEN = Level.FINE, Level.LOOK, Level.BROKEN


def found(check):
    return [(finding.level, finding.words) for finding in check()]


def test_a_worker_that_never_ran_is_broken_and_one_at_work_is_fine(clock):
    assert found(work.worker) == [(BROKEN, "No worker has ever run: no mail is sent.")]
    tasks.run(signs_of_life.TASK)
    assert found(work.worker)[0][0] == FINE
    clock.move(minutes=6)
    ((level, words),) = found(work.worker)
    assert level == BROKEN
    assert "has been silent since" in words


def test_schedules_that_are_missing_late_or_failed_are_named():
    assert not found(work.set_up)
    Schedule.objects.filter(name=signs_of_life.TASK).delete()
    assert found(work.set_up) == [(BROKEN, "1 schedule is missing.")]
    signs_of_life.give()
    Schedule.objects.update(next_run=timezone.now())
    assert found(work.late)[0][0] == FINE
    Schedule.objects.filter(name="deliver-mail").update(
        next_run=timezone.now() - timedelta(hours=1)
    )
    assert found(work.late) == [(LOOK, "Due, and not run yet: deliver-mail.")]
    now = timezone.now()
    Failure.objects.create(
        id="x",
        name="x",
        func=tasks.RUN,
        group="deliver-mail",
        started=now,
        stopped=now,
        success=False,
    )
    assert found(work.failed) == [(LOOK, "1 task failed within a day: deliver-mail.")]


@pytest.mark.parametrize(("minutes", "level"), [(0, FINE), (9, FINE), (11, LOOK), (61, BROKEN)])
def test_mail_that_waits_is_told_by_how_long(clock, minutes, level):
    assert found(mail.waiting) == [(FINE, "No mail waits.")]
    outbox.queue(trial.KIND, to="office@example.org", language="en")
    clock.move(minutes=minutes)
    assert found(mail.waiting)[0][0] == level


def test_mail_that_was_tried_in_vain_waits_since_it_was_written(clock):
    row = outbox.queue(trial.KIND, to="office@example.org", language="en")
    OutgoingMail.objects.filter(pk=row.pk).update(
        attempts=3, due_at=timezone.now() + timedelta(hours=3)
    )
    clock.move(hours=2)
    assert found(mail.waiting)[0][0] == BROKEN


def test_what_is_due_at_a_later_moment_does_not_wait():
    later = timezone.now() + timedelta(days=2)
    outbox.queue(trial.KIND, to="office@example.org", language="en", due_at=later)
    assert found(mail.waiting) == [(FINE, "No mail waits.")]


def test_a_mail_server_that_is_away_is_broken(settings):
    settings.DEBUG = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    assert found(mail.server) == [
        (BROKEN, "The mail server lets nobody in (ConnectionRefusedError).")
    ]


def test_what_the_example_says_is_no_offices_own(settings):
    assert found(configuration.placeholders)[0] == (
        LOOK,
        "Still as in the example: SITE_NAME, SITE_POSTAL_ADDRESS, SITE_CONTACT_EMAIL,"
        " DEFAULT_FROM_EMAIL.",
    )
    settings.SITE_NAME, settings.SITE_POSTAL_ADDRESS = "River Coalition", "2 Quay, Riverside"
    settings.SITE_CONTACT_EMAIL = "office@rivers.test"
    settings.DEFAULT_FROM_EMAIL = "letters@rivers.test"
    assert found(configuration.placeholders)[0][0] == FINE


def test_a_full_disk_is_broken(monkeypatch):
    assert {level for level, _words in found(machine.room)} <= {FINE, LOOK}
    monkeypatch.setattr(machine, "VERY_LITTLE", 10**18)
    assert {level for level, _words in found(machine.room)} == {BROKEN}


def test_files_of_another_version_are_broken(settings, tmp_path):
    assert found(machine.static_files) == [(BROKEN, "Style sheets and scripts are not collected.")]
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").touch()
    shutil.copytree(machine.OURS, tmp_path / "casa")
    assert found(machine.static_files)[0][0] == FINE
    with (tmp_path / "casa" / "site" / "foundation.css").open("a") as file:
        file.write("/* older */")
    assert found(machine.static_files) == [
        (BROKEN, "Style sheets and scripts are of another version.")
    ]


def test_a_cache_that_is_away_is_broken(settings):
    assert found(machine.cache)[0][0] == FINE
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": "/proc/nowhere",
        }
    }
    assert found(machine.cache) == [(BROKEN, "The cache keeps nothing.")]


def test_more_processes_than_the_database_has_room_for_is_broken(settings):
    levels = [level for level, _words in found(database.connections)]
    assert levels == ([] if connection.vendor == "sqlite" else [FINE])
    settings.WEB_PROCESSES, settings.WEB_THREADS = 64, 64
    levels = [level for level, _words in found(database.connections)]
    assert levels == ([] if connection.vendor == "sqlite" else [BROKEN])


def test_a_pool_that_nobody_told_the_settings_of_is_broken_and_one_that_is_silent_looked_at():
    unnamed, silent = database._through_pool(None)
    assert (unnamed.level, silent.level) == (Level.BROKEN, Level.LOOK)
    assert "DATABASE_POOLED=1" in unnamed.remedy
    assert "stats_users" in silent.remedy


@pytest.mark.medium
def test_a_check_that_fails_is_a_finding_and_the_others_go_on(monkeypatch):
    monkeypatch.setattr(findings, "_checks", list(findings._checks))

    @findings.check("Part")
    def fails():
        raise RuntimeError("secret")
        yield

    *others, last = findings.examine(asks_others=False)
    assert (last.level, str(last.about)) == (BROKEN, "Part")
    assert "RuntimeError" in last.words
    assert "secret" not in last.words
    assert len(others) > 8


@pytest.mark.medium
@pytest.mark.parametrize("missing", [0, 2])
def test_without_tables_nothing_that_needs_them_is_looked_at(monkeypatch, missing):
    monkeypatch.setattr(findings, "missing_migrations", lambda: missing)
    abouts = {str(finding.about) for finding in findings.examine(asks_others=False)}
    assert ("Worker" in abouts) is (not missing)
    assert "Database" in abouts


@pytest.mark.medium
def test_without_a_database_the_rest_is_looked_at(monkeypatch):
    def refused():
        raise OperationalError

    monkeypatch.setattr(connection, "ensure_connection", refused)
    monkeypatch.setattr(findings, "missing_migrations", refused)
    monkeypatch.setattr(configuration, "reading", None)  # is of the tables
    found = {str(finding.about): finding.level for finding in findings.examine(asks_others=False)}
    assert found["Database"] == BROKEN
    assert "Disk" in found
    assert "Worker" not in found


def test_the_command_fails_if_anything_is_broken(monkeypatch):
    one = findings.Finding(LOOK, "Words.", "Remedy.", about="Part")
    monkeypatch.setattr(findings, "examine", lambda *, asks_others: [one])
    output = StringIO()
    call_command("doctor", stdout=output)
    assert output.getvalue() == "look    Part: Words.\n        → Remedy.\n"
    two = findings.Finding(BROKEN, "No worker.", about="Worker")
    monkeypatch.setattr(findings, "examine", lambda *, asks_others: [one, two])
    with pytest.raises(CommandError, match="Something is broken"):
        call_command("doctor", stdout=output)
    assert output.getvalue().endswith("broken  Worker: No worker.\n")
