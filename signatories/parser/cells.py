"""Tables in text: which mark stands between the cells, and where the headers are."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .columns import checked, inferred
from .headers import field_of, is_header_row, is_known
from .parsed import Column
from .text import MAX_LINE

Line = tuple[int, str]
_SAMPLE = 200
_SEPARATORS = ("|", "\t", ";", ",")


@dataclass(frozen=True)
class Table:
    separator: str
    columns: list[Column]
    headers: frozenset[int]  # the lines that name the columns
    guessed: bool = False  # whether only the cells tell what the columns hold


def find_table(lines: Sequence[Line], fields: Sequence[str] | None) -> Table | None:
    """The table that the lines are, or None. `fields` are those of its columns, chosen by hand."""
    for separator in _SEPARATORS:
        heads = {
            line: cells
            for line, text in lines
            if separator in text
            and len(text) <= MAX_LINE
            and is_header_row(cells := row_cells(text, separator))
        }
        if not heads:
            continue
        names = next(iter(heads.values()))
        heads = {line: cells for line, cells in heads.items() if is_again(cells, names)}
        if separator == "," and not _is_surely_header(names):
            continue
        below = (row_cells(text, separator, len(names)) for _, text in lines[:_SAMPLE])
        fitting = [cells for cells in below if len(cells) == len(names) and cells != names]
        columns = checked(names, fitting) if fields is None else by_hand(names, fields)
        return Table(separator, columns, frozenset(heads))
    return _quoted(lines) or _parted(lines) if fields is None else _without_headers(lines, fields)


def is_again(cells: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a row is the header once more, as on a further page, and no signatory's."""
    same = sum(cell == name for cell, name in zip(cells, names, strict=False))
    written = [cell for cell in cells if cell.strip()]
    return 2 * same >= len(names) or 5 * sum(map(is_known, written)) >= 3 * len(written)


def _parted(lines: Sequence[Line]) -> Table | None:
    """A table without headers that has a column of given names and one of surnames."""
    for separator in _SEPARATORS[:-1]:
        if not _is_usual(separator, lines):
            continue
        rows = [row_cells(text, separator) for _, text in lines if len(text) <= MAX_LINE]
        width, often = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
        if width < 3 or often < 3 or 5 * often < 4 * len(lines):
            continue
        columns = inferred([cells for cells in rows if len(cells) == width])
        if {"given_name", "surname"} <= {column.field for column in columns}:
            return Table(separator, columns, frozenset(), guessed=True)
    return None


def _is_usual(separator: str, lines: Sequence[Line]) -> bool:
    """Whether enough lines hold a mark for it to stand between the cells of most."""
    return 5 * sum(separator in text for _, text in lines) >= 4 * len(lines)


def _quoted(lines: Sequence[Line]) -> Table | None:
    """A table without headers as spreadsheets save it: nearly no blank behind the commas."""
    for separator in (",", ";"):
        if not _is_usual(separator, lines):
            continue
        rows = [row_cells(text, separator) for _, text in lines if len(text) <= MAX_LINE]
        width, often = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
        unquoted = [_IN_QUOTES.sub('""', text) for _, text in lines if len(text) <= MAX_LINE]
        glued = sum(len(_GLUED.findall(text)) for text in unquoted)
        marks = sum(text.count(separator) for text in unquoted)
        if width > 2 and often > 2 and 5 * often >= 4 * len(lines) and 3 * glued >= 2 * marks:
            columns = inferred([cells for cells in rows if len(cells) == width])
            return Table(separator, columns, frozenset(), guessed=True) if columns else None
    return None


_IN_QUOTES = re.compile(r'"[^"]{0,300}"')
_GLUED = re.compile(r"[,;](?=\S|$)")


def _is_surely_header(names: Sequence[str]) -> bool:
    """A row between commas is a line of a list unless more than half of its cells are known."""
    known = sum(map(is_known, names))
    read = sum(field_of(name) is not None for name in names)
    return 2 * known > len(names) or (known > 1 and 2 * read > len(names))


def by_hand(headers: Sequence[str], fields: Sequence[str]) -> list[Column]:
    fields = [*fields, *[""] * (len(headers) - len(fields))]
    return [Column(header, field) for header, field in zip(headers, fields, strict=False)]


def _without_headers(lines: Sequence[Line], fields: Sequence[str]) -> Table | None:
    for separator in _SEPARATORS:
        fitting = sum(len(row_cells(text, separator)) == len(fields) for _, text in lines)
        if 2 * fitting > len(lines):
            return Table(separator, by_hand([""] * len(fields), fields), frozenset())
    return None


_OUTER_BARS = re.compile(r"^\||\|$")


def row_cells(text: str, separator: str, width: int = 0) -> list[str]:
    """The cells of a row; as spreadsheets write them, quotation marks protect a separator."""
    text = text.strip(" \r\n") if separator == "\t" else text.strip()
    if separator == "|" and text.count("|") + 1 == width:
        cells = text.split("|")
    elif separator == "|":
        cells = _OUTER_BARS.sub("", text).split(separator)
    elif '"' not in text:
        cells = text.split(separator)
    elif len(text) < csv.field_size_limit():
        cells = next(csv.reader([" ".join(text.splitlines())], delimiter=separator), [])
    else:
        cells = []
    return [cell.strip() for cell in cells]


def fitted(cells: list[str], width: int) -> list[str]:
    """The cells with empty ones at the end as many as there are columns."""
    while len(cells) > width and not cells[-1]:
        cells = cells[:-1]
    return [*cells, *[""] * (width - len(cells))] if 1 < len(cells) < width else cells


def has_cells(lines: Sequence[Line]) -> bool:
    """Whether most lines have as many cells as the others, between tabs, bars or semicolons."""
    for separator in _SEPARATORS[:-1]:
        counts = Counter(text.count(separator) for _, text in lines)
        marks, often = counts.most_common(1)[0] if counts else (0, 0)
        if marks and len(lines) > 2 and 5 * often >= 4 * len(lines):
            return True
    return False
