from datetime import timedelta

import pytest
from django.utils import timezone

from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from signatories.mailings import batches

pytestmark = pytest.mark.django_db
KIND = "signatories.update"


def queue_two() -> int:
    for _ in range(2):
        queue(KIND, to="nora@example.org", language="en", params={"signature": 1})
    return 2


def test_it_stops_where_nothing_is_left():
    numbers = iter([2, 0, 3, None, 5])
    run = batches.Run(KIND)
    run.repeat(lambda: next(numbers))
    assert run.queued == 5
    assert next(numbers) == 5


def test_it_stops_at_the_backlog_of_its_own_kinds(monkeypatch):
    monkeypatch.setattr(batches, "BACKLOG", 4)
    queue("signatories.confirm", to="nora@example.org", language="en", params={"signature": 1})
    run = batches.Run(KIND)
    run.repeat(queue_two)
    assert run.queued == 4
    OutgoingMail.objects.filter(kind=KIND).delete()
    again = batches.Run(KIND)
    again.repeat(queue_two)
    assert again.queued == 4


def test_it_stops_when_its_time_is_over_for_all_mailings_of_the_run(monkeypatch):
    now = timezone.now()
    clock = iter(now + timedelta(seconds=seconds) for seconds in (0, 0, 59, 60, 61))
    monkeypatch.setattr("signatories.mailings.batches.timezone.now", lambda: next(clock))
    run = batches.Run(KIND)
    run.repeat(lambda: 1)
    run.repeat(lambda: 1)
    assert run.queued == 2
