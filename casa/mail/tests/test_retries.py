import pytest
from django.db import OperationalError

from casa.mail import kinds
from casa.mail.delivery import BATCH, BROKEN_TRIES, PAUSES, deliver_due
from casa.mail.kinds import Message
from casa.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


def minutes_to_next_try(clock) -> int:
    return round((OutgoingMail.objects.get().due_at - clock.now()).total_seconds() / 60)


def fail_until_dead(clock) -> list[int]:
    """The pauses, in minutes, between the tries of the only mail."""
    pauses = []
    while True:
        deliver_due()
        if OutgoingMail.objects.get().state == "dead":
            return pauses
        pauses.append(minutes_to_next_try(clock))
        clock.move(minutes=pauses[-1], seconds=1)


@pytest.mark.slow
def test_a_mail_the_server_puts_off_waits_longer_each_time(send, smtp, clock):
    smtp.answer = lambda recipient: "451 4.7.1 greylisted"
    send()
    pauses = fail_until_dead(clock)
    assert pauses[:8] == [1, 2, 5, 10, 20, 40, 60, 60]
    assert 47 <= sum(pauses) / 60 <= 49
    mail = OutgoingMail.objects.get()
    assert mail.attempts == len(PAUSES) + 1
    assert mail.last_error == "SMTP 451 4.7.1"


def test_a_mail_that_is_not_due_is_left_alone(send, smtp, clock):
    smtp.answer = lambda recipient: "451 later"
    send()
    deliver_due()
    smtp.answer = lambda recipient: "250 OK"
    clock.move(seconds=50)
    assert deliver_due() == 0


def test_a_mail_that_cannot_be_written_is_tried_a_few_times(send, smtp, clock):
    def broken(mail):
        raise KeyError("signature")

    kinds.register("tests.broken", broken)
    send(kind="tests.broken")
    assert len(fail_until_dead(clock)) == BROKEN_TRIES - 1
    assert OutgoingMail.objects.get().last_error == "KeyError"


def test_a_missing_template_or_kind_stops_no_other_mail(send, smtp):
    kinds.register("tests.broken", lambda mail: Message("A", "no-such-template"))
    send("a@example.org", kind="tests.broken")
    del kinds._kinds["tests.broken"]
    send("b@example.org")
    kinds.register("tests.broken2", lambda mail: Message("A", "no-such-template"))
    send("c@example.org", kind="tests.broken2")
    send("d@example.org")
    assert deliver_due() == 2
    assert smtp.recipients == ["b@example.org", "d@example.org"]


def test_a_mail_that_killed_its_worker_every_time_ends_as_a_dead_letter(send, smtp):
    mail = send()
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sending", attempts=len(PAUSES) + 1)
    assert deliver_due() == 0
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("dead", "worker died")


def test_a_failing_connection_costs_one_mail_one_try(send, smtp):
    for number in range(BATCH + 5):
        send(f"signer{number}@example.org")
    smtp.stop()
    assert deliver_due() == 0
    attempts = sorted(OutgoingMail.objects.values_list("attempts", flat=True))
    assert attempts == [0] * (BATCH + 4) + [1]
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"queued"}


@pytest.mark.medium
def test_a_server_that_hangs_up_after_some_mails_is_dialled_again(send, smtp):
    for number in range(12):
        send(f"signer{number}@example.org")
    smtp.answer = lambda recipient: (
        "421 too many" if len(smtp.messages) == 5 and smtp.connections == 1 else "250 OK"
    )
    assert deliver_due() == 11
    assert OutgoingMail.objects.get(state="queued").last_error == "SMTP 421"
    assert smtp.connections == 2


def test_a_database_that_is_away_is_no_fault_of_the_mail(send, smtp):
    def without_database(mail):
        raise OperationalError("the server closed the connection")

    kinds.register("tests.away", without_database)
    send(kind="tests.away")
    with pytest.raises(OperationalError):
        deliver_due()
    assert OutgoingMail.objects.get().state == "sending"  # until its lease ends
