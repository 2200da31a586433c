"""Who signed in time may confirm for 24 hours after closing, by whatever way."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from signatories.core import tally, tokens
from signatories.mailings import reminders
from signatories.models import Signature
from signatories.signing import codes, held_forms, openness
from signatories.testing import form_data, make_signature, press_confirm
from statements.models import Statement
from statements.testing import make_edition

pytestmark = pytest.mark.django_db

EMAIL = "nora@example.org"
SECOND = timedelta(seconds=1)
DAY = timedelta(hours=24)


@pytest.fixture
def waiting(monkeypatch):
    """Makes a signature that waits under a statement which closed so long ago, to the second."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)

    def make(closed_for):
        edition = make_edition()
        signature = make_signature(edition, state="pending", email=EMAIL)
        Statement.objects.update(signing_closes_at=now - closed_for)
        Signature.objects.update(created_at=now - 2 * DAY, consented_at=now - 2 * DAY)
        return Signature.objects.select_related("statement").get(pk=signature.pk)

    return make


CASES = [(-SECOND, True), (timedelta(), True), (DAY - SECOND, True), (DAY, False), (DAY * 2, False)]


@pytest.mark.medium
@pytest.mark.parametrize(("closed_for", "in_time"), CASES)
def test_by_link(waiting, client, closed_for, in_time):
    signature = waiting(closed_for)
    url = reverse("signatories:confirm", args=[tokens.make(signature, tokens.CONFIRM)])
    assert client.get(url).status_code == (200 if in_time else 409)
    press_confirm(client, signature)
    assert bool(tally.of(signature.statement)) is in_time


@pytest.mark.medium
@pytest.mark.parametrize(("closed_for", "in_time"), CASES)
def test_by_code(waiting, client, closed_for, in_time):
    signature = waiting(closed_for)
    url = reverse("signatories:code", args=[signature.statement.slug])
    answer = client.post(url, {"email": EMAIL, "code": codes.code_of(signature)})
    press_confirm(client, answer.url)
    assert bool(tally.of(signature.statement)) is in_time


@pytest.mark.parametrize(("closed_for", "in_time"), CASES)
def test_a_reminder_comes_only_where_it_is_of_use(waiting, closed_for, in_time):
    waiting(closed_for)
    assert reminders.queue_reminders() == int(in_time)


def test_nobody_begins_to_sign_in_that_day(waiting, client):
    signature = waiting(timedelta())
    assert not openness.may_sign(signature.statement, "person")
    url = reverse("signatories:sign", args=[signature.statement.slug])
    assert client.post(url, form_data(email="late@example.org")).status_code == 409


@pytest.mark.medium
def test_nor_is_an_address_corrected_or_a_mail_asked_for_then(waiting, client):
    """Both are a signing; the answer says that it is over, and what was begun stays."""
    signature = waiting(timedelta())
    url = reverse("signatories:sign", args=[signature.statement.slug])
    assert client.post(url, form_data(email=EMAIL)).status_code == 409
    signature.refresh_from_db()
    assert signature.state == "pending"
    typed = {"email": EMAIL}
    token = held_forms.hold(held_forms.SIGN, typed, statement=signature.statement)
    page = client.get(reverse("signatories:no_mail_to", args=[token]))
    assert "nothing more can be sent" in page.text
    assert f'action="{url}"' not in page.text
