"""Signers are told soon after a material correction, and within a minute if nobody was woken."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django_q.models import OrmQ, Schedule

from signatories.mailings import correction_notices
from signatories.models import CorrectionMailing
from signatories.testing import make_signature
from statements import lifecycle
from statements.models import StatementText
from statements.testing import make_edition

pytestmark = pytest.mark.django_db(transaction=True)

migration = import_module("signatories.migrations.0003_tell_signers")


def correct(statement, *, is_material):
    StatementText.objects.filter(statement=statement).update(body="<p>Sundays.</p>")
    lifecycle.correct(statement, by=None, note="Sundays.", is_material=is_material)


def the_function(path):
    module, name = path.rsplit(".", 1)
    return getattr(import_module(module), name)


def test_a_material_correction_wakes_a_worker():
    edition = make_edition()
    make_signature(edition)
    assert not OrmQ.objects.exists()
    correct(edition.statement, is_material=True)
    task = OrmQ.objects.get().task
    assert the_function(task["func"])(*task["args"]) == 1


def test_a_minor_one_wakes_nobody():
    correct(make_edition().statement, is_material=False)
    assert not OrmQ.objects.exists()


def test_a_queue_that_fails_stops_no_correction(monkeypatch):
    def fails(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(correction_notices, "async_task", fails)
    edition = make_edition()
    make_signature(edition)
    correct(edition.statement, is_material=True)
    assert not CorrectionMailing.objects.exists()
    assert correction_notices.tell_signers() == 1


def test_there_is_one_schedule_of_one_minute():
    Schedule.objects.all().delete()
    for _ in range(2):
        migration.add(apps, SimpleNamespace(connection=connection))
    schedule = Schedule.objects.get()
    assert (schedule.schedule_type, schedule.minutes, schedule.repeats) == ("I", 1, -1)
    assert the_function(schedule.func) is correction_notices.tell_signers
