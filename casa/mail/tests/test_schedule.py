from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django_q.models import OrmQ, Schedule
from django_q.scheduler import scheduler

migration = import_module("casa.mail.migrations.0002_schedule")


@pytest.fixture
def migrated(transactional_db):  # the engine's scheduler brings its own transaction
    """As after `migrate`, also when an earlier test has emptied the tables."""
    Schedule.objects.all().delete()
    for _ in range(2):
        migration.add(apps, SimpleNamespace(connection=connection))


def test_there_is_one_schedule_of_one_minute(migrated):
    schedule = Schedule.objects.get()
    assert (schedule.schedule_type, schedule.minutes, schedule.repeats) == ("I", 1, -1)


def test_the_engine_turns_it_into_a_delivery(migrated, send, clock):
    send()
    OrmQ.objects.all().delete()  # the waking is lost
    clock.move(minutes=2)
    scheduler()
    task = OrmQ.objects.get().task
    assert (task["func"], task["args"]) == (migration.DELIVER, ())
    module, name = task["func"].rsplit(".", 1)
    assert getattr(import_module(module), name)(**task["kwargs"]) == 1
    assert len(mail.outbox) == 1
