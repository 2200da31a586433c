"""A clock that was ahead and is put right holds back neither mails nor schedules."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_q.models import Schedule

from casa.mail import clock, delivery
from casa.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db(transaction=True)

AHEAD = timedelta(hours=3)


def test_mails_of_a_clock_that_was_ahead_leave_with_the_next_wake(send, mailoutbox):
    with time_machine.travel(timezone.now() + AHEAD):
        send("nora@example.org")
    assert delivery.deliver_due() == 0  # not for three hours
    assert delivery.deliver_after_wake(time.time() - 60) == 1
    assert [mail.to for mail in mailoutbox] == [["nora@example.org"]]


def test_mails_that_are_to_wait_go_on_waiting(send):
    send("nora@example.org")
    tomorrow = timezone.now() + timedelta(days=1)
    OutgoingMail.objects.update(due_at=tomorrow)
    assert clock.catch_up() == 0
    assert OutgoingMail.objects.get().due_at == tomorrow


def test_schedules_run_again_and_those_of_long_intervals_stay():
    Schedule.objects.update(next_run=timezone.now() + AHEAD)
    clock.catch_up()
    soon = set(Schedule.objects.filter(next_run__lte=timezone.now()).values_list("name", flat=True))
    assert "deliver-mail" in soon
    daily = Schedule.objects.filter(minutes=24 * 60).values_list("name", flat=True)
    assert daily
    assert not soon & set(daily)
