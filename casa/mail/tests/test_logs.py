import logging

import pytest

from casa.mail import kinds
from casa.mail.delivery import PAUSES, deliver_due
from casa.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


def assert_silent(caplog):
    error = OutgoingMail.objects.get().last_error
    assert error
    ours = [record for record in caplog.records if record.name != "mail.log"]  # the test's server
    assert ours
    for words in (error, *(caplog.handler.format(record) for record in ours)):
        assert "@" not in words
        assert "ada.lovelace" not in words


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.1.1 <ada.lovelace@example.org>: no such mailbox",
        "451 4.3.0 ada.lovelace@example.org is over quota",
        "421 ada.lovelace@example.org not now",
    ],
)
def test_a_server_that_quotes_the_address(send, smtp, caplog, answer):
    caplog.set_level(logging.DEBUG)
    smtp.answer = lambda recipient: answer
    send("ada.lovelace@example.org")
    deliver_due()
    assert_silent(caplog)


def test_a_dead_letter(send, smtp, caplog):
    caplog.set_level(logging.DEBUG)
    smtp.answer = lambda recipient: "451 ada.lovelace@example.org"
    mail = send("ada.lovelace@example.org")
    OutgoingMail.objects.filter(pk=mail.pk).update(attempts=len(PAUSES))
    deliver_due()
    assert OutgoingMail.objects.get().state == "dead"
    assert_silent(caplog)


def test_an_error_of_ours_that_quotes_the_address(send, smtp, caplog):
    def broken(mail):
        raise ValueError(f"cannot write to {mail.to}")

    caplog.set_level(logging.DEBUG)
    kinds.register("tests.broken", broken)
    send("ada.lovelace@example.org", kind="tests.broken")
    deliver_due()
    assert_silent(caplog)
    assert "test_logs" in caplog.text  # where to look


def test_a_server_that_is_away(send, smtp, caplog):
    caplog.set_level(logging.DEBUG)
    smtp.stop()
    send("ada.lovelace@example.org")
    deliver_due()
    assert OutgoingMail.objects.get().last_error == "ConnectionRefusedError"
    assert_silent(caplog)
