"""Reading the place off the end of a line."""

from __future__ import annotations

import re

from . import kinds, places
from .names import is_credential
from .parsed import Draft
from .roles import is_role_behind as is_role
from .segments import Segment, tidy
from .text import key, word_key
from .towns import (
    Tail,
    drop_postcode,
    drop_street,
    ends_with_city,
    take_city_before,
    take_lone_city,
)


def take_place(segments: list[Segment], draft: Draft, home: str = "") -> list[Segment]:
    """Read city, region and country from the end into the draft; return what is before them."""
    tail = Tail(_split_slashed(segments), draft, home)
    if len(segments) > 2 and key(tail.last.text) in ("eu", "european union", "europe", "earth"):
        draft.note(f"“{tail.segments.pop().text}” was left out of the fields.")
    drop_postcode(tail)
    if not tail.segments or _take_town_by_its_word(tail):
        return tail.segments
    named = _take_country(tail)
    drop_postcode(tail)
    had_region = tail.segments and _take_region(tail, named)
    if tail.segments and (named or had_region):
        drop_postcode(tail)
        take_city_before(tail)
    elif tail.segments:
        take_lone_city(tail)
    drop_street(tail)
    return tail.segments


# "г. Тверь", "м. Львів", "с. Оріхове", "şəh. Şəki": the word says that a town follows.
_TOWN_WORD = re.compile(r"(?:г|гр|гор|м|с|пгт|пос|смт|дер|д|ст|şəh|qəs|кент)\.\s*(?=[^\W\d_]{3})")


def _take_town_by_its_word(tail: Tail) -> bool:
    match = _TOWN_WORD.match(tail.last.text)
    town = tidy(tail.last.text[match.end() :]) if match else ""
    if len(tail.segments) < 2 or not town[:1].isupper():
        return False
    tail.segments.pop()
    tail.draft.city = town
    tail.draft.country = tail.draft.country or places.likely_country(places.cities(town))
    return True


def _split_slashed(segments: list[Segment]) -> list[Segment]:
    """As in "Stockholm/Sweden", "Portland/OR": a city and what it lies in."""
    last = segments[-1]
    city, slash, around = last.text.partition("/")
    if not slash or last.is_fixed or "/" in around:
        return list(segments)
    code = places.country(around.strip())
    pairs = [(code, "")] if code else places.bare_regions(around.strip())
    within = any(
        places.cities(city, country, region if country == "US" else "") for country, region in pairs
    )
    if not within:
        return list(segments)
    parts = [Segment(tidy(city), last.separator), Segment(tidy(around), "/")]
    return [*segments[:-1], *parts]


def _take_country(tail: Tail) -> bool:
    text, first = tail.last.text, len(tail.segments) == 1
    if tail.last.is_fixed:
        return False
    if len(tail.segments) > 1 and _is_ambiguous_code(tail):
        return False
    code = places.country(text)
    if code and not first and not _is_us_georgia(tail, text):
        tail.segments.pop()
        tail.draft.country = code
        if places.is_home_nation(text):
            tail.draft.region = text
        return True
    return _take_trailing_country(tail)


def _is_ambiguous_code(tail: Tail) -> bool:
    """Two capitals such as "CA" or "DE" are a region's code unless the city says otherwise."""
    return places.is_region_code(tail.last.text)


def _is_us_georgia(tail: Tail, text: str) -> bool:
    """Georgia is the state unless the city before it is in the country."""
    if key(text) != "georgia":
        return False
    before = tail.segments[-2].text
    return not places.cities(before, "GE") or bool(places.cities(before, "US", "GA"))


def _take_trailing_country(tail: Tail) -> bool:
    """As in "London UK", "Toronto Canada": a city and its country without a comma."""
    words = tail.last.words
    for size in (3, 2, 1):
        if len(words) <= size:
            continue
        code = places.country(" ".join(words[-size:]))
        rest = tidy(" ".join(words[:-size]))
        if not code or places.is_region_code(words[-1]):
            continue
        known = bool(places.cities(rest, code)) or bool(places.region(rest, code))
        if known and len(tail.segments) > 1:
            tail.replace_last(rest)
            tail.draft.country = code
            return True
        if ends_with_city(rest, code):
            tail.replace_last(rest)
            tail.draft.country = code
            return True
    return False


def _take_region(tail: Tail, named: bool) -> bool:
    if tail.last.is_fixed:
        return False
    text = tail.last.text
    first = len(tail.segments) == 1
    country = tail.draft.country
    if country:
        return not first and _take_region_of(tail, country)
    pairs = [] if first else places.bare_regions(text)
    before = "" if first or len(tail.segments) < 2 else tail.segments[-2].text
    if _is_legal_or_degree(tail, before, pairs):
        return False
    if pairs or (places.is_region_code(text) and not first):
        return _settle_code(tail, text, before, pairs)
    if _is_country_code_for(text, before):
        tail.segments.pop()
        tail.draft.country = text.upper()
        return True
    return _take_trailing_region(tail)


# Codes of regions that are legal forms, or degrees, where no town of the region stands before.
_LEGAL_OR_DEGREE = frozenset(
    ("AB", "SA", "AG", "BA", "MA", "MS", "AS", "AC", "A.C.", "A.C", "S.A.", "S.C.", "A.P.", "A.S.")
)


def _is_legal_or_degree(tail: Tail, before: str, pairs: list[tuple[str, str]]) -> bool:
    text = tail.last.text
    if pairs and _is_credential_instead(tail, text):
        return True
    return bool(before) and text in _LEGAL_OR_DEGREE and not _is_placed(tail, before, pairs)


def _is_placed(tail: Tail, before: str, pairs: list[tuple[str, str]]) -> bool:
    if any(before and _holds_city(before, country, code) for country, code in pairs):
        return True
    if len(tail.segments) > 2 and not tail.segments[-2].is_fixed:
        return not is_credential(tail.last.text) or tail.home in dict(pairs)
    named = kinds.looks_like_organization(before) and not is_credential(tail.last.text)
    return tail.home in dict(pairs) or (named and tail.last.text not in ("AB", "SA", "AG", "AS"))


def _take_region_of(tail: Tail, country: str) -> bool:
    text = tail.last.text
    if country == "GB" and places.is_home_nation(text):
        tail.segments.pop()
        tail.draft.region = text
        return True
    code = places.region(text, country)
    if code and not (places.cities(text, country) and not _has_city_before(tail, country)):
        tail.segments.pop()
        tail.draft.region = code
        return True
    if _take_trailing_region(tail, country):
        return True
    if len(tail.segments) > 2 and _has_city_before(tail, country):
        looks = kinds.looks_like_organization(text) or is_role(text)
        if not looks and not places.cities(text, country) and len(tail.last.words) < 4:
            tail.segments.pop()
            tail.draft.region = text
            return True
    return False


def _has_city_before(tail: Tail, country: str) -> bool:
    return len(tail.segments) > 2 and bool(places.cities(tail.segments[-2].text, country))


def _is_credential_instead(tail: Tail, text: str) -> bool:
    """As in "Jane Roe, MD": after a bare name a code that is a credential too."""
    if len(tail.segments) != 2 or not is_credential(text):
        return False
    if word_key(text) == "md" or "." in text:
        tail.draft.note(f"“{text}” was read as a credential; it may be a state.", 0.2)
        return True
    if not kinds.looks_like_organization(tail.segments[0].text):
        tail.draft.note(f"“{text}” was read as a state; it may be a credential.", 0.2)
    return False


def _is_country_code_for(code: str, city: str) -> bool:
    upper = code.strip()
    return (
        len(upper) == 2
        and upper.isupper()
        and upper.isalpha()
        and bool(city)
        and bool(places.cities(city, upper))
    )


def _settle_code(tail: Tail, text: str, before: str, pairs: list[tuple[str, str]]) -> bool:
    """Choose what a code or a region's name means by the city in front of it."""
    for country, code in pairs:
        if before and _holds_city(before, country, code):
            return _set_region(tail, country, code)
    if _is_country_code_for(text, before):
        tail.segments.pop()
        tail.draft.country = text.strip()
        return True
    if _take_city_instead(tail, text, pairs):
        return True
    return _set_bare_region(tail, text, before, pairs)


def _set_bare_region(tail: Tail, text: str, before: str, pairs: list[tuple[str, str]]) -> bool:
    if tail.home in {country for country, _ in pairs}:
        return _set_region(tail, tail.home, dict(pairs)[tail.home])
    if not pairs:
        return False
    country, code = pairs[0]
    if key(text) == "georgia":
        tail.draft.note("“Georgia” was read as the US state; it may be the country.", 0.2)
    elif key(text) == "new york" and not _is_placed_before(before):
        return _lone_new_york(tail, text)
    return _set_region(tail, country, code)


_GREAT = 100_000


def _take_city_instead(tail: Tail, text: str, pairs: list[tuple[str, str]]) -> bool:
    country = _country_of_city(tail, text, pairs)
    if country:
        tail.segments.pop()
        tail.draft.city, tail.draft.country = text, country
        tail.draft.note(f"“{text}” was read as a city; it may be something else.", 0.1)
    return bool(country)


def _country_of_city(tail: Tail, text: str, pairs: list[tuple[str, str]]) -> str:
    """The country of the city in "Jane Roe, Paraná", in a list of Argentina, or ""."""
    if places.is_region_code(text) or _is_placed_before(tail.segments[-2].text):
        return ""
    if tail.home and tail.home not in dict(pairs):
        return tail.home if places.cities(text, tail.home) else ""
    country = pairs[0][0] if pairs else "US"
    found = places.cities(text, country) if country != "US" else ()
    return country if found and found[0].population > _GREAT else ""


def _holds_city(city: str, country: str, code: str) -> bool:
    if country == "US":
        return bool(places.cities(city, country, code))
    return bool(places.cities(city, country)) and _outside_weight(city, country) >= 0.2


def _lone_new_york(tail: Tail, text: str) -> bool:
    tail.segments.pop()
    tail.draft.city, tail.draft.country = text, "US"
    tail.draft.note("“New York” was read as the city; it may be the state.", 0.1)
    return True


def _is_placed_before(before: str) -> bool:
    return bool(before) and (
        bool(places.cities(before, "US", "NY")) or bool(places.customary_city(before))
    )


def _outside_weight(city: str, country: str) -> float:
    matches = places.cities(city)
    return places.cities(city, country)[0].population / max(1, matches[0].population)


def _set_region(tail: Tail, country: str, code: str) -> bool:
    tail.segments.pop()
    tail.draft.country, tail.draft.region = country, code
    return True


def _take_trailing_region(tail: Tail, country: str = "") -> bool:
    """As in "Portland OR", "Washington D.C.", "Austin Texas": a city and its region, no comma."""
    words = tail.last.words
    first = len(tail.segments) == 1
    for size in (2, 1):
        if len(words) <= size:
            continue
        text = " ".join(words[-size:])
        rest = tidy(" ".join(words[:-size]))
        for code_country, code in places.bare_regions(text) or []:
            if country and code_country != country:
                continue
            within = code if code_country == "US" else ""
            known = bool(places.cities(rest, code_country, within))
            coded = places.is_region_code(text)
            if text in _LEGAL_OR_DEGREE and not (
                known or ends_with_city(rest, code_country, within)
            ):
                continue
            fits = known and not first
            fits |= coded and not first and not kinds.looks_like_organization(rest)
            fits |= (
                coded and not is_credential(text) and (first or kinds.looks_like_organization(rest))
            )
            fits |= bool(ends_with_city(rest, code_country, within)) and len(rest) > 5
            if fits and (coded or known or size > 0):
                tail.replace_last(rest)
                tail.draft.country, tail.draft.region = code_country, code
                return True
    return False
