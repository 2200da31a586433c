import time

import pytest
from django.core import mail
from django_q.models import OrmQ

from casa.lib import tasks
from casa.mail import delivery, outbox
from casa.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_mails_in_a_second_wake_once(send):
    for number in range(20):
        send(f"signer{number}@example.org")
    assert OrmQ.objects.count() == 1
    (name, _woken_at) = OrmQ.objects.get().task["args"]
    assert name == "deliver-mail-after-wake"


def test_the_next_second_wakes_again(send, monkeypatch):
    send()
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + outbox.WAKE_WINDOW)
    send()
    assert OrmQ.objects.count() == 2


def test_what_came_quietly_within_the_window_is_delivered_by_the_same_task(send, monkeypatch):
    send("first@example.org")
    pauses = []

    def meanwhile(seconds):
        pauses.append(seconds)
        send("second@example.org")

    monkeypatch.setattr(time, "sleep", meanwhile)
    assert delivery.deliver_after_wake(time.time()) == 2
    assert OrmQ.objects.count() == 1
    assert 0 < pauses[0] <= outbox.WAKE_WINDOW


def test_a_task_that_comes_late_does_not_wait(send, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda seconds: pytest.fail("waited"))
    send()
    assert delivery.deliver_after_wake(time.time() - outbox.WAKE_WINDOW) == 1


@pytest.mark.slow
def test_a_clock_that_is_wrong_does_not_hold_the_worker(send, monkeypatch):
    pauses = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    delivery.deliver_after_wake(time.time() + 3600)
    assert pauses == [outbox.WAKE_WINDOW]


@pytest.mark.slow
def test_a_broker_that_is_down_does_not_fail_the_signature(send, monkeypatch, caplog):
    def down(*args, **options):
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks, "async_task", down)
    send("ada@example.org")
    assert OutgoingMail.objects.count() == 1
    assert "waits for the schedule" in caplog.text
    assert "ada@" not in caplog.text
    assert delivery.deliver_due() == 1
    assert mail.outbox[0].to == ["ada@example.org"]
