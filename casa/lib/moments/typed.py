"""What came back from a field for a day or a moment, and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from casa.lib.moments import reading

EARLIEST_YEAR = 1900
YEARS_AHEAD = 2
"""Days before and beyond are asked about."""


@dataclass(frozen=True)
class Typed:
    """What came back from a field: the text, what it was shown with, and what was confirmed."""

    day: str = ""
    time: str = ""
    shown: str = ""
    meant: str = ""

    def __bool__(self) -> bool:
        return bool(self.day or self.time)

    def __str__(self) -> str:
        return f"{self.day} {self.time}".strip()


def doubt_about(value: date | datetime) -> str:
    """A question about a day that hardly anybody means; "" about all others."""
    day, today = day_of(value), timezone.localdate()
    if day.year < EARLIEST_YEAR:
        return _("That is the year %(year)d. Do you mean it?") % {"year": day.year}
    if day > today + timedelta(days=366 * YEARS_AHEAD):
        years = day.year - today.year
        return _("That is %(years)d years from now. Do you mean it?") % {"years": years}
    return ""


def day_of(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def mark(value: date | datetime) -> str:
    """The value as a hidden input carries it, to the microsecond."""
    return value.isoformat()


def read_moment(typed: Typed) -> datetime | None:
    """The moment that was typed, None for none; what the field was shown with, if that is it.

    Raises UnclearError.
    """
    if not typed:
        return None
    if not typed.day:
        raise reading.UnclearError(_("Enter the day too."))
    if not typed.time:
        raise reading.UnclearError(_("Enter the time too, such as 09:00 or 18:30."))
    day, time = _read_both(typed)
    shown = shown_moment(typed)
    if shown is not None:
        local = timezone.localtime(shown)
        if (local.date(), f"{local:%H:%M}") == (day, _clock(time)):
            return shown
    return reading.moment(day, time)


def _read_both(typed: Typed) -> tuple[date, timedelta]:
    """The day and the time; what is unclear of both is said at once."""
    try:
        day = reading.read_day(typed.day)
    except reading.UnclearError as error:
        try:
            reading.read_time(typed.time)
        except reading.UnclearError as other:
            raise reading.UnclearError(f"{error} {other}") from other
        raise
    return day, reading.read_time(typed.time)


def _clock(time: timedelta) -> str:
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" if not seconds else ""


def shown_moment(typed: Typed) -> datetime | None:
    try:
        shown = parse_datetime(typed.shown)
    except ValueError:
        return None
    return shown if shown is not None and timezone.is_aware(shown) else None
