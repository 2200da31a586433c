"""What stands around each line of a list: counters, dates of signing, towns in front."""

from __future__ import annotations

import re

from . import kinds, places
from .text import MAX_LINE, key, keys

Line = tuple[int, str]

# The share of lines from which on a block is thought to be so throughout.
_MOSTLY = 0.6
_COUNTER = re.compile(
    r"^\s*(?:(?:No|Nr|N°|Nº|№|#)\.?\s?(?P<named>\d{1,7})(?:\s?[.):–—-]){0,2}\s+"
    r"|[(\[]?(?P<marked>\d{1,7})(?:[.)][-–—/]|[-–—/:\]])\s*)(?=[^\W\d_])",
    re.IGNORECASE,
)
_BARE = re.compile(r"^\s*(?P<number>\d{1,6})[ \u00a0]+(?=[^\W\d_])")
_DATE = (
    r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.?\s[^\W\d_]{3,12}\.?,?\s\d{4}"
    r"|[^\W\d_]{3,12}\s\d{1,2},?\s\d{4})(?:,?\s\d{1,2}:\d{2}(?::\d{2})?)?"
)
_AGO = (
    r"(?:(?:vor|il y a|hace|há|fa)\s)?(?:\d{1,3}|an?|one|eine[rm]?|une?|una?)\s[^\W\d_]{1,10}\.?"
    r"(?:\s(?:ago|назад|тому|əvvəl|önce|temu|geleden|fa|siden|sedan|atrás))"
    r"|(?:vor|il y a|hace|há)\s(?:\d{1,3}|eine[rm]?|une?|una?)\s[^\W\d_]{1,10}|just now|yesterday"
    r"|gestern|hier|ayer|вчера"
)
_SIGNED_ON = re.compile(
    rf"\s?[,;|(\[–—-]\s?(?:(?:signed|added|joined|unterzeichnet|unterschrieben|signé|firmado|firmato"
    rf"|assinado|ondertekend|podpisano|подписано|imzalanıb|imza)\s)?(?:(?:on|am|le|el|il|em|op)\s)?"
    rf"(?:{_DATE}|{_AGO})[)\]]?\s*$",
    re.IGNORECASE,
)


_WHEN = re.compile(rf"\W*(?:{_DATE}|{_AGO})\W*", re.IGNORECASE)


def is_time(text: str) -> bool:
    """Whether a line is nothing but when somebody signed: "2 hours ago"."""
    return len(text) < 60 and _WHEN.fullmatch(text) is not None


def without_counters(lines: list[Line]) -> list[Line]:
    """The lines with "No. 2 –", "1.-" and "#00412" as "2.", and without dates behind them."""
    return _without_dates(_numbered(_with_commas(lines)))


def _with_commas(lines: list[Line]) -> list[Line]:
    """As in "Jane Roe · Leeds · 2 days ago", as pages part what they say of somebody."""
    dotted = sum(" · " in text for _, text in lines)
    if dotted < 3 or 3 * dotted < len(lines):
        return lines
    return [(line, text.replace(" · ", ", ")) for line, text in lines]


def _numbered(lines: list[Line]) -> list[Line]:
    found = _matches(_COUNTER, lines)
    if _are_most(found, lines):
        return [
            (line, f"{int(match['named'] or match['marked'])}. {text[match.end() :]}")
            if (match := found.get(line))
            else (line, text)
            for line, text in lines
        ]
    bare = _matches(_BARE, lines)
    numbers = [int(match["number"]) for match in bare.values()]
    if numbers == sorted(set(numbers)) and _are_most(bare, lines):
        return [
            (line, f"{match['number']}. {text[match.end() :]}")
            if (match := bare.get(line))
            else (line, text)
            for line, text in lines
        ]
    return lines


def _without_dates(lines: list[Line]) -> list[Line]:
    found = {
        line: match
        for line, text in lines
        if len(text) <= MAX_LINE and (match := _SIGNED_ON.search(text[-60:]))
    }
    if len(found) < 3 or not _are_most(found, lines, 0.4):
        return lines
    return [
        (line, text[: len(text) - len(found[line][0])] if line in found else text)
        for line, text in lines
    ]


def _matches(pattern: re.Pattern[str], lines: list[Line]) -> dict[int, re.Match[str]]:
    return {
        line: match
        for line, text in lines
        if len(text) <= MAX_LINE and (match := pattern.match(text))
    }


def _are_most(found: dict[int, re.Match[str]], lines: list[Line], share: float = _MOSTLY) -> bool:
    written = sum(any(map(str.isalnum, text)) for _, text in lines)
    return len(found) > 1 and len(found) >= share * written


_TOWN_FIRST = re.compile(
    r"^(?P<mark>\s*(?:[-*•]\s|\d{1,4}[.)]\s)?)(?P<town>[^,;|:()–—]{2,30}?)(?:\s[–—-]|:)\s(?P<rest>\S.*)$"
)


def with_towns_behind(lines: list[Line]) -> list[Line]:
    """As in "Leeds – Jane Roe, teacher" throughout: the town goes to the end of the line."""
    found = _matches(_TOWN_FIRST, lines)
    known = [match for match in found.values() if places.cities(match["town"].strip())]
    if len(known) < 3 or len(known) < _MOSTLY * len(found) or not _are_most(found, lines):
        return lines
    if not _mostly_names([match["rest"] for match in found.values()]):
        return lines
    return [
        (line, f"{found[line]['mark']}{found[line]['rest']}, {found[line]['town'].strip()}")
        if line in found
        else (line, text)
        for line, text in lines
    ]


def _mostly_names(texts: list[str]) -> bool:
    firsts = [text.partition(",")[0].partition("(")[0].strip() for text in texts]
    return sum(map(_is_plain_name, firsts)) >= _MOSTLY * len(firsts)


def _is_plain_name(text: str) -> bool:
    return kinds.looks_like_name(text) and not kinds.looks_like_organization(text)


_CODE = re.compile(r"\s\((?P<code>[A-Z]{2})\)\s*$")
_SHORT = re.compile(
    r"(?<=\w)\s\((?P<code>[A-ZÄÖÜÅ]{1,2}|\d{2,3}|2[AB]|KD|MP|SP|SVP|EVP|FDP|SPD|CDU)\)(?=,|\s*$)"
)


def without_codes(lines: list[Line]) -> list[Line]:
    """As in "Jane Roe, Chur (GR)" and "Jane Roe (S), Luleå": codes of a district or a party."""
    found = {
        line: match
        for line, text in lines
        if len(text) <= MAX_LINE and ")" in text and (match := _SHORT.search(text))
    }
    codes = {match["code"] for match in found.values()}
    if len(codes) < 3 or not _are_most(found, lines, 0.5):
        return lines
    if all(map(places.is_region_code, codes)) or not _are_local(found, codes, dict(lines)):
        return lines
    return [(line, _SHORT.sub("", text) if line in found else text) for line, text in lines]


_CANTONS = keys("ag ai ar be bl bs fr ge gl gr ju lu ne nw ow sg sh so sz tg ti ur vd vs zg zh")


def _are_local(found: dict[int, re.Match[str]], codes: set[str], texts: dict[int, str]) -> bool:
    """Whether the codes are no countries': some name none, or stand behind towns of cantons."""
    if not all(map(places.country_of_plate, codes)):
        return True
    towns = [texts[line][: match.start()].rpartition(",")[2] for line, match in found.items()]
    swiss = sum(bool(places.cities(town.strip(), "CH")) for town in towns)
    return set(map(key, codes)) <= _CANTONS and 2 * swiss > len(towns)


_BEHIND_TOWN = re.compile(r"(?:^|[,;|–—(]\s*)(?P<town>[^,;|–—()]{2,40}?)\s(?P<code>[A-Z]{2})\)?$")


def without_cantons(lines: list[Line]) -> list[Line]:
    """As in "Jane Roe, teacher, Wil SG" throughout: codes of cantons, or of provinces."""
    found = {
        line: match
        for line, text in lines
        if len(text) <= MAX_LINE and (match := _BEHIND_TOWN.search(text.rstrip()))
    }
    known = max(sum(_lies_in(match, country) for match in found.values()) for country in _CODED)
    if known < _LEAST_CODES or known < _MOSTLY * len(found) or not _are_most(found, lines, 0.4):
        return lines
    return [
        (line, text.rstrip()[: found[line].end("town")] if line in found else text)
        for line, text in lines
    ]


_LEAST_CODES = 3
_CODED = ("CH", "IT")


def _lies_in(match: re.Match[str], country: str) -> bool:
    known = places.region(match["code"], country)
    return bool(known) and bool(places.cities(match["town"].strip(), country))


def with_countries(lines: list[Line]) -> list[Line]:
    """As in "River Trust (DE)" among other countries: the code is no state's."""
    found = {
        line: match
        for line, text in lines
        if len(text) <= MAX_LINE and (match := _CODE.search(text[-12:]))
    }
    codes = {match["code"] for match in found.values()}
    if len(codes) < 3 or not _are_most(found, lines):
        return lines
    names = {code: places.country_name(code) for code in codes}
    if not all(names.values()) or all(map(places.is_region_code, codes)):
        return lines
    return [
        (line, f"{_CODE.sub('', text)} ({names[found[line]['code']]})")
        if line in found
        else (line, text)
        for line, text in lines
    ]
