"""Days and times as people type them. What two readers would read differently is refused."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.lib.moments import words
from casa.lib.text import fold

LONGEST = 60  # characters of a day or a time


class UnclearError(ValueError):
    """What was typed is no day or time, or more than one; the message says it, with an example."""


def example_day() -> date:
    return date(timezone.localdate().year, 12, 5)


def _day_sentence() -> str:
    return _("Enter a day such as %(digits)s or %(words)s.") % {
        "digits": example_day().isoformat(),
        "words": _written(example_day()),
    }


def _written(day: date) -> str:
    """ "5 December 2026": with the month as a word, and read again by `read_day`."""
    return format_date(day, "d MMMM y", words.locale())


# Days

_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})\.?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})\.?")
_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")
_FILLING = {"the", "of", "st", "nd", "rd", "th"}


def read_day(text: str) -> date:
    """The day that is written in `text`. Raises UnclearError.

    Understood are the year first (2026-12-05), and the month as a word, in English, a language of
    the site or that of the reader. Day and month in digits are a day only where they can be read
    in one way.
    """
    typed = unicodedata.normalize("NFKC", text[: LONGEST + 1]).strip()
    if len(typed) > LONGEST:
        raise UnclearError(_day_sentence())
    if match := _YEAR_FIRST.fullmatch(typed):
        year, month, day = match.groups()
        return _day(typed, year, month, day)
    if match := _YEAR_LAST.fullmatch(typed):
        return _day_in_digits(typed, *match.groups())
    return _day_with_word(typed)


def _day(typed: str, year: str | int, month: str | int, day: str | int) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        sentence = _("There is no day “%(typed)s”.") % {"typed": typed}
        raise UnclearError(f"{sentence} {_day_sentence()}") from error


def _day_in_digits(typed: str, first: str, second: str, year: str) -> date:
    found = {
        date(int(year), int(month), int(day))
        for day, month in ((first, second), (second, first))
        if _is_day(int(year), int(month), int(day))
    }
    if len(found) < 2:
        return next(iter(found), None) or _day(typed, year, second, first)
    one, other = sorted(found, key=lambda day: day.day)
    raise UnclearError(
        _(
            "“%(typed)s” can be %(one)s or %(other)s. Enter the one you mean: %(one_in_digits)s or"
            " %(other_in_digits)s."
        )
        % {
            "typed": typed,
            "one": _written(one),
            "other": _written(other),
            "one_in_digits": one.isoformat(),
            "other_in_digits": other.isoformat(),
        }
    )


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _day_with_word(typed: str) -> date:
    """Of "Saturday, 5 December 2026", "December 5th, 2026" or "5. Dez. 2026"."""
    parts = [part for part in map(fold, _PARTS.findall(typed)) if part not in _FILLING]
    numbers = [part for part in parts if part.isdecimal()]
    names = [part for part in parts if not part.isdecimal()]
    months = [name for name in names if name in _named("months")]
    weekday = " ".join(name for name in names if name not in months)
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) < 3]
    is_known = not weekday or weekday in _named("days")
    if (len(months), len(years), len(days), len(numbers), is_known) != (1, 1, 1, 2, True):
        raise UnclearError(_day_sentence())
    day = _day(typed, years[0], _named("months")[months[0]], days[0])
    if weekday and _named("days")[weekday] != day.isoweekday():
        raise UnclearError(
            _("%(day)s is another day of the week than you typed. Which one do you mean?")
            % {"day": words.day_in_words(day)}
        )
    return day


def _named(what: str) -> dict[str, int]:
    """The names of months (1 is January) or of days (1 is Monday), folded."""
    languages = {"en", words.locale().language, *(code for code, _name in settings.LANGUAGES)}
    return _names(what, tuple(sorted(languages)))


@lru_cache
def _names(what: str, languages: tuple[str, ...]) -> dict[str, int]:
    """A name that means one thing in one language and another in the next is left out."""
    meanings: dict[str, set[int]] = {}
    for code in languages:
        tables = getattr(_babel(code), what)
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in tables[context][width].items():
                    value = number + 1 if what == "days" else number
                    meanings.setdefault(fold(name).strip(" ."), set()).add(value)
    return {name: next(iter(found)) for name, found in meanings.items() if len(found) == 1}


def _babel(code: str) -> Locale:
    return words.locale_of(code)


# Times

_TIME = re.compile(
    r"(?P<hours>[0-9]{1,2})(?:[:.h](?P<minutes>[0-9]{2})(?::(?P<seconds>[0-9]{2}))?|h)?"
    r"(?:(?P<half>[ap])\.?m\.?)?"
)
_FOUR_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})")
_NOON = {"noon", "midday", "12noon"}
_DAY_LONG = timedelta(hours=24)


def _time_sentence() -> str:
    return _("Enter a time such as 09:00, 18:30 or 6pm.")


def read_time(text: str) -> timedelta:
    """How long after the beginning of the day the time in `text` is. Raises UnclearError.

    24:00 is the end of the day. Seconds are read where they are typed.
    """
    typed = unicodedata.normalize("NFKC", text[: LONGEST + 1]).lower()
    typed = re.sub(r"\s+", "", typed)
    if typed in _NOON:
        return timedelta(hours=12)
    if typed in {"midnight", "12midnight"}:
        raise UnclearError(_("Midnight begins a day and ends one: enter 00:00 or 24:00."))
    if match := _FOUR_DIGITS.fullmatch(typed):
        return _time(*match.groups())
    match = _TIME.fullmatch(typed)
    if match is None:
        raise UnclearError(_time_sentence())
    hours = int(match["hours"])
    if match["half"]:
        if not 1 <= hours <= 12:
            raise UnclearError(_time_sentence())
        hours = hours % 12 + (12 if match["half"] == "p" else 0)
    return _time(hours, match["minutes"] or 0, match["seconds"] or 0)


def _time(hours: str | int, minutes: str | int, seconds: str | int = 0) -> timedelta:
    time = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
    if int(minutes) > 59 or int(seconds) > 59 or time > _DAY_LONG:
        raise UnclearError(_time_sentence())
    return time


# Moments


def moment(day: date, time: timedelta) -> datetime:
    """The moment of that day and time at the office. Raises UnclearError.

    A time that the clocks leave out that day, or that comes twice, is refused.
    """
    try:
        naive = datetime.combine(day, datetime.min.time()) + time
        found = _aware(naive)
        found.astimezone(UTC)  # as it is stored
    except OverflowError as error:
        raise UnclearError(_day_sentence()) from error
    return found


def _aware(naive: datetime) -> datetime:
    zone = timezone.get_current_timezone()
    before, after = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if before.utcoffset() == after.utcoffset():
        return before
    told = {
        "day": words.day_in_words(naive),
        "time": f"{naive:%H:%M}",
        "zone": words.zone_name(),
        "example": f"{_next_clear(naive):%H:%M}",
    }
    if _offset(before) < _offset(after):
        sentence = _(
            "There is no %(time)s on %(day)s: the clocks of %(zone)s are put forward then. Enter"
            " another time, such as %(example)s."
        )
    else:
        sentence = _(
            "%(time)s comes twice on %(day)s: the clocks of %(zone)s are put back then. Enter"
            " another time, such as %(example)s."
        )
    raise UnclearError(sentence % told)


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _next_clear(naive: datetime) -> datetime:
    """The next full half hour that comes once."""
    zone, half = timezone.get_current_timezone(), timedelta(minutes=30)
    naive = naive.replace(minute=naive.minute // 30 * 30, second=0)
    while len({_offset(naive.replace(tzinfo=zone, fold=fold)) for fold in (0, 1)}) > 1:
        naive += half
    return naive
