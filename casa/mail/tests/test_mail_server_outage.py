import pytest

from casa.mail import delivery
from casa.mail.models import OutgoingMail

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_an_hour_without_mail_server_loses_and_doubles_nothing(send, smtp, clock):
    send("before@example.org")
    delivery.deliver_due()
    smtp.stop()
    addresses = ["before@example.org"]
    for minute in range(60):
        addresses.append(f"signer{minute}@example.org")
        send(addresses[-1])
        delivery.deliver_due()  # as the schedule does
        clock.move(minutes=1)
    assert smtp.recipients == ["before@example.org"]

    smtp.start()
    for _ in range(61):
        delivery.deliver_due()
        clock.move(minutes=1)
    assert sorted(smtp.recipients) == sorted(addresses)
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"sent"}


def test_signatures_of_an_outage_do_not_hold_the_worker(send, smtp, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    smtp.stop()
    for number in range(5):
        send(f"signer{number}@example.org")
        delivery.deliver_after_wake(0)
    assert sum(OutgoingMail.objects.values_list("attempts", flat=True)) == 1
    smtp.start()
    assert delivery.deliver_due() == 4  # the schedule tries whatever happened before
