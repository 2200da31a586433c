"""The "CITY, Date /Wire/ --" at the start of a release."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache

from babel import Locale

_LANGUAGES = (
    "en",
    "az",
    "de",
    "fr",
    "tr",
    "es",
    "ru",
    "it",
    "pt",
    "pl",
    "uk",
    "nl",
    "el",
    "ar",
    "sv",
)
_MONTH = r"[^\W\d_]{3,12}\.?"
_WEEKDAY = (
    r"(?:[^\W\d_]{2,10}(?:day|tag|och|di|ertəsi|axşamı|che|edì)|(?:Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)\.?"
    r"|(?i:lunes|martes|miércoles|jueves|viernes|sábado|domingo|salı|çarşamba|perşembe|cuma|cümə"
    r"|pazar|bazar|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье))"
)
_DATE = (
    rf"(?:(?:{_WEEKDAY},\s)?(?:{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}"
    rf"|(?:le\s|den\s|am\s|el\s|lì\s|a\s)?\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?\s(?:de\s)?{_MONTH}\s(?:de\s)?\d{{4}}"
    rf"|\d{{1,2}}-{_MONTH}-\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    r"|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4})(?:\s?(?:-ci\s)?il\b|\s(?:г|р|r)\.)?)"
)
# "Feb. 26": without its year; the month's name is looked at afterwards.
_DAY = rf"(?:(?:{_WEEKDAY},\s)?(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\.?\s{_MONTH}))(?![\w:])"
_WIRE = (
    r"(?:/(?P<slashed>[^/\n]{2,40})/|\((?P<bracketed>[\w .-]{0,30}"
    r"(?:WIRE|Wire|NEWS|News|PRESS|Press|CNW|AP|AFP|Reuters|UPI|dpa)[\w .-]{0,30})\))"
)
_CITY = r"(?P<city>[^\W\d_][^\d\n/()—]{1,60}?)"
_DASH = r"(?:\s?(?:\.-|\.(?=\s)|--|–|—|‒|―|:)\s?|\s-\s)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # WASHINGTON, Oct. 9, 2020 /PRNewswire/ --   LEEDS, UK (3 March 2026) —
        rf"\(?{_CITY}(?:,\s?|\s?[–—-]++\s?|\s?\(|\s)(?P<date>{_DATE})\)?,?\s?"
        rf"(?:{_WIRE})?\)?(?:{_DASH}|$)",
        # NEW YORK, NY / ACCESSWIRE / January 15, 2026 /
        rf"{_CITY}\s?/\s?(?P<slashed>[^/\n\d]{{2,40}}?)\s?/\s?(?P<date>{_DATE})\s?"
        rf"(?:/\s?(?:--|[–—-]\s)?\s?|{_DASH}|$)",
        # LOS ANGELES, Feb. 26 /PRNewswire/ --
        rf"\(?{_CITY}(?:,\s?|\s?[–—-]++\s?|\s?\()(?P<day>{_DAY})\)?,?\s?(?:{_WIRE})?\)?(?:{_DASH}|$)",
        # PORTLAND, Ore.--(BUSINESS WIRE)--   TORONTO /CNW/ -
        rf"{_CITY}(?:--|–|—|,|\s)\s?{_WIRE}(?:{_DASH}|$)",
        # March 3, 2026 – Leeds –     March 3, 2026 /PRNewswire/ --
        rf"\(?(?P<date>{_DATE})\)?(?:\s?[,–—-]++\s?{_CITY})?\s?(?:{_WIRE})?(?:{_DASH}|$)",
        # (Leeds, UK) –
        rf"\({_CITY}\)\s?(?:--|–|—)\s?(?=\w)",
        # LEEDS, UK —
        r"(?P<city>[^\W\d_a-z][^\Wa-z\d_]+(?:[ .,'-]+[^\W\d_"
        r"a-z][\w.]*+){0,4}),?\s?(?:--|–|—)\s?(?=\w)",
    )
)


_EMPHASIZED = re.compile(r"^([*_]{1,3})([^*_\n]{3,160})\1")
_FOUND_DATE = re.compile(_DATE)


@dataclass(frozen=True)
class Dateline:
    city: str = ""
    date: str = ""  # ISO 8601
    wire: str = ""
    place: str = ""  # the place as written, with its state or country
    note: str = ""  # what is amiss with the date


def read(text: str) -> tuple[Dateline, str] | None:
    """The dateline at the start of a paragraph and the words after it, or None."""
    text = _EMPHASIZED.sub(r"\2", " ".join(text.split()), count=1)
    head = text[:240]
    for pattern in _PATTERNS:
        match = pattern.match(head)
        if not match:
            continue
        groups = match.groupdict()
        written = groups.get("date") or groups.get("day") or ""
        date = iso_date(groups.get("date") or "")
        if written and not date and not _names_a_day(written):
            continue
        place = " ".join((groups.get("city") or "").split()).strip(" ,،(–—-")
        if place and not _is_placelike(place, bool(written or groups.get("slashed"))):
            continue
        wire = " ".join((groups.get("slashed") or groups.get("bracketed") or "").split())
        rest = text[match.end() :].strip()
        if not (written or wire) and not rest:
            continue
        note = "" if date or not written else _amiss(written, bool(groups.get("day")))
        return Dateline(_city_of(place, rest), date, wire, place, note), rest
    return None


def _names_a_day(written: str) -> bool:
    """Whether words are a date, be it one that no calendar has."""
    words = re.findall(r"[^\W\d_]+", written)
    return not words or any(word.casefold() in _months() for word in words)


def _amiss(written: str, yearless: bool) -> str:
    if yearless:
        return f"The dateline's date “{written}” has no year; the date was left empty."
    return f"There is no such date as “{written}”; the date was left empty."


def _is_placelike(place: str, dated: bool) -> bool:
    words = re.findall(r"[^\W\d_]+", place)
    small = [word for word in words if word.islower() and len(word) > 3]
    capital = words and (words[0][0].isupper() or not words[0].islower())
    return bool(capital) and len(words) <= (7 if dated else 5) and not small and len(place) < 60


_DONE_AT = re.compile(
    r"^(?:fait|hecho|dado|fatto|feito|done|given) (?:à|en|a|em|at|in) ", re.IGNORECASE
)


def _city_of(place: str, words: str) -> str:
    place = _DONE_AT.sub("", place, count=1)
    city = re.split(r"[,،/(]", place, maxsplit=1)[0].strip(" .")
    if not city.isupper() or len(city) < 4:
        return city
    if re.search("[əğı]", words):  # the dotless I of Azerbaijani and Turkish
        first, rest = city[0], city[1:].replace("I", "ı").replace("İ", "i")
        return first + rest.lower()
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda word: word[0].capitalize(), city)


@cache
def _months() -> dict[str, int]:
    months: dict[str, int] = {}
    for language in _LANGUAGES:
        locale = Locale(language)
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in locale.months[context][width].items():
                    months.setdefault(name.casefold().rstrip("."), number)
    return months | {"sept": 9, "juni": 6, "juli": 7}


def iso_date(text: str) -> str:
    """The ISO form of a written date, or "" where it is none."""
    plain = re.match(r"(\d{4})-(\d{2})-(\d{2})$", text)
    dotted = re.match(r"(\d{1,2})\.(\d{1,2})\.(\d{4})$", text)
    slashed = re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})$", text)
    if plain:
        return _iso(int(plain[1]), int(plain[2]), int(plain[3]))
    if dotted:
        return _iso(int(dotted[3]), int(dotted[2]), int(dotted[1]))
    if slashed:
        return _iso(int(slashed[3]), int(slashed[1]), int(slashed[2]))
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", text)]
    month = next((_months()[word] for word in reversed(words) if word in _months()), 0)
    if len(numbers) != 2 or not month:
        return ""
    year, day = max(numbers), min(numbers)
    return _iso(year, month, day)


def find_date(text: str) -> str:
    """The ISO form of the first date in a line, or ""."""
    dates = (iso_date(match[0]) for match in _FOUND_DATE.finditer(" ".join(text.split())[:200]))
    return next((date for date in dates if date), "")


def is_date(text: str) -> bool:
    """Whether a text is a date and nothing more."""
    return len(text) < 60 and bool(_FOUND_DATE.fullmatch(text)) and bool(find_date(text))


def names_month(word: str) -> bool:
    return word.casefold().rstrip(".") in _months()


def _iso(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""
