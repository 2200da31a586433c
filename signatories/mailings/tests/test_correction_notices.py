"""Signers are told soon after a material correction, and within a minute if nobody was woken."""

import pytest
from django.urls import reverse
from django_q.models import OrmQ

from casa.lib import tasks
from signatories.mailings import correction_notices
from signatories.models import CorrectionMailing
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.models import StatementText
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def correct(statement, *, is_material):
    StatementText.objects.filter(statement=statement).update(body="<p>Sundays.</p>")
    lifecycle.correct(statement, by=None, note="Sundays.", is_material=is_material)


@pytest.mark.medium
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


@pytest.mark.medium
def test_a_queue_that_fails_stops_no_correction(monkeypatch):
    def fails(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(tasks, "async_task", fails)
    edition = make_edition()
    make_signature(edition)
    correct(edition.statement, is_material=True)
    assert not CorrectionMailing.objects.exists()
    assert correction_notices.notify_signers() == 1


@pytest.mark.medium
def test_the_page_of_a_correction_says_how_many_mailboxes_it_would_ask(client):
    edition = make_edition()
    make_signature(edition, email="nora@example.org")
    make_signature(edition, email="nora@example.org", organization=make_organization())
    make_signature(edition)
    make_signature(edition, email="")
    make_signature(edition, state="pending")
    make_signature(make_edition("Another"))
    StatementText.objects.filter(statement=edition.statement).update(body="<p>On Sundays.</p>")
    assert correction_notices.mailboxes_asked(edition.statement) == {"en": 2}
    client.force_login(make_user())
    url = reverse("admin:statements_statement_correct", args=[edition.statement_id])
    text = client.get(url).text
    assert "English: a correction that changes the meaning asks 2 mailboxes." in text
    lifecycle.correct(edition.statement, by=None, note="Sundays.", is_material=True)
    assert correction_notices.notify_signers() == 3  # one mailbox stands twice
