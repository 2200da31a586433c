from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.translation import override

from casa.lib.moments import words

TEN = datetime(2026, 12, 5, 9, tzinfo=UTC)
"""Ten o'clock in Berlin."""


def in_zone(name):
    return timezone.override(ZoneInfo(name))


def test_staff_read_weekday_time_and_zone():
    with in_zone("Europe/Berlin"):
        assert words.moment_in_words(TEN) == "Saturday 5 December 2026 at 10:00 (Europe/Berlin)"
        with override("az"):
            assert "5 dekabr 2026, şənbə" in words.moment_in_words(TEN)
            assert "10:00" in words.moment_in_words(TEN)


def test_a_day_in_russian_stands_in_any_sentence():
    """After “до”, and before a full stop."""
    with in_zone("Europe/Berlin"), override("ru"):
        assert words.written_out(TEN) == "5 декабря 2026 года"
        told = words.last_moment_in_words(TEN)
    assert told.startswith("5 декабря 2026 года (суббота), 10:00")
    assert "Берлин" in told


def test_what_ends_at_midnight_ends_with_the_day_before():
    midnight = datetime(2026, 11, 30, 20, tzinfo=UTC)
    with in_zone("Asia/Baku"):
        assert words.last_moment_in_words(midnight) == "Monday 30 November 2026, 24:00, Baku time"
        with override("az"):
            told = words.last_moment_in_words(midnight)
            assert "30 noyabr 2026, bazar ertəsi, 24:00" in told
            assert "Bakı" in told
        minute = timedelta(minutes=1)
        assert "30 November 2026, 23:59" in words.last_moment_in_words(midnight - minute)
        assert "1 December 2026, 00:01" in words.last_moment_in_words(midnight + minute)
        assert "Tuesday 1 December 2026, 00:00" in words.first_moment_in_words(midnight)


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Europe/Berlin", "Berlin time"), ("America/New_York", "New York time"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"), ("UTC", "UTC"),
        ("Etc/GMT+3", "Etc/GMT+3"),
    ],
)  # fmt: skip
def test_visitors_read_the_zone_by_its_town(zone, told):
    with in_zone(zone):
        assert words.zone_in_words() == told


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (timedelta(seconds=-1), ""), (timedelta(seconds=5), "in 1 minute"),
        (timedelta(minutes=20), "in 20 minutes"), (timedelta(minutes=59, seconds=50), "in 1 hour"),
        (timedelta(hours=5), "in 5 hours"), (timedelta(days=1), "in 1 day"),
        (timedelta(days=6), "in 6 days"), (timedelta(days=14), "in 14 days"),
        (timedelta(days=200), "in 7 months"), (timedelta(days=1200), "in 3 years"),
    ],
)  # fmt: skip
def test_how_far_away_it_is(left, told):
    assert words.how_far_in_words(TEN + left, now=TEN) == told


def test_a_language_that_babel_does_not_know_gets_english():
    assert words.locale_of("xx-nowhere").language == "en"
