"""Boards: lines with an office, a colon and who holds it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import kinds, places
from .names import split_credentials, split_honorific
from .nobodies import remark_of
from .roles import is_role_behind
from .text import MAX_LINE

Line = tuple[int, str]

_MOSTLY, _LEAST = 0.6, 2
_OFFICE = re.compile(
    r"(?:[-*•]\s)?(?P<number>\d{1,3}[.)]\s)?(?P<office>[^:,;|()\d\s][^:,;|()\d]{1,59}?)\s?"
    r"[:：]\s++(?P<holder>[^,;|:]{3,80})$"
)


def with_offices_behind(lines: Sequence[Line]) -> list[Line]:
    """As in "1. Vorsitzende: Jane Roe" throughout: the office goes behind the name.

    An office that no list knows is one, where most others are known.
    """
    found = {
        line: match
        for line, text in lines
        if len(text) <= MAX_LINE and ":" in text and (match := _held(text))
    }
    known = sum(is_role_behind(match["office"]) for match in found.values())
    if known < _LEAST or known < _MOSTLY * len(found):
        return list(lines)
    numbered = sum(bool(match["number"]) for match in found.values()) > _MOSTLY * len(found)
    return [
        (line, _turned(found[line], numbered=numbered) if line in found else text)
        for line, text in lines
    ]


def _held(text: str) -> re.Match[str] | None:
    match = _OFFICE.match(text.strip())
    if not match or kinds.looks_like_organization(match["office"]) or remark_of(text):
        return None
    if places.cities(match["office"]) and not is_role_behind(match["office"]):
        return None
    name = split_credentials(split_honorific(match["holder"].strip())[1])[0]
    named = kinds.looks_like_name(name) and not kinds.looks_like_organization(name)
    return match if named and not kinds.has_given_name(match["office"]) else None


def _turned(match: re.Match[str], *, numbered: bool) -> str:
    """The name, then the office; a number is the office's own, unless all lines have one."""
    number = "" if numbered else match["number"] or ""
    return f"{match['holder'].strip()}, {number}{match['office']}"
