"""Tables in text: which mark stands between the cells, and where the headers are."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .headers import columns_of, is_header_row, is_known
from .parsed import Column
from .text import MAX_LINE

Line = tuple[int, str]
_SEPARATORS = ("|", "\t", ";", ",")


@dataclass(frozen=True)
class Table:
    separator: str
    columns: list[Column]
    headers: frozenset[int]  # the lines that name the columns


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
        if separator == "," and not _is_surely_header(names):
            continue
        columns = columns_of(names) if fields is None else by_hand(names, fields)
        return Table(separator, columns, frozenset(heads))
    return None if fields is None else _without_headers(lines, fields)


def _is_surely_header(names: Sequence[str]) -> bool:
    """A row between commas is a line of a list unless more than half of its cells are known."""
    return 2 * sum(map(is_known, names)) > len(names)


def by_hand(headers: Sequence[str], fields: Sequence[str]) -> list[Column]:
    fields = [*fields, *[""] * (len(headers) - len(fields))]
    return [Column(header, field) for header, field in zip(headers, fields, strict=False)]


def _without_headers(lines: Sequence[Line], fields: Sequence[str]) -> Table | None:
    for separator in _SEPARATORS:
        fitting = sum(len(row_cells(text, separator)) == len(fields) for _, text in lines)
        if 2 * fitting > len(lines):
            return Table(separator, by_hand([""] * len(fields), fields), frozenset())
    return None


def row_cells(text: str, separator: str, width: int = 0) -> list[str]:
    """The cells of a row; as spreadsheets write them, quotation marks protect a separator."""
    text = text.strip(" \r\n") if separator == "\t" else text.strip()
    if separator == "|" and text.count("|") + 1 == width:
        cells = text.split("|")
    elif separator == "|":
        cells = re.sub(r"^\||\|$", "", text).split(separator)
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
