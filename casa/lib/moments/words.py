"""Days and moments in words, for staff and visitors, in the active language.

Moments are told in the current time zone, which is the office's.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_timedelta, get_timezone_location
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.lib import languages

WRITTEN_OUT = {"ru": "d MMMM y 'года'"}
"""Days in a sentence, where not as in CLDR: its "long" has a full stop in Russian, "2026 г."."""

WITH_WEEKDAY = {"en": "EEEE d MMMM y", "ru": "d MMMM y 'года' (EEEE)"}
"""Where not as in CLDR: its "full" begins with a weekday, which Russian inflects after "until"."""

DAYS_COUNTED = 60
"""How far away a moment may be for its days to be counted: then it is months and years."""


def locale() -> Locale:
    """Babel's locale of what the page itself says; English where Babel does not know it."""
    return locale_of(languages.interface())


@lru_cache
def locale_of(code: str) -> Locale:
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def day_in_words(day: date) -> str:
    """ "Saturday 5 December 2026"."""
    language = locale()
    return format_date(day, WITH_WEEKDAY.get(language.language, "full"), language)


def written_out(day: date | datetime | None) -> str:
    """ "5 March 2026" as the reader's language writes it; "" for None. Moments as local days."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    language = locale()
    return format_date(day, WRITTEN_OUT.get(language.language, "long"), language)


def moment_in_words(moment: datetime) -> str:
    """ "Saturday 5 December 2026 at 10:00 (Europe/Berlin)", for staff."""
    local = timezone.localtime(moment)
    return _("%(day)s at %(time)s (%(zone)s)") % {
        "day": day_in_words(local),
        "time": f"{local:%H:%M}",
        "zone": zone_name(),
    }


def last_moment_in_words(moment: datetime) -> str:
    """ "Monday 30 November 2026, 24:00, Baku time": the end of something, for visitors.

    What ends at 00:00 ends with the day before, at 24:00: nobody reads the wrong day.
    """
    local = timezone.localtime(moment)
    day, time = local.date(), f"{local:%H:%M}"
    if time == "00:00":
        day, time = day - timedelta(days=1), "24:00"
    return _with_zone(day, time)


def first_moment_in_words(moment: datetime) -> str:
    """ "Saturday 5 December 2026, 10:00, Baku time": the beginning of something, for visitors."""
    local = timezone.localtime(moment)
    return _with_zone(local.date(), f"{local:%H:%M}")


def _with_zone(day: date, time: str) -> str:
    return _("%(day)s, %(time)s, %(zone)s") % {
        "day": day_in_words(day),
        "time": time,
        "zone": zone_in_words(),
    }


def zone_name() -> str:
    """The office's zone, as the database of time zones calls it: "Europe/Berlin"."""
    return str(timezone.get_current_timezone())


def zone_in_words() -> str:
    """ "Berlin time"; the name of the zone where it is none of a town."""
    name = zone_name()
    area, _slash, town = name.partition("/")
    if not town or area == "Etc":
        return name
    return _("%(town)s time") % {"town": _town(name, locale())}


@lru_cache
def _town(name: str, language: Locale) -> str:
    return get_timezone_location(ZoneInfo(name), language, return_city=True).rpartition("/")[2]


def offset_in_words(moment: datetime) -> str:
    """How far the office's zone is from UTC at that moment: "UTC+01:00"."""
    offset = timezone.localtime(moment).strftime("%z")
    return f"UTC{offset[:3]}:{offset[3:5]}"


def how_far_in_words(moment: datetime, now: datetime | None = None) -> str:
    """ "in 6 days" for a moment to come, by the days of the calendar; "" for one that passed."""
    now = timezone.localtime(now)
    left = timezone.localtime(moment) - now
    if left <= timedelta(0):
        return ""
    days = (timezone.localtime(moment).date() - now.date()).days
    if days > DAYS_COUNTED:
        return format_timedelta(
            timedelta(days=days), granularity="day", threshold=2, add_direction=True,
            locale=locale(),
        )  # fmt: skip
    if days and left >= timedelta(hours=12):
        return ngettext("in %(number)d day", "in %(number)d days", days) % {"number": days}
    minutes = max(1, round(left.total_seconds() / 60))
    if minutes < 60:
        told = ngettext("in %(number)d minute", "in %(number)d minutes", minutes)
        return told % {"number": minutes}
    hours = round(minutes / 60)
    return ngettext("in %(number)d hour", "in %(number)d hours", hours) % {"number": hours}
