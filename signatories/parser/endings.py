"""What stands apart around a list, told by its shape: titles, who sent it, when it was seen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import kinds
from .heads import groups_of
from .segments import split_segments
from .text import is_small, without_bullet

Line = tuple[int, str]

# No more lines than these end a mail, and no fewer are a list.
_FEW, _LEAST = 3, 3
_MOSTLY = 0.8


def endings_of(lines: Sequence[Line]) -> dict[int, str]:
    """What the lines of the first and the last group are, where they name nobody."""
    groups = groups_of(lines)
    if len(groups) < 2:
        return {}
    first, last = groups[0], groups[-1]
    found = {}
    title = without_bullet(first[0][1])
    if len(first) == 1 and _is_unlike(title, lines[1:]) and _is_titled(title):
        found[first[0][0]] = "a title"
    if len(last) <= _FEW and _is_by_sender(last, lines[: -len(last)]):
        found |= {line: "a word of a mail" for line, _ in last}
    if len(last) == 1 and _is_dated(last[0][1], lines[:-1]):
        found[last[0][0]] = "a date"
    return found


def _is_by_sender(last: Sequence[Line], above: Sequence[Line]) -> bool:
    """As in "All best / from the campaign office" below names in capitals: small words first."""
    names = [without_bullet(text).strip() for _, text in above]
    capitals = sum(text[:1].isupper() for text in names)
    if len(names) < _LEAST or capitals < _MOSTLY * len(names):
        return False
    first, *others = last[-1][1].split()
    if not is_small(first) or not others or any(len(split_segments(text)) > 1 for _, text in last):
        return False
    return not any(kinds.has_given_name(text) for _, text in last)


_MARKED = re.compile(r"\d|\([^()]*\)|\s[-–—:]\s")


def _is_titled(text: str) -> bool:
    """As in "SIGN-UP SHEET – Saturday stall" and "Sheet 3 – Library foyer"."""
    mark = _MARKED.search(text)
    told = any(map(kinds.is_strong_organization_word, text.split()))
    parts = split_segments(text.replace("(", ", "))
    named = any(kinds.has_given_name(part.text) for part in parts[:1])
    return bool(mark) and not (told or named) and "@" not in text


def _is_unlike(text: str, others: Sequence[Line]) -> bool:
    """Whether no other line has the marks and the figures of this one."""
    marks = {char for char in text if char in "()–—:;|" or char.isdigit()}
    marks |= {" - "} if " - " in text else set()
    bare = [without_bullet(one) for _, one in others]
    return len(bare) >= _LEAST and not any(mark in one for mark in marks for one in bare)


def _is_dated(text: str, others: Sequence[Line]) -> bool:
    """As in "Sheet checked 3 May": a figure and small words, as in no other line."""
    words = text.split()
    small = sum(map(is_small, words))
    told = any(map(kinds.is_strong_organization_word, words)) or kinds.has_given_name(text)
    figures = any(word.strip(".,").isdigit() for word in words[1:])
    return figures and small > 0 and not told and _is_unlike(text, others)
