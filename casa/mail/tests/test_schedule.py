from datetime import timedelta

import pytest
from django.core import mail
from django.utils.module_loading import import_string
from django_q.models import OrmQ, Schedule
from django_q.scheduler import scheduler

pytestmark = pytest.mark.django_db(transaction=True)  # the engine's scheduler brings its own


@pytest.mark.slow
def test_the_engine_turns_the_schedule_into_a_delivery(send, clock):
    Schedule.objects.exclude(name="deliver-mail").delete()
    send()
    OrmQ.objects.all().delete()  # the waking is lost
    clock.move(minutes=2)
    scheduler()
    task = OrmQ.objects.get().task
    assert import_string(task["func"])(*task["args"], **task["kwargs"]) == 1
    assert len(mail.outbox) == 1
    due = Schedule.objects.get().next_run - clock.now()
    assert timedelta(0) < due <= timedelta(minutes=1)
