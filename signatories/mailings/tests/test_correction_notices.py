"""Signers are told soon after a material correction, and within a minute if nobody was woken."""

import pytest
from django_q.models import OrmQ

from casa.lib import tasks
from signatories.mailings import correction_notices
from signatories.models import CorrectionMailing
from signatories.testing import make_signature
from statements import lifecycle
from statements.models import StatementText
from statements.testing import make_edition

pytestmark = pytest.mark.django_db(transaction=True)


def correct(statement, *, is_material):
    StatementText.objects.filter(statement=statement).update(body="<p>Sundays.</p>")
    lifecycle.correct(statement, by=None, note="Sundays.", is_material=is_material)


def test_a_material_correction_wakes_a_worker():
    edition = make_edition()
    make_signature(edition)
    assert not OrmQ.objects.exists()
    correct(edition.statement, is_material=True)
    task = OrmQ.objects.get().task
    assert tasks.run(*task["args"]) == 1


def test_a_minor_one_wakes_nobody():
    correct(make_edition().statement, is_material=False)
    assert not OrmQ.objects.exists()


def test_a_queue_that_fails_stops_no_correction(monkeypatch):
    def fails(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(tasks, "async_task", fails)
    edition = make_edition()
    make_signature(edition)
    correct(edition.statement, is_material=True)
    assert not CorrectionMailing.objects.exists()
    assert correction_notices.notify_signers() == 1
