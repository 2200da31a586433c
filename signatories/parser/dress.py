"""Blocks wholly in small letters, or in capitals: read as others are, kept as written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from . import kinds
from .capitals import SMALL, code_of, with_capitals
from .headings import heading_of
from .honorifics import HONORIFICS
from .nobodies import remark_of
from .parsed import ParsedLine
from .text import MAX_LINE, is_small, word_key
from .vocabulary import CREDENTIALS, LEGAL_FORMS

Line = tuple[int, str]
Dress = Callable[[str], str]

_MOSTLY = 0.8
_VOWEL = re.compile(r"[aeiouyàâãäåæèéêëìíîïòóôõöøùúûüýəıœ]|[^\x00-\u024f]", re.IGNORECASE)
_WRITTEN_SO = CREDENTIALS | LEGAL_FORMS


def undressed(lines: list[Line]) -> tuple[list[Line], Dress | None]:
    """The lines as they would be with capitals at their words, and what writes them back.

    Only where nearly all lines are small, or in capitals; else they stay, and nothing does.
    """
    texts = [text for _, text in lines if len(text) <= MAX_LINE]
    small = sum(map(is_small, texts))
    if texts and small >= _MOSTLY * len(texts):
        return [(line, _from_small(text)) for line, text in lines], str.lower
    if texts and sum(map(str.isupper, texts)) >= _MOSTLY * len(texts):
        return [(line, _from_capitals(text)) for line, text in lines], str.upper
    return lines, None


def _sentence(text: str) -> str:
    """The line with one capital, where it is a heading or a remark so; else nothing."""
    plain = text.capitalize()
    words = plain.split()
    if _PARTED.search(text) or any(map(kinds.is_strong_organization_word, words)):
        heads = text.rstrip().endswith(":") or _is_of_kinds(plain)
        return plain if heads and heading_of(plain, alone=False) else ""
    if kinds.has_given_name(plain) or words[-1].count(".") > 1:
        return ""
    is_said = len(words) > 2 and remark_of(plain)
    return plain if is_said or heading_of(plain, alone=False) else ""


_PARTED = re.compile(r"[,;|\t\d()«»“”„\"&–—]|\s-\s")


def _is_of_kinds(plain: str) -> bool:
    """As in "Universities and colleges": a heading says the kind of what stands below."""
    found = heading_of(plain, alone=False)
    return bool(found and (found.kind or found.mark)) and not _PARTED.search(plain)


def _from_small(text: str) -> str:
    if not is_small(text) or len(text) > MAX_LINE:
        return text
    text = _CODE.sub(lambda code: code[0].upper(), text)
    return _sentence(text) or ",".join(map(_with_degrees, _capitals(text).split(",")))


_CODE = re.compile(r"\([^\W\d_]{2,3}\)")


def _capitals(text: str) -> str:
    codes = iter(_CODE.findall(text))
    return _CODE.sub(lambda _code: next(codes), with_capitals(text.lower()))


def _with_degrees(part: str) -> str:
    """ "Jane Roe MP" of "Jane Roe Mp": behind a name, or alone."""
    words = part.split(" ")
    firsts = sum(map(bool, words[:1]))
    degrees = [word_key(word) in CREDENTIALS for word in words]
    alone = all(degree or not word for degree, word in zip(degrees, words, strict=True))
    return " ".join(
        word.upper() if degree and (alone or n > firsts) else word
        for n, (word, degree) in enumerate(zip(words, degrees, strict=True))
    )


def _from_capitals(text: str) -> str:
    if not text.isupper() or len(text) > MAX_LINE:
        return text
    return _sentence(text) or ",".join(code_of(part) or _titled(part) for part in text.split(","))


def _titled(part: str) -> str:
    words = part.split(" ")
    first = next((n for n, word in enumerate(words) if any(map(str.isalpha, word))), 0)
    return " ".join(_title(word, opens=n == first) for n, word in enumerate(words))


def _title(word: str, *, opens: bool) -> str:
    bare = word_key(word)
    if not opens and bare in SMALL:
        return word.lower()
    short = bare not in HONORIFICS and (bare in _WRITTEN_SO or not _VOWEL.search(bare))
    return word if short or "@" in word else word.title()


def dressed(row: ParsedLine, dress: Dress) -> ParsedLine:
    """The row as its line was written, with a doubt where only a capital would have told."""
    doubts = list(_doubts(row, dress))
    less = 0.2 * len(doubts)
    if dress is str.lower:
        doubts.append("The name is written without capitals.")
        less += 0.1
    return replace(
        row,
        name=dress(row.name),
        role=dress(row.role),
        organization=dress(row.organization),
        credentials=dress(row.credentials),
        confidence=round(max(0.05, row.confidence - less), 2),
        notes=[*doubts, *row.notes],
        doubts=[*doubts, *row.doubts],
    )


def _doubts(row: ParsedLine, dress: Dress) -> Iterator[str]:
    if row.name and row.organization and not kinds.looks_like_organization(row.organization):
        yield f"“{dress(row.organization)}” was read as an organization; it may be a role."
    if row.name and not row.organization and len(row.role.split()) > 2:
        yield f"“{dress(row.role)}” was read as a role; it may hold an organization."
    last = word_key(row.name.rpartition(" ")[2])
    if " " in row.name and not kinds.has_given_name(row.name) and kinds.is_given_name(last):
        yield f"“{dress(last)}” may be a title or a part of the name."
    if len(row.name.split()) > 2 and not (row.honorific or kinds.has_given_name(row.name)):
        yield f"“{dress(row.name)}” was read as a person; it may be an organization."
