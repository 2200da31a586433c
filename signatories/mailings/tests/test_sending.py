"""A mailing asks once, leaves after a minute or at a chosen moment, and can be called off whole."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.accounts.testing import make_staff
from casa.lib.moments.words import day_in_words
from signatories.mailings import updates
from signatories.mailings.tests.test_updates import (
    confirm_page,
    mailed,
    page,
    pass_undo,
    press,
    reader,
)
from signatories.testing import begin_mailing, make_mailing
from statements import lifecycle
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def mailing(edition):
    return make_mailing(edition.statement, by=make_staff())


def test_nothing_leaves_in_the_minute_after_the_button(edition, mailing, clock):
    reader(edition)
    assert updates.begin(mailing, by=mailing.created_by)
    assert updates.send_updates() == 0
    clock.move(seconds=59)
    assert updates.send_updates() == 0
    clock.move(seconds=2)
    assert updates.send_updates() == 1


@pytest.mark.medium
def test_what_is_called_off_reaches_nobody_and_can_be_rewritten_and_sent(edition, mailing, clock):
    reader(edition)
    updates.begin(mailing, by=mailing.created_by)
    assert updates.call_off(mailing)
    assert not updates.call_off(mailing)
    clock.move(hours=1)
    assert updates.send_updates() == 0
    assert (mailing.state, mailing.leaves_at, mailing.begun_by) == ("draft", None, None)
    assert begin_mailing(mailing)
    assert updates.send_updates() == 1


def test_it_is_called_off_or_leaves_and_never_both(edition, mailing, monkeypatch):
    """A worker and somebody who stops it come at the same moment."""
    reader(edition)
    updates.begin(mailing, by=mailing.created_by)
    pass_undo(mailing)
    obstacle = updates.obstacle

    def stopped_meanwhile(row):
        assert updates.call_off(mailing)
        return obstacle(row)

    monkeypatch.setattr(updates, "obstacle", stopped_meanwhile)
    assert updates.send_updates() == 0
    monkeypatch.undo()
    assert begin_mailing(mailing)
    assert updates.send_updates() == 1
    assert not updates.call_off(mailing)


def test_it_leaves_at_the_moment_that_was_chosen(edition, mailing, clock):
    reader(edition)
    at = timezone.now() + timedelta(days=2)
    updates.begin(mailing, by=mailing.created_by, at=at)
    clock.move(hours=47)
    assert updates.send_updates() == 0
    clock.move(hours=2)
    assert updates.send_updates() == 1


def test_what_cannot_be_sent_when_its_moment_comes_is_stopped(edition, clock):
    reader(edition)
    lifecycle.close(edition.statement, by=None)
    thanks = make_mailing(edition.statement, by=make_staff(), kind="thanks")
    updates.begin(thanks, by=thanks.created_by)
    lifecycle.reopen(edition.statement, by=None)
    clock.move(minutes=2)
    assert updates.send_updates() == 0
    thanks.refresh_from_db()
    assert thanks.state == "stopped"


@pytest.mark.medium
def test_the_page_that_asks_says_to_how_many_what_and_from_whom(client, edition, settings):
    settings.SITE_CONTACT_EMAIL = "office@example.org"
    client.force_login(make_user())
    mailing = make_mailing(edition.statement, by=make_staff("writes@example.org"))
    for _ in range(2):
        reader(edition)
    text = client.get(confirm_page(mailing)).text
    for part in (
        "2 mailboxes get it",
        "The council has put it on its agenda",
        "On Thursday the council speaks about it.",
        "&lt;office@example.org&gt;",
        "Send it to 2 mailboxes",
    ):
        assert part in text
    assert "Send a test" not in text
    asks = client.get(page(mailing)).text
    assert 'name="verb" value="begin"' not in asks
    assert client.post(page(mailing), {"verb": "begin", "counted": "2"}).status_code == 302
    mailing.refresh_from_db()
    assert mailing.state == "draft"  # no button of that page sends it to all


@pytest.mark.medium
def test_a_second_click_sends_once_and_says_so(client, edition, mailing):
    client.force_login(make_user())
    reader(edition)
    data = press(client, mailing)
    client.post(confirm_page(mailing), data)
    answer = client.post(confirm_page(mailing), data, follow=True)
    assert "It has been sent already: once." in answer.text
    pass_undo(mailing)
    assert updates.send_updates() == 1


@pytest.mark.medium
def test_words_that_changed_since_they_were_looked_at_are_not_sent(client, edition, mailing):
    client.force_login(make_user())
    reader(edition)
    data = press(client, mailing)
    mailing.words.update(subject="The council has refused")
    answer = client.post(confirm_page(mailing), data)
    assert "The words have changed since." in answer.text
    assert "The council has refused" in answer.text
    mailing.refresh_from_db()
    assert mailing.state == "draft"


@pytest.mark.medium
def test_the_page_shows_the_time_left_and_stops_it(client, edition, mailing):
    client.force_login(make_user())
    reader(edition)
    client.post(confirm_page(mailing), press(client, mailing))
    text = client.get(page(mailing)).text
    assert re.search(r"It leaves in [56]\d seconds\.", text)
    assert '<meta http-equiv="refresh"' in text
    answer = client.post(page(mailing), {"verb": "call_off"}, follow=True)
    assert "Nobody got it, and you can change its words again." in answer.text
    assert updates.send_updates() == 0


@pytest.mark.medium
def test_stopping_too_late_stops_the_rest_and_says_so(client, edition, mailing):
    client.force_login(make_user())
    reader(edition)
    begin_mailing(mailing)
    updates.send_updates()
    answer = client.post(page(mailing), {"verb": "call_off"}, follow=True)
    assert "It had begun to leave. It is stopped now" in answer.text
    assert not mailed()


@pytest.mark.medium
@pytest.mark.parametrize(
    ("day", "hour", "sentence"),
    [
        ("", "", "Choose the day and the time at which it is to leave."),
        ("2020-01-01", "10:00", "This moment has passed."),
        ("9026-01-01", "10:00", "Is the year right?"),
    ],
)
def test_a_moment_that_cannot_be_meant_is_asked_about(client, mailing, day, hour, sentence):
    edition = mailing.statement.editions.get()
    client.force_login(make_user())
    reader(edition)
    data = press(client, mailing, when="later", at_0=day, at_1=hour)
    text = client.post(confirm_page(mailing), data).text
    assert sentence in text
    assert not day or f'value="{day}"' in text
    mailing.refresh_from_db()
    assert mailing.state == "draft"


@pytest.mark.medium
def test_a_moment_that_was_chosen_is_shown_and_can_be_called_off(client, edition, mailing):
    client.force_login(make_user())
    reader(edition)
    day = timezone.localdate() + timedelta(days=3)
    data = press(client, mailing, when="later", at_0=str(day), at_1="10:00")
    client.post(confirm_page(mailing), data)
    mailing.refresh_from_db()
    assert timezone.localtime(mailing.leaves_at).date() == day
    text = client.get(page(mailing)).text
    assert f"It leaves on {day_in_words(day)} at 10:00" in text
    assert "in 3 days" in text
    assert "Stop it" in text
    assert "http-equiv" not in text  # days are left


@pytest.mark.medium
def test_who_may_not_send_has_no_page_that_asks(client, mailing):
    client.force_login(make_staff("reads@example.org"))
    assert client.get(confirm_page(mailing)).status_code == 403


@pytest.mark.medium
def test_a_mailing_that_was_sent_is_read_and_no_form(client, edition, mailing):
    client.force_login(make_user())
    reader(edition)
    begin_mailing(mailing)
    updates.send_updates()
    url = reverse("admin:signatories_updatemailing_change", args=[mailing.pk])
    text = client.get(url, follow=True).text
    assert "What they read" in text
    assert "On *Thursday*" in text or "On Thursday" in text
    assert "<textarea" not in text
