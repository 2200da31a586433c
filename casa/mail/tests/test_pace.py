"""MAIL_PER_MINUTE: what a provider allows, shared by all workers."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casa.mail.delivery import claim, deliver_due
from casa.mail.models import MailPace, OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(send):
    for number in range(10):
        send(f"signer{number}@example.org")


def claimed(**options):
    return len(claim(**options))


@pytest.mark.usefixtures("queued")
def test_a_minutes_worth_leaves_at_once_and_the_rest_in_its_turn(clock, settings):
    settings.MAIL_PER_MINUTE = 4
    assert [claimed(size=3), claimed(), claimed()] == [3, 1, 0]
    clock.move(seconds=31)
    assert [claimed(), claimed()] == [2, 0]
    clock.move(minutes=5)  # what was not spent is lost
    assert [claimed(), claimed()] == [4, 0]


@pytest.mark.usefixtures("queued")
def test_what_waits_was_not_tried(smtp, settings):
    settings.MAIL_PER_MINUTE = 4
    assert deliver_due() == 4
    assert len(smtp.recipients) == 4
    waiting = OutgoingMail.objects.exclude(state="sent")
    assert set(waiting.values_list("state", "attempts")) == {("queued", 0)}


def test_an_empty_queue_spends_nothing(send, settings):
    settings.MAIL_PER_MINUTE = 1
    assert claimed() == 0
    send()
    assert claimed() == 1


@pytest.mark.usefixtures("queued")
def test_a_clock_that_was_set_back_stops_nothing(clock, settings):
    settings.MAIL_PER_MINUTE = 4
    MailPace.objects.create(spent_until=clock.now() + timedelta(days=1))
    assert [claimed(), claimed()] == [4, 0]


@pytest.mark.usefixtures("queued")
def test_without_a_limit_nobody_is_asked():
    with CaptureQueriesContext(connection) as queries:
        assert claimed() == 10
    assert not [one for one in queries if MailPace._meta.db_table in one["sql"]]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("queued")
def test_workers_share_one_allowance(settings):
    settings.MAIL_PER_MINUTE = 6
    start, found = threading.Barrier(3), []

    def work():
        start.wait()
        found.append(claimed(size=5))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(found) == 6
