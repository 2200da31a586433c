"""An alarm begins once and ends once, with one mail each; a silent worker needs none for that."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core import mail as django_mail
from django.core.management import call_command
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from casa import environment
from casa.accounts.testing import make_staff
from casa.mail import delivery, outbox, transport, trial
from casa.mail.models import OutgoingMail
from casa.operations import alarms, conditions, database_away, measurements, signs_of_life
from casa.operations.checks import machine
from casa.operations.models import Alarm
from signatories.models import TallySlot
from signatories.testing import make_signature
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def room_on_the_disk(monkeypatch, settings):
    monkeypatch.setattr(machine, "LITTLE", 0)
    monkeypatch.setattr(machine, "VERY_LITTLE", 0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    django_mail.outbox = []


@pytest.fixture
def administrator():
    user = make_staff("ada@example.org", name="Ada Admin")
    user.groups.add(Group.objects.get(name="Administrator"))
    return user


def watch():
    output = StringIO()
    call_command("watch", stdout=output, stderr=output)
    return output.getvalue()


def sent():
    return [(mail.to, mail.subject) for mail in django_mail.outbox]


@pytest.mark.medium
def test_a_silent_worker_is_mailed_once_and_once_when_it_is_back(clock, administrator):
    signs_of_life.give()
    assert watch() == ""
    clock.move(minutes=6)
    assert "The worker is silent" in watch()
    for _minute in range(30):
        clock.move(minutes=1)
        watch()
    assert sent() == [(["ada@example.org"], "The worker is silent")]
    body = django_mail.outbox[0].body
    assert "no mail is sent" in body
    assert "Start it: manage.py qcluster" in body
    assert reverse("admin:operations") in body
    for _minute in range(12):
        signs_of_life.give()
        watch()
        clock.move(minutes=1)
    assert sent()[1:] == [(["ada@example.org"], "Over: The worker is silent")]
    assert Alarm.objects.get().ended_at


@pytest.mark.medium
def test_what_comes_and_goes_is_one_alarm(clock, administrator):
    for _time in range(5):
        signs_of_life.give()
        clock.move(minutes=6)
        watch()
    assert len(sent()) == 1
    assert Alarm.objects.count() == 1


def test_two_that_look_at_once_tell_it_once(administrator, clock, monkeypatch):
    signs_of_life.give()
    clock.move(minutes=6)
    alarms.look()
    alarms.look()
    assert OutgoingMail.objects.count() == 1
    clock.move(minutes=20)
    signs_of_life.give()
    (alarm,) = alarms.on()
    alarms._end(alarm)
    alarms._end(alarm)
    assert OutgoingMail.objects.count() == 2


@pytest.mark.medium
def test_a_mail_server_that_is_away_is_told_when_it_is_back(clock, administrator, monkeypatch):
    outbox.queue(trial.KIND, to="office@example.org", language="en")
    signs_of_life.give()

    def refused(*args):
        raise transport.DeliveryError(transport.Fault.SERVER, "ConnectionRefusedError")

    with monkeypatch.context() as patch:
        patch.setattr(transport, "send", refused)
        clock.move(minutes=61)
        signs_of_life.give()
        watch()
        assert not sent()
        assert "Mail is stuck" in watch()
    clock.move(minutes=2)
    signs_of_life.give()
    watch()
    assert sent() == [(["ada@example.org"], "Mail is stuck")]


def test_other_mail_waits_for_the_worker():
    outbox.queue(trial.KIND, to="office@example.org", language="en")
    watch()
    assert not sent()


@pytest.mark.parametrize("role", ["Author", "Editor", "Moderator", "Analyst", None])
def test_nobody_else_hears_of_it(clock, role):
    user = make_staff("ola@example.org")
    if role:
        user.groups.add(Group.objects.get(name=role))
    signs_of_life.give()
    clock.move(minutes=6)
    watch()
    assert not sent()


def test_who_switched_it_off_or_left_hears_nothing(clock, administrator):
    make_user("off@example.org", hears_of_alarms=False)
    signs_of_life.give()
    clock.move(minutes=6)
    alarms.look()
    assert OutgoingMail.objects.count() == 1
    administrator.is_active = False
    administrator.save()
    watch()
    assert not sent()


def test_a_setting_names_who_hears_of_it(clock, administrator, settings):
    settings.ALARM_MAIL_TO = environment.mail_addresses(
        "ALARM_MAIL_TO", ["Night <night@example.org>", " phone@example.org"]
    )
    signs_of_life.give()
    clock.move(minutes=6)
    watch()
    assert [to for to, _subject in sent()] == [["night@example.org"], ["phone@example.org"]]
    assert "ALARM_MAIL_TO" in django_mail.outbox[0].body


@pytest.mark.medium
def test_counts_are_proven_once_a_day_and_a_wrong_one_is_an_alarm():
    make_signature(make_edition())
    assert measurements.prove_tally() == 0
    assert not conditions.BY_NAME["tally"].look()
    TallySlot.objects.create(statement_id=make_edition("Two").statement_id, kind="person",
                             slot=0, count=3)  # fmt: skip
    assert measurements.prove_tally() == 1
    (finding,) = conditions.BY_NAME["tally"].look()
    assert finding.words == "1 count is not what the signatures say."


def test_a_backup_that_is_too_old_is_an_alarm_and_none_at_all_is_not(clock, tmp_path):
    assert not conditions.BY_NAME["backup"].look()
    measurements.note(measurements.BACKUP, 10**6)
    clock.move(hours=47)
    assert not conditions.BY_NAME["backup"].look()
    clock.move(hours=2)
    assert conditions.BY_NAME["backup"].look()


def test_the_disk_of_the_site_is_looked_at_earlier_than_that_of_temporary_files(monkeypatch):
    monkeypatch.setattr(machine, "LITTLE", 10**18)
    assert len(conditions.BY_NAME["disk"].look()) == 1
    monkeypatch.setattr(machine, "VERY_LITTLE", 10**18)
    assert conditions.BY_NAME["disk"].look()


def test_what_cannot_be_known_neither_begins_nor_ends_an_alarm(clock, monkeypatch):
    signs_of_life.give()
    clock.move(minutes=6)
    alarms.look()

    def broken():
        raise RuntimeError

    monkeypatch.setattr(
        alarms, "CONDITIONS", [conditions.Condition(one.name, one.label, broken)
                               for one in conditions.CONDITIONS],
    )  # fmt: skip
    clock.move(minutes=30)
    alarms.look()
    assert [alarm.name for alarm in alarms.on()] == ["worker"]


def test_a_database_that_is_away_is_mailed_once_without_it(monkeypatch, settings, tmp_path):
    settings.VAR_DIR, settings.SITE_CONTACT_EMAIL = tmp_path, "office@example.org"
    with monkeypatch.context() as patch:

        def away():
            raise OperationalError("secret")

        patch.setattr(alarms, "look", away)
        assert watch() == "The database is away (OperationalError).\n"
        assert not sent()  # it may be a restart
        for _minute in range(3):
            watch()
        assert sent() == [(["office@example.org"], "The database is away")]
    watch()
    watch()
    assert sent()[1:] == [(["office@example.org"], "Over: the database is away")]


def test_a_mail_about_the_database_that_did_not_leave_is_tried_again(
    monkeypatch, settings, tmp_path
):
    settings.VAR_DIR = tmp_path

    def refused(*args):
        raise transport.DeliveryError(transport.Fault.SERVER, "ConnectionRefusedError")

    database_away.found()
    with monkeypatch.context() as patch:
        patch.setattr(transport, "send", refused)
        database_away.found()
    database_away.found()
    database_away.found()
    assert len(sent()) == 1


def test_where_nothing_can_be_noted_nothing_is_mailed_each_minute(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    database_away.found()
    monkeypatch.setattr(database_away, "_write", lambda mark: False)
    for _minute in range(3):
        database_away.found()
    assert not sent()


def test_old_alarms_are_forgotten():
    now = timezone.now()
    for days, ended in ((400, 370), (400, None), (20, 10)):
        Alarm.objects.create(
            name=f"x{days}{ended}", began_at=now - timedelta(days=days), seen_at=now,
            ended_at=now - timedelta(days=ended) if ended else None,
        )  # fmt: skip
    assert alarms.purge() == 1


@pytest.mark.medium
def test_the_office_shows_what_is_on_since_when_and_what_was(client, clock):
    client.force_login(make_user())
    page = client.get(reverse("admin:operations")).text
    assert "Alarms" not in page
    signs_of_life.give()
    clock.move(minutes=6)
    alarms.look()
    page = client.get(reverse("admin:operations")).text
    assert "The worker is silent" in page
    assert "since" in page
    for _minute in range(12):
        clock.move(minutes=1)
        signs_of_life.give()
        alarms.look()
    assert "The worker is silent" in client.get(reverse("admin:operations")).text
    assert delivery.deliver_due() >= 0
