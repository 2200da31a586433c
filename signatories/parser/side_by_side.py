"""Names in columns, side by side, one below the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from . import kinds, places
from .names import split_credentials, split_honorific
from .roles import is_only_role
from .text import MAX_LINE, without_bullet

Line = tuple[int, str]

# The share of lines from which on a block is thought to be so throughout.
_MOSTLY = 0.6
# A column of which so few are known names holds something else than one where most are.
_FEW = 0.2
_GAP = re.compile(r"\t+|\s{4,}")
_ANY_MARK = re.compile(r"\t|\s{2,}|\||\s/\s")


def is_person(text: str) -> bool:
    """Whether a text is somebody's whole name: a given name that is known, or a title."""
    honorific, bare = split_honorific(text.strip())
    name, credentials = split_credentials(bare)
    if not kinds.looks_like_name(name) or len(name.split()) > 5:
        return False
    known = kinds.has_given_name(name)
    most = 1 if known else 0
    return kinds.organization_score(name) <= most and bool(honorific or credentials or known)


def opens_with_person(text: str) -> bool:
    return is_person(without_bullet(text).partition(",")[0])


def in_one_column(lines: list[Line]) -> list[Line]:
    """The lines with one name in each, where most have several side by side."""
    return _told_by_known_names(lines) or _told_by_all_cells(lines) or lines


def _told_by_known_names(lines: list[Line]) -> list[Line]:
    """Most cells of each column begin with a known name, or with a number."""
    chunks, parted = _parted(lines, _GAP)
    if not parted:
        return []
    columns = _columns(parted)
    named = all(_mostly(opens_with_person, column) for column in columns)
    if not named and not all(_mostly(_is_counted, column) for column in columns):
        return []
    return _one_below_the_other(lines, chunks)


def _told_by_all_cells(lines: list[Line]) -> list[Line]:
    """Nearly all cells are names by their shape, and no column differs in how many are known."""
    chunks, parted = _parted(lines, _ANY_MARK)
    cells = [cell for row in parted for cell in row]
    others = [cell for cell in cells if not _may_be_name(cell)]
    if len(cells) < _LEAST or len(others) > max(1, len(cells) // 10):
        return []
    if not all(map(_is_of_few_words, others)):
        return []
    shares = [sum(map(is_person, column)) / len(column) for column in _columns(parted)]
    if max(shares) >= _MOSTLY and min(shares) < _FEW:
        return []
    return _one_below_the_other(lines, chunks)


_LEAST = 4


def _parted(lines: list[Line], mark: re.Pattern[str]) -> tuple[list[list[str]], list[list[str]]]:
    """The cells of each line, and of those that have several; none, where these are few."""
    chunks = [
        [chunk.strip() for chunk in mark.split(text) if chunk.strip()]
        if len(text) <= MAX_LINE
        else [text]
        for _, text in lines
    ]
    parted = [row for row in chunks if len(row) > 1]
    enough = len(parted) > 1 and len(parted) >= _MOSTLY * len(lines)
    return chunks, parted if enough else []


def _one_below_the_other(lines: list[Line], chunks: list[list[str]]) -> list[Line]:
    return [(line, chunk) for (line, _), row in zip(lines, chunks, strict=True) for chunk in row]


def _may_be_name(cell: str) -> bool:
    """Whether a cell may be a person, and nothing else by its words."""
    name = _bare(cell)
    if not _is_of_few_words(cell) or not kinds.looks_like_name(name):
        return False
    known = kinds.has_given_name(name)
    body = kinds.organization_score(name) > known or places.cities(name) or places.country(name)
    return not body and not is_only_role(name)


def _is_of_few_words(cell: str) -> bool:
    return 1 < len(_bare(cell).split()) < _LEAST


def _bare(cell: str) -> str:
    return split_credentials(split_honorific(without_bullet(cell))[1])[0]


_COUNTED = re.compile(r"\(?\d{1,4}[.)] ?[^\W\d_]")


def _is_counted(text: str) -> bool:
    return _COUNTED.match(text) is not None


def _columns(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    width = min(map(len, rows))
    return [[row[position] for row in rows] for position in range(width)]


def _mostly(test: Callable[[str], bool], column: Sequence[str]) -> bool:
    return sum(map(test, column)) >= _MOSTLY * len(column)
