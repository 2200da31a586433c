from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from . import kinds, places
from .honorifics import HONORIFICS
from .text import key, plain_quotes, quote_end, word_key
from .vocabulary import CREDENTIALS, LEGAL_FORMS, NAME_SUFFIXES, words

_MARKS = "—,;|\t،、，；｜፣\u2022"
# Whatever separates parts, opens a quotation or stands around it; the rest is skipped.
_MAY_SEPARATE = re.compile(rf"[{_MARKS}.:/\-–―~()\[\]\"“„«”]|   ")
_ABBREVIATIONS = words(
    """
    st ste mt ft dept univ assn assoc intl natl bros no vs inst ph dipl gov jr sr calif mass
    гр гор пгт пос дер смт обл ул пл şəh qəs küç mah cad sok św sv hl sto bl str tř nám
    penn conn tex fla ariz colo ill mich minn wash ore wis okla tenn tel ave blvd rd bldg
    """
)


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    separator: str = ""  # the mark in front of it
    quoted: bool = False
    told: str = ""  # what the other lines tell it to be
    sure: bool = False  # whether enough of them do

    @property
    def is_fixed(self) -> bool:
        """Whether no word of it is read any further: a quotation, or what the block tells."""
        return self.quoted or self.told in ("role", "organization")

    @property
    def words(self) -> list[str]:
        return self.text.split()


def split_segments(text: str) -> list[Segment]:
    """The parts of a line between commas, full stops, dashes, bars, tabs and the like.

    Quotation marks and parentheses protect what they hold.
    """
    return list(_segments(text))


# Each line is split by several looks at the block: those of a block of this size once only.
@lru_cache(maxsize=12_000)
def _segments(text: str) -> tuple[Segment, ...]:
    text = plain_quotes(text)
    found: list[Segment] = []
    start = position = depth = 0
    separator = ""
    while mark := _MAY_SEPARATE.search(text, position):
        position = mark.start()
        char = text[position]
        closing = quote_end(text, position) if not depth and char in '"“„«' else 0
        if closing:
            position = closing + 1
            continue
        depth = max(0, depth + (char in "([") - (char in ")]"))
        width = 0 if depth else _separator_width(text, position, start)
        if width:
            _append(found, text[start:position], separator)
            separator = text[position : position + width].strip() or text[position]
            position += width
            start = position
        else:
            position += 1
    _append(found, text[start:], separator)
    return tuple(_join_suffixes(found))


_OPENING = '"“„«”'
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def _append(found: list[Segment], raw: str, separator: str) -> None:
    text = " ".join(raw.split()).strip(" ,;|")
    quoted = len(text) > 2 and text[0] in _OPENING and quote_end(text, 0) == len(text) - 1
    text = tidy(text[1:-1] if quoted else text)
    if _LETTER_OR_DIGIT.search(text):
        found.append(Segment(text, separator, quoted))


@lru_cache(maxsize=10_000)
def tidy(text: str) -> str:
    """Without stray blanks, dashes and a closing full stop that is no abbreviation's."""
    text = " ".join(text.split()).strip(" ,;:|-–—/_*")
    if text.endswith("."):
        last = text.split()[-1]
        bare = word_key(last)
        keeps = (
            "." in last[:-1]
            or len(bare) == 1
            or bare in HONORIFICS
            or bare in LEGAL_FORMS
            or bare in NAME_SUFFIXES
            or bare in CREDENTIALS
            or bare in _ABBREVIATIONS
        )
        text = text if keeps else text[:-1].rstrip()
    if "(" not in text and ")" not in text:
        return text.strip()
    if text.count("(") > text.count(")"):
        text = text.replace("(", "", 1) if text.startswith("(") else text + ")"
    elif text.count(")") > text.count("("):
        text = text.replace(")", "", 1)
    return text.strip()


def _separator_width(text: str, position: int, start: int) -> int:
    char = text[position]
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    if text.startswith("   ", position):
        return 3
    if text.startswith("--", position):
        return 2
    spaced = before == after == " "
    separates = (
        char in _MARKS
        or (char == "." and _is_stop(text, position, start))
        or (char == ":" and after in (" ", ""))
        or (char == "/" and spaced)
        or (char in "-–―~" and spaced and not _joins_places(text, position))
    )
    return int(separates)


def _is_stop(text: str, position: int, start: int) -> bool:
    before = text[start:position].rsplit(maxsplit=1)
    after = text[position + 1 : position + 40]
    if not before or not after.strip():
        return False
    word = before[-1].lstrip('("')
    bare = word_key(word)
    if "." in word or len(bare) < 2 or not word[-1:].isalnum():
        return False
    if start == 0 and len(before) == 1 and len(bare) < 6 and len(before[0].split()) == 1:
        return False  # a title at the beginning, in whatever language
    known = bare in HONORIFICS or bare in LEGAL_FORMS or bare in _ABBREVIATIONS
    if known or bare in NAME_SUFFIXES or (bare in CREDENTIALS and word != word.upper()):
        return False
    following = after.lstrip()[0]
    starts = following.isupper() or following in '"(' or following.isdigit()
    starts = starts or not (following.isupper() or following.islower())
    return starts and (after[0] == " " or (word[-1].islower() and len(bare) > 2))


def _joins_places(text: str, position: int) -> bool:
    """Whether a dash stands between two place words, as in "Portland - Bergen Friendship"."""
    behind = text[position + 1 :].partition(",")[0].strip()
    if places.country(text[position + 1 :]) or kinds.has_given_name(behind):
        return False
    left = re.findall(r"[\w.'’]+", text[max(0, position - 60) : position])[-3:]
    right = re.findall(r"[\w.'’]+", text[position + 1 : position + 60])[:3]
    lefts = [" ".join(left[-n:]) for n in (1, 2, 3)]
    rights = [" ".join(right[:n]) for n in (1, 2, 3)]
    return any(map(places.is_nation_word, lefts)) and any(map(places.is_nation_word, rights))


_SPACED_FORM = re.compile(r"(?:^|(?<=[\s,]))(?:[a-zúá]\.\s?){2,4}$")


def is_spaced_form(text: str) -> bool:
    """Whether a text is nothing but small letters with full stops: "z. s.", "o. p. s."."""
    return text.endswith(".") and _SPACED_FORM.match(text) is not None


def _join_suffixes(segments: list[Segment]) -> list[Segment]:
    """Put "LLC" or "Jr." that stands behind a comma back to what it belongs to."""
    joined: list[Segment] = []
    for segment in segments:
        bare = key(segment.text).replace(" ", "")
        legal = bare in LEGAL_FORMS and not (len(bare) == 2 and places.is_region_code(segment.text))
        written = segment.text[0].isupper() or bare == "ev"
        if joined and ((legal and written) or is_spaced_form(segment.text)):
            last = joined[-1]
            joined[-1] = Segment(f"{last.text}, {segment.text}", last.separator, last.quoted)
        elif joined and bare in NAME_SUFFIXES:
            last = joined[-1]
            joined[-1] = Segment(f"{last.text} {segment.text}", last.separator, last.quoted)
        else:
            joined.append(segment)
    return joined
