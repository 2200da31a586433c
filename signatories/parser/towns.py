"""Towns, postcodes and streets at the end of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from . import kinds, places
from .gazetteer import City
from .names import is_credential
from .parsed import Draft
from .roles import is_role_behind as is_role
from .segments import Segment, tidy
from .text import word_key
from .townlike import is_townlike
from .vocabulary import words as word_set

_POSTCODES = re.compile(
    r"""(?:^|(?<=\s))(?:\d{5}(?:-\d{4})?|\d{4}\s?[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d
    |[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|(?:AZ|D|A|CH|F|B|L)-?\s?\d{4,5}|\d{4,6}|\d{3}-\d{4})$""",
    re.VERBOSE,
)
# "Teachers Local 1930": the number is the organization's.
_NUMBER_OF_OWN = re.compile(
    r"\b(?:local|chapter|lodge|post|branch|troop|unit|district|no\.?)\s+#?\d+$", re.IGNORECASE
)
_PUBLIC_BODY = re.compile(
    r"(?:city|town|village|county|borough|township|municipality|commune|state)\s+of\s",
    re.IGNORECASE,
)
_LEADING_POSTCODE = re.compile(r"^(?:[A-Z]{1,2}-?)?\d{4,6}\s+(?=[^\W\d_])")
_STREET = re.compile(
    r"\d+[a-z]?,?\s+(?:[\w.'-]+\s+){1,4}(?:street|st|avenue|ave|road|rd|lane|ln|boulevard|blvd"
    r"|drive|dr|way|court|square|place|terrace)\.?"
    r"|(?:suite|apt|unit|floor|p\.?o\.? box)\.?\s*#?\w{1,6}"
    r"|[\w.'-]+(?:straße|strasse|str\.?|weg|gasse|platz|allee)\s+\d+[a-z]?"
    r"|\d{1,4},?\s(?:bis\s)?(?:rue|avenue|boulevard|bd|place|chemin|allée|impasse|quai)\s.{2,40}"
    r"|(?:via|viale|piazza|corso|calle|avenida|plaza|rua|praça|ulica|ul|улица"
    r"|ул)\.?\s[^\d]{2,40},?\s?\d+\w?",
    re.IGNORECASE,
)
_TOWN_WORDS = word_set(
    """
    san santa saint st los las el la fort ft mount mt port new north south east west upper
    lower great little bad creek falls springs beach heights park hills hill city grove lake
    lakes junction valley ridge point rapids bluffs village township town haven harbor
    harbour green wells bridge mills crossing under upon sur sous an am
    """
)


@dataclass
class Tail:
    segments: list[Segment]
    draft: Draft
    home: str = ""  # the country that most lines of the block name

    @property
    def last(self) -> Segment:
        return self.segments[-1]

    def replace_last(self, text: str) -> None:
        last = self.segments.pop()
        if text:
            self.segments.append(replace(last, text=text))


_DIGIT = re.compile(r"\d")


def drop_postcode(tail: Tail) -> None:
    if not tail.segments or tail.last.is_fixed:
        return
    text = tail.last.text
    if not _DIGIT.search(text) and text == text.strip():
        return
    shorter = _POSTCODES.sub("", text).strip()
    if _NUMBER_OF_OWN.search(text):
        return
    if len(tail.segments) > 1:
        shorter = _LEADING_POSTCODE.sub("", shorter)
    if shorter != text and (len(tail.segments) > 1 or shorter):
        tail.replace_last(tidy(shorter))
        tail.draft.note(f"The postcode in “{text}” was left out of the fields.")


def drop_street(tail: Tail) -> None:
    placed = tail.draft.city or tail.draft.region or tail.draft.country
    while len(tail.segments) > 1 and placed and not tail.last.is_fixed:
        if not _STREET.fullmatch(tail.last.text):
            break
        street = tail.segments.pop().text
        tail.draft.note(f"The street address “{street}” was left out of the fields.")
    if len(tail.segments) > 1 and tail.draft.city and _is_neighbourhood(tail.last):
        district = tail.segments.pop().text
        tail.draft.note(f"“{district}” was read as a part of {tail.draft.city}.", 0.2)


def _is_neighbourhood(segment: Segment) -> bool:
    words = [word_key(word) for word in segment.words]
    ends = words[-1] in ("beach", "heights", "village", "hills", "hill", "borough", "township")
    plain = kinds.organization_score(segment.text) < 2
    return ends and plain and 1 < len(words) < 4 and not segment.is_fixed


def ends_with_city(text: str, country: str, region: str = "") -> int:
    """How many words at the end of a text are a city, where at least two words are before it."""
    words = text.split()
    for size in (3, 2, 1):
        if len(words) - size >= 2 and places.cities(" ".join(words[-size:]), country, region):
            before = word_key(words[-size - 1])
            if before not in ("of", "de", "the", "for", "in", "and", "&"):
                return size
    return 0


def take_city_before(tail: Tail) -> None:
    """The city in front of a region or a country that has just been read."""
    draft = tail.draft
    text = tail.last.text
    within = draft.region if draft.country == "US" else ""
    customary = places.customary_city(text, draft.region)
    first = len(tail.segments) == 1
    if tail.last.is_fixed:
        return
    if not first and customary:
        draft.note(f"“{text}” was read as {customary}.")
        _pop_city(tail, customary)
    elif not first and places.cities(text, draft.country, within):
        if is_role(text) or kinds.organization_score(text) > 2:
            return
        _pop_city(tail, text)
    elif not first and _could_be_town(tail):
        _pop_city(tail, text)
    else:
        _split_off_city(tail, within)


def _pop_city(tail: Tail, city: str) -> None:
    tail.segments.pop()
    tail.draft.city = _city_spelling(city)


def _city_spelling(city: str) -> str:
    if city.isupper() and len(city) > 3:
        return city.title()
    return city


def _could_be_town(tail: Tail) -> bool:
    """Whether an unknown name stands where a town stands: behind all else, before its state."""
    text, draft = tail.last.text, tail.draft
    words = [word_key(word) for word in text.split()]
    if len(words) > 4 or not words or is_role(text) or is_credential(text):
        return False
    named = any(kinds.is_strong_organization_word(word) for word in words) or "(" in text
    if named or _PUBLIC_BODY.match(text):
        return False
    townlike = len(words) == 1 or bool(_TOWN_WORDS & set(words))
    alone = len(tail.segments) == 2 and not kinds.looks_like_organization(tail.segments[0].text)
    if kinds.looks_like_organization(text) and not townlike:
        return False
    if alone and (kinds.is_acronym(text) or _has_inner_capital(text)):
        return False
    if alone and not townlike:
        draft.note(f"“{text}” was read as an organization; it may be a town.", 0.2)
        return False
    if (alone and len(words) == 1) or kinds.organization_score(text):
        draft.note(f"“{text}” is no town the place data knows; it was read as one.", 0.05)
    return True


def _has_inner_capital(text: str) -> bool:
    return (
        any(char.isupper() for char in text[1:].replace("Mc", "").replace("-", ""))
        and " " not in text
    )


_LOCATED = re.compile(r"(.+?)(?<!\s),?\s+(?:based\s+)?in\s+([^\d,]{2,40})")


def _split_off_city(tail: Tail, within: str) -> None:
    """As in "Jane Roe Houston, TX": the city ends the segment before its region."""
    located = _LOCATED.fullmatch(tail.last.text)
    if located and places.cities(located[2], tail.draft.country, within):
        tail.replace_last(tidy(located[1]))
        tail.draft.city = located[2]
        return
    size = ends_with_city(tail.last.text, tail.draft.country, within)
    words = tail.last.words
    if not size:
        return
    rest, city = " ".join(words[:-size]), " ".join(words[-size:])
    closes = kinds.is_strong_organization_word(words[-size - 1])
    person = kinds.looks_like_name(rest) and not kinds.looks_like_organization(rest)
    if (len(tail.segments) == 1 and (closes or person)) or (closes and len(words) - size >= 2):
        tail.replace_last(tidy(rest))
        tail.draft.city = places.customary_city(city) or city
        tail.draft.note(f"“{city}” was read as the city although no comma is before it.", 0.1)


def take_lone_city(tail: Tail) -> None:
    """A city at the end with neither region nor country behind it."""
    text = tail.last.text
    first = len(tail.segments) == 1
    if first or tail.last.is_fixed or is_role(text):
        return
    matches = places.cities(text)
    exact = bool(matches) and len(tail.last.words) > 1 and len(tail.segments) > 2
    if kinds.organization_score(text) > 1 and not (exact or places.customary_city(text)):
        return
    customary = places.customary_city(text)
    if not matches and len(tail.segments) == 2 and _is_town_of_body(tail):
        tail.draft.note(f"“{text}” was read as a town by its form.", 0.2)
        _pop_city(tail, text)
        return
    if not matches or (is_credential(text) and not customary):
        return
    if _is_campus(tail, text):
        university = tail.segments.pop(-2)
        tail.replace_last("")
        whole = f"{university.text}, {text}"
        tail.segments.append(Segment(whole, university.separator, quoted=True))
        return
    small = matches[0].population < 15_000 and len(text.split()) == 1 and not tail.home
    if small and len(tail.segments) == 2:
        tail.draft.note(f"“{text}” was read as a city; it may be something else.", 0.2)
    _pop_city(tail, customary or text)
    if customary:
        tail.draft.note(f"“{text}” was read as {customary}.")
    _guess_country(tail, text, matches)


def _is_town_of_body(tail: Tail) -> bool:
    """As in "Council of Parents and Teachers, Eastmoor": a body, and what reads as a town."""
    body = tail.segments[0]
    strong = any(map(kinds.is_strong_organization_word, body.words))
    return (strong or body.quoted) and is_townlike(tail.last.text)


_OF_STATE = re.compile(r"\bUniversity\s+of\s+(?P<state>[A-Z]\w+(?:\s[A-Z]\w+)?)$")


def _is_campus(tail: Tail, city: str) -> bool:
    """As in "University of Wisconsin, Madison": the town tells which of the universities."""
    match = _OF_STATE.search(tail.segments[-2].text)
    state = places.region(match["state"], "US") if match else ""
    return bool(state) and bool(places.cities(city, "US", state))


def _guess_country(tail: Tail, text: str, matches: tuple[City, ...]) -> None:
    country = places.likely_country(matches)
    if country:
        tail.draft.country = country
        tail.draft.inferred = True
        tail.draft.note(f"The country {country} was inferred from the city “{text}”.", 0.05)
    elif tail.home and any(city.country == tail.home for city in matches):
        tail.draft.country = tail.home
        tail.draft.note(f"The country {tail.home} was taken from the other lines.", 0.1)
    else:
        tail.draft.note(f"More than one country has a city called “{text}”.", 0.1)
