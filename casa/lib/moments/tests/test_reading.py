import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.translation import override

from casa.lib.moments import reading, words
from casa.lib.moments.reading import UnclearError, read_day, read_time

FIFTH = date(2026, 12, 5)


@pytest.fixture
def berlin():
    with timezone.override(ZoneInfo("Europe/Berlin")):
        yield


@pytest.mark.parametrize(
    "typed",
    [
        "2026-12-05", "2026-12-5", " 2026/12/05 ", "2026.12.05", "２０２６-12-05",
        "5 December 2026", "5. December 2026", "December 5, 2026", "December 5th, 2026",
        "the 5th of December 2026", "5 Dec 2026", "Dec. 5 2026", "05-DEC-2026",
        "Saturday 5 December 2026", "Saturday, December 5, 2026", "5 dekabr 2026",
        "5 dekabr 2026, şənbə",
    ],
)  # fmt: skip
def test_days_that_have_one_meaning_are_understood(typed):
    assert read_day(typed) == FIFTH


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("13.12.2026", date(2026, 12, 13)), ("12/13/2026", date(2026, 12, 13)),
        ("5.5.2026", date(2026, 5, 5)), ("0202-12-05", date(202, 12, 5)),
    ],
)  # fmt: skip
def test_digits_that_can_be_one_day_only_are_it(typed, day):
    assert read_day(typed) == day


@pytest.mark.parametrize("typed", ["05/12/2026", "5.12.2026", "5-12-2026", "12 05 2026"])
def test_what_two_readers_read_differently_is_refused_with_both_readings(typed):
    with pytest.raises(UnclearError) as refusal:
        read_day(typed)
    told = str(refusal.value)
    assert "5 December 2026" in told
    assert "12 May 2026" in told
    assert "2026-12-05" in told


@pytest.mark.parametrize("language", ["en", "az"])
def test_each_reading_is_offered_as_it_can_be_typed(language):
    with override(language), pytest.raises(UnclearError) as refusal:
        read_day("03/04/2028")
    offered = re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(refusal.value))
    assert offered == ["2028-04-03", "2028-03-04"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "such as"), ("tomorrow", "such as"), ("5/12/26", "such as"), ("12", "such as"),
        ("5 December", "such as"), ("20226-12-05", "such as"), ("5 May December 2026", "such as"),
        ("5 6 December 2026", "such as"), ("x" * 100_000, "such as"),
        ("31.11.2026", "There is no day"), ("2026-02-30", "There is no day"),
        ("29 February 2027", "There is no day"), ("Sunday 5 December 2026", "another day"),
    ],
)  # fmt: skip
def test_what_is_no_day_gets_a_sentence(typed, told):
    with pytest.raises(UnclearError, match=told):
        read_day(typed)


@pytest.mark.parametrize("language", ["en", "az"])
def test_the_examples_and_the_days_that_are_shown_can_be_typed(language):
    with override(language):
        for month in range(1, 13):
            day = date(2026, month, 17)
            assert read_day(words.day_in_words(day)) == day
            assert read_day(reading._written(day)) == day


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("9am", 9), ("9 AM", 9), ("9 a.m.", 9), ("9.00", 9), ("09:00", 9), ("9", 9), ("0900", 9),
        ("9h", 9), ("21", 21), ("9pm", 21), ("9:30 pm", 21.5), ("21.30", 21.5), ("21h30", 21.5),
        ("noon", 12), ("12pm", 12), ("12am", 0), ("00:00", 0), ("24:00", 24), ("24", 24),
        ("10:00:36", 10.01),
    ],
)  # fmt: skip
def test_times_are_understood(typed, hours):
    assert read_time(typed) == timedelta(hours=hours)


@pytest.mark.parametrize(
    "typed", ["", "9:5", "25", "24:30", "13pm", "0am", "9:60", "soon", "9-10", "1" * 100_000]
)
def test_what_is_no_time_gets_an_example(typed):
    with pytest.raises(UnclearError, match="such as 09:00"):
        read_time(typed)


def test_midnight_is_asked_about():
    with pytest.raises(UnclearError, match="00:00 or 24:00"):
        read_time("midnight")


@pytest.mark.usefixtures("berlin")
def test_the_offset_is_that_of_the_day():
    winter, summer = (reading.moment(date(2027, month, 5), timedelta(hours=10)) for month in (1, 7))
    assert winter.astimezone(UTC).hour == 9
    assert summer.astimezone(UTC).hour == 8
    assert [words.offset_in_words(one) for one in (winter, summer)] == ["UTC+01:00", "UTC+02:00"]


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2027, 3, 28), "There is no 02:30 on Sunday 28 March 2027"),
        (date(2027, 10, 31), "02:30 comes twice on Sunday 31 October 2027"),
    ],
)
def test_a_time_that_the_clocks_leave_out_or_repeat_is_refused_with_an_example(day, told):
    with pytest.raises(UnclearError) as refusal:
        reading.moment(day, timedelta(hours=2, minutes=30))
    assert told in str(refusal.value)
    assert "such as 03:00" in str(refusal.value)
    reading.moment(day, timedelta(hours=3))


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_ends_of_the_calendar_are_refused(day):
    with pytest.raises(UnclearError, match="such as"):
        reading.moment(day, timedelta(hours=0 if day.year == 1 else 24))


@pytest.mark.usefixtures("berlin")
def test_twenty_four_is_the_beginning_of_the_next_day():
    assert reading.moment(date(2026, 11, 30), timedelta(hours=24)) == datetime(
        2026, 11, 30, 23, tzinfo=UTC
    )
