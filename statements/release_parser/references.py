"""Bills, resolutions, treaties and laws that a text cites."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_NUMBER = r"\d{1,4}(?:\s*\(\d{4}\))?"
_NUMBERS = rf"{_NUMBER}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s+və\s+){_NUMBER}){{0,60}}"
_NAME = r"(?:[A-Z][\w’'-]+|of|the|and|for|on|to|in|&)"


@dataclass(frozen=True)
class FoundReference:
    position: int
    title: str
    identifier: str


Reader = Callable[[re.Match[str]], Iterator[tuple[str, str]]]
Finder = tuple[re.Pattern[str], Reader]


def find_references(text: str) -> list[dict[str, str]]:
    """The instruments a text names, in the order in which they first appear, each once.

    The identifier is "" where the text gives no number.
    """
    found: list[FoundReference] = []
    taken = bytearray(len(text))
    for pattern, read in _FINDERS if _DIGIT.search(text) else _WITHOUT_NUMBER:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            found += [FoundReference(match.start(), *pair) for pair in read(match)]
    unique: dict[str, FoundReference] = {}
    for item in sorted(found, key=lambda item: item.position):
        unique.setdefault((item.identifier or item.title).casefold(), item)
    return [{"title": item.title, "identifier": item.identifier} for item in unique.values()]


def _security_council(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    for number, year in re.findall(r"(\d{1,4})(?:\s*\((\d{4})\))?", match["numbers"]):
        suffix = f" ({year})" if year else ""
        yield f"UN Security Council Resolution {number}{suffix}", f"S/RES/{number}{suffix}"


def _assembly_numbers(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    for number in re.findall(r"\d{1,2}/\d{1,4}", match["numbers"]):
        yield f"UN General Assembly Resolution {number}", f"A/RES/{number}"


def _assembly_years(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    subject = " ".join((match["subject"] or "").split()).rstrip(",.")
    named = f" “{subject}”" if subject else ""
    for year in re.findall(r"\d{4}", match["years"]):
        yield f"UN General Assembly Resolution{named} ({year})", ""


_CHAMBER = {
    "hr": ("US House Bill", "H.R."),
    "hres": ("US House Resolution", "H.Res."),
    "hconres": ("US House Concurrent Resolution", "H.Con.Res."),
    "hjres": ("US House Joint Resolution", "H.J.Res."),
    "s": ("US Senate Bill", "S."),
    "sres": ("US Senate Resolution", "S.Res."),
    "sconres": ("US Senate Concurrent Resolution", "S.Con.Res."),
    "sjres": ("US Senate Joint Resolution", "S.J.Res."),
}


def _congress(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    kind = re.sub(r"[^a-z]", "", match["kind"].lower())
    number = match["number"]
    title, short = _CHAMBER[kind]
    written = " ".join(match["kind"].split())
    if kind in ("hr", "s") and match["resolution"]:
        # "resolution HR 1165" is a resolution by its words and a bill by its letters: the number
        # stays as it is written, for staff to settle.
        yield (
            f"US {'House' if kind == 'hr' else 'Senate'} Resolution {number}",
            f"{written} {number}",
        )
    else:
        yield f"{title} {number}", f"{short} {number}"


def _house_resolution(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    chamber = match["chamber"].title()
    kind = (match["joint"] or "").strip().title()
    noun = match["noun"].title()
    number = match["number"]
    if noun == "Bill":
        short = "H.R." if chamber == "House" else "S."
    else:
        middle = {"": "", "Concurrent": "Con.", "Joint": "J."}[kind]
        short = f"{chamber[0]}.{middle}Res."
    yield " ".join(f"US {chamber} {kind} {noun} {number}".split()), f"{short} {number}"


_STATE_BILLS = {
    "AB": "Assembly Bill",
    "SB": "Senate Bill",
    "HB": "House Bill",
    "LD": "Legislative Document",
    "ACR": "Assembly Concurrent Resolution",
    "SCR": "Senate Concurrent Resolution",
    "AJR": "Assembly Joint Resolution",
    "SJR": "Senate Joint Resolution",
    "HCR": "House Concurrent Resolution",
    "HJR": "House Joint Resolution",
}


def _state_bill(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    letters = match["kind"].replace(".", "").upper()
    yield f"{_STATE_BILLS[letters]} {match['number']}", f"{letters} {match['number']}"


def _spelled_state_bill(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield f"Assembly Bill {match['number']}", f"AB {match['number']}"


def _european(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    body = "EU " if not match["body"] else " ".join(match["body"].split()) + " "
    number = re.sub(r"\s+", " ", match["number"])
    noun = " ".join(match["noun"].split())
    yield f"{'' if noun.startswith('Council') else body}{noun} {number}", f"{noun} {number}"


def _parliamentary(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    body = " ".join(match["body"].split()).removeprefix("the ")
    full = "PACE" if re.search(r"PACE|Parliamentary Assembly", body) else body
    number = match["number"]
    yield f"{full} {match['noun'].title()} {number}", f"{full} {match['noun'].title()} {number}"


def _dated_parliament(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield f"European Parliament Resolution of {' '.join(match['date'].split())}", ""


def _as_written(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    written = " ".join(match[0].split())
    yield written, written


def _public_law(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    number = re.sub(r"[–—]", "-", match["number"])
    yield f"Public Law {number}", f"Pub. L. {number}"


def _geneva(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield "Geneva Conventions of 1949", ""


def _treaty(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield re.sub(r"^[Tt]he\s+", "", " ".join(match[0].split()).strip(" ,")), ""


_DIGIT = re.compile(r"\d")
_I = re.IGNORECASE
_UN = r"(?:the\s+)?(?:U\.?N\.?|United\s+Nations)(?:['’]s?)?\s+"
_INSTRUMENT = r"(?:Convention|Treaty|Covenant|Declaration|Charter|Protocol|Accord|Agreement)"
_PLACES_OF_TREATIES = (
    r"(?:Aarhus|Paris|Ramsar|Berne?|Vienna|Hague|Kyoto|Istanbul|Faro|Basel|Espoo|Lisbon|Marrakesh"
    r"|Montreal|Helsinki|Lanzarote|Warsaw|Maastricht)"
)


def _finder(read: Reader, *parts: str, flags: int = 0) -> Finder:
    return re.compile("".join(parts), flags), read


# Earlier finders win over later ones where their finds overlap.
_FINDERS: tuple[Finder, ...] = (
    _finder(_security_council, r"\bS/RES/(?P<numbers>\d{1,4}(?:\s*\(\d{4}\))?)"),
    _finder(_assembly_numbers, r"\b(?P<numbers>A/RES/\d{1,2}/\d{1,4})"),
    _finder(
        _security_council,
        rf"\b(?:UNSC|(?:{_UN})?Security\s+Council(?:['’]s)?)\s+Resolutions?\s+(?:Nos?\.?\s*)?",
        rf"(?P<numbers>{_NUMBERS})",
        flags=_I,
    ),
    _finder(_security_council, r"\bUNSCR\s+(?P<numbers>\d{3,4})"),
    _finder(
        _security_council,
        rf"\bResolutions?\s+(?P<numbers>{_NUMBERS})\s+of\s+(?:the\s+)?(?:{_UN})?Security\s+Council",
        flags=_I,
    ),
    _finder(
        _assembly_numbers,
        rf"\b(?:UNGA|(?:{_UN})?General\s+Assembly(?:['’]s)?)\s+Resolutions?\s+(?:Nos?\.?\s*)?",
        r"(?P<numbers>\d{1,2}/\d{1,4}(?:(?:,\s*|\s+and\s+|,\s*and\s+)\d{1,2}/\d{1,4})*)",
        flags=_I,
    ),
    _finder(
        _assembly_years,
        rf"\b(?:UNGA|(?:{_UN})General\s+Assembly)\s+Resolutions?\s+(?:on\s+)?(?:the\s+)?",
        r"(?:[\"“](?P<subject>[^\"”]{3,160})[\"”]\s*)?[^.;]{0,40}?",
        r"\b(?:adopted|passed|of|in|from)\s+(?:in\s+)?",
        r"(?P<years>\d{4}(?:(?:,\s*|\s+and\s+|,\s*and\s+)\d{4})*)",
        flags=_I,
    ),
    _finder(
        _congress,
        r"(?P<resolution>\bresolutions?(?:\s*,)?\s*\(?)?(?<![\w.])",
        r"(?P<kind>H\.?\s?J\.?\s?Res\.?|H\.?\s?Con\.?\s?Res\.?|H\.?\s?Res\.?|S\.?\s?J\.?\s?Res\.?",
        r"|S\.?\s?Con\.?\s?Res\.?|S\.?\s?Res\.?|H\.\s?R\.|HR|S\.)",
        r"\s?(?:No\.\s?)?(?P<number>\d{1,5})\b(?!/)",
        flags=_I,
    ),
    _finder(
        _house_resolution,
        r"\b(?P<chamber>House|Senate)\s+(?P<joint>Concurrent\s+|Joint\s+)?",
        r"(?P<noun>Resolution|Bill)\s+(?:No\.?\s*)?(?P<number>\d{1,5})\b",
        flags=_I,
    ),
    _finder(
        _spelled_state_bill,
        r"\bAssembly\s+Bill\s+(?:No\.?\s*)?(?P<number>\d{1,5})\b",
        flags=_I,
    ),
    _finder(
        _state_bill,
        r"\b(?P<kind>A\.?B\.?|S\.?B\.?|H\.?B\.?|LD|ACR|SCR|AJR|SJR|HCR|HJR)",
        r"\s?(?:No\.\s?)?(?P<number>\d{1,5})\b",
    ),
    _finder(
        _european,
        r"\b(?P<body>EU\s+|European\s+(?:Union|Parliament|Commission)\s+)?",
        r"(?P<noun>(?:Council\s+)?(?:Directive|Regulation|Decision))\s+",
        r"(?P<number>(?:\((?:EU|EC|EEC)\)\s*)?(?:No\.?\s*)?\d{2,4}/\d{1,4}",
        r"(?:/(?:EC|EU|EEC|JHA))?)",
    ),
    _finder(
        _parliamentary,
        r"\b(?P<body>PACE|Parliamentary\s+Assembly(?:\s+of\s+the\s+Council\s+of\s+Europe)?",
        r"|Council\s+of\s+Europe|European\s+Parliament|Committee\s+of\s+Ministers)\s+",
        r"(?P<noun>Resolution|Recommendation)s?\s+(?:No\.?\s*)?",
        r"(?P<number>(?:[A-Z]\d-)?\d{2,4}(?:/\d{2,4})?(?:\s*\(\d{4}\))?)",
        flags=_I,
    ),
    _finder(
        _dated_parliament,
        r"\bEuropean\s+Parliament(?:['’]s)?\s+resolution\s+of\s+",
        r"(?P<date>\d{1,2}\s+[A-Z][a-z]+\s+\d{4})",
        flags=_I,
    ),
    _finder(
        _public_law,
        r"\b(?:Public\s+Law|Pub\.\s?L\.|P\.\s?L\.)\s*(?:No\.\s*)?(?P<number>\d{2,3}[-–—]\d{1,4})",
    ),
    _finder(
        _geneva,
        r"\b(?:(?:First|Second|Third|Fourth|Four)\s+)?Geneva\s+Conventions?",
        r"(?:\s+of\s+(?:12\s+August\s+)?1949)?",
    ),
    _finder(
        _treaty,
        rf"\b(?:[A-Z][\w’'-]{{1,40}}+\s+){{1,2}}{_INSTRUMENT}s?\s+(?:on|for|against|of)\s+(?:the\s+)?",
        rf"[A-Z][\w’'-]+(?:\s+{_NAME}){{0,9}}(?:\s+\(?\d{{4}}\)?)?",
    ),
    _finder(
        _treaty,
        rf"\b{_INSTRUMENT}\s+(?:on|for|against|concerning|relating\s+to)\s+(?:the\s+)?",
        rf"[A-Z][\w’'-]+(?:\s+{_NAME}){{0,9}}(?:\s+\(?\d{{4}}\)?)?",
    ),
    _finder(
        _treaty,
        rf"\b{_PLACES_OF_TREATIES}\s+(?:{_INSTRUMENT}|Final\s+Act)s?(?:\s+(?:of\s+)?\(?\d{{4}}\)?)?",
    ),
    _finder(
        _treaty,
        r"\bUN\s+Charter\b|\bCharter\s+of\s+the\s+United\s+Nations\b",
        r"|\bUniversal\s+Declaration\s+of\s+Human\s+Rights\b",
    ),
    _finder(
        _as_written,
        r"\b(?:[A-Z][\w’'-]{1,40}+(?:\s+(?:and|of|for|the|&)\s+(?=[A-Z])|\s+|,\s+)){1,7}",
        r"(?:\([\w\s]{2,40}\)\s+)?(?:Act|Bill)(?:\s+of)?\s+(?:18|19|20)\d{2}\b",
    ),
)
# All that a text without a digit may cite.
_WITHOUT_NUMBER = tuple(finder for finder in _FINDERS if finder[1] in (_geneva, _treaty))
