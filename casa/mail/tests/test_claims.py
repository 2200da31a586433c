import threading

import pytest
from django.db import connection

from casa.mail import transport
from casa.mail.delivery import BATCH, _finish, claim, deliver_due
from casa.mail.models import OutgoingMail


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(send, smtp):
    addresses = [f"signer{number}@example.org" for number in range(200)]
    for address in addresses:
        send(address)
    start = threading.Barrier(2)
    sent = []

    def work():
        start.wait()
        sent.append(deliver_due())
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(sent) == 200
    if connection.vendor == "postgresql":
        assert min(sent) >= BATCH  # SKIP LOCKED: neither waited for the other
    assert sorted(smtp.recipients) == sorted(addresses)


@pytest.mark.django_db
def test_what_is_claimed_is_nobody_elses_until_the_lease_ends(send, clock, settings):
    send()
    (first,) = claim()
    assert claim() == []
    clock.move(seconds=settings.MAIL_LEASE_SECONDS + 1)
    (second,) = claim()
    assert (first.pk, first.attempts, second.attempts) == (second.pk, 1, 2)


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_writes_nothing(send, clock, settings, caplog):
    send()
    (late,) = claim()
    clock.move(seconds=settings.MAIL_LEASE_SECONDS + 1)
    claim()
    _finish(late, OutgoingMail.State.SENT, sent_at=clock.now())
    assert OutgoingMail.objects.get().state == "sending"
    assert "may be sent twice" in caplog.text


@pytest.mark.django_db
def test_a_slow_batch_is_handed_back_before_its_lease_ends(send, clock, settings, monkeypatch):
    for number in range(4):
        send(f"signer{number}@example.org")
    send_quickly = transport.send

    def send_slowly(server, message):
        clock.move(seconds=settings.MAIL_LEASE_SECONDS * 0.3)
        return send_quickly(server, message)

    monkeypatch.setattr(transport, "send", send_slowly)
    assert deliver_due(limit_batches=1) == 2
    rest = OutgoingMail.objects.exclude(state="sent")
    assert set(rest.values_list("state", "attempts")) == {("queued", 0)}
    assert deliver_due() == 2


@pytest.mark.medium
@pytest.mark.django_db
def test_a_long_queue_leaves_the_worker_to_others_in_between(send, clock, monkeypatch):
    woken = []
    monkeypatch.setattr("casa.mail.delivery.wake", lambda: woken.append(True))
    for number in range(3 * BATCH):
        send(f"signer{number}@example.org")
    send_quickly = transport.send

    def send_slowly(server, message):
        clock.move(seconds=1.3)
        return send_quickly(server, message)

    monkeypatch.setattr(transport, "send", send_slowly)
    assert deliver_due() == 2 * BATCH
    assert woken == [True]
