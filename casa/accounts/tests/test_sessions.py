"""A session ends by itself: so long after its last page, and so long after signing in."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casa.accounts.testing import make_staff, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.page]

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MINUTES = timedelta(minutes=5)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def is_in(client):
    return client.get("/admin/").status_code == 200


@pytest.mark.medium
def test_it_ends_twelve_hours_after_the_last_page(client, clock):
    make_staff()
    sign_in(client)
    clock.shift(11 * HOUR)
    assert is_in(client)
    clock.shift(11 * HOUR)
    assert is_in(client)
    clock.shift(12 * HOUR + MINUTES)
    assert not is_in(client)


@pytest.mark.slow
def test_it_ends_two_weeks_after_signing_in_whatever_is_done_in_it(client, clock):
    make_staff()
    sign_in(client)
    for _turn in range(2 * 14):
        clock.shift(12 * HOUR - MINUTES)
        assert is_in(client)
    clock.move_to(START + 14 * DAY - MINUTES)
    assert is_in(client)
    clock.move_to(START + 14 * DAY)
    assert not is_in(client)
    assert not get_user(client).is_authenticated
    assert sign_in(client).status_code == 302
    assert is_in(client)


@pytest.mark.medium
def test_a_setting_says_when(client, clock, settings):
    settings.SESSION_DAYS = 1
    settings.SESSION_COOKIE_AGE = 3600
    make_staff()
    sign_in(client)
    clock.shift(HOUR - MINUTES)
    assert is_in(client)
    clock.shift(HOUR + MINUTES)
    assert not is_in(client)


@pytest.mark.medium
def test_one_from_before_there_was_an_end_ends(client):
    client.force_login(make_staff())
    session = client.session
    del session["began"]
    session.save()
    assert not is_in(client)


@pytest.mark.medium
def test_it_is_written_once_a_minute_at_most(client, clock):
    make_staff()
    sign_in(client)

    def written():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert is_in(client)
        return [query for query in queries if 'UPDATE "django_session"' in query["sql"]]

    assert not written()
    clock.shift(timedelta(minutes=1))
    assert written()
    assert Session.objects.get().expire_date == START + 12 * HOUR + timedelta(minutes=1)
    assert not written()
