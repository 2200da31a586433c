"""From a block of lines, or rows of cells, to signatories: what the block is comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from . import groups
from .cells import Table, find_table, row_cells
from .headers import columns_of, is_header_row
from .lines import BlockContext, context_of, parse_line
from .parsed import Block, Column, ParsedLine, Shape
from .tables import read_row
from .text import MAX_LINE

Line = tuple[int, str]
Row = tuple[int, Sequence[str]]

# What stands below a list of names and is none of them.
_END = re.compile(
    r"\s*(?:cc\s*:|about\s+(?:the\s+)?[A-Z][^,;:]*:?\s*$|contact(?:s|\(s\))?(?:\s+information)?\s*(?:$|:)"
    r"|press\s+office\s*(?:$|:)|(?:media|press|news)\s+(?:contacts?|enquiries|inquiries)\b)",
    re.IGNORECASE,
)


def parse_block(lines: Iterable[Line]) -> list[ParsedLine]:
    """Read numbered lines; what most of them share helps to read the others."""
    return read_block(lines).lines


def read_block(lines: Iterable[Line], *, columns: Sequence[str] | None = None) -> Block:
    """As `parse_block`, and what was left out. `columns` maps a table's columns by hand."""
    numbered, notes = _sorted_out(lines)
    table = find_table(numbered, columns)
    if table and columns is not None:
        return _table(table, numbered, notes)
    if table:
        return _table(table, numbered, notes)
    context = context_of(numbered)
    rows: list[ParsedLine] = []
    for group in groups.stanzas(numbered):
        rows += _parse_group(group, context)
    shape = Shape.SURNAME_FIRST if context.surname_first else Shape.LIST
    return Block(rows, notes, shape if rows else Shape.EMPTY)


def read_rows(rows: Iterable[Row], *, columns: Sequence[str] | None = None) -> Block:
    """Read the rows of a spreadsheet's sheet or of a table in a document, as `read_block` does.

    The row of headers may be missing; `columns` has one of FIELDS, or "", for each column.
    """
    notes: list[tuple[int, str]] = []
    kept: list[Row] = []
    for line, cells in rows:
        if any(char.isalnum() for cell in cells for char in cell):
            kept.append((line, cells))
    head = next((n for n, (_, cells) in enumerate(kept[:10]) if is_header_row(cells)), None)
    width = max((len(cells) for _, cells in kept), default=0)
    headers = list(kept[head][1]) if head is not None else []
    headers += [""] * (width - len(headers))
    named = _mapped(headers, columns)
    start = 0 if head is None else head + 1
    for line, cells in kept[:start]:
        what = "names the columns" if is_header_row(cells) else "stands above the table"
        notes.append((line, f"Left out: “{_short(' | '.join(cells))}” {what}."))
    read: list[ParsedLine] = []
    for line, cells in kept[start:]:
        text = " | ".join(cell for cell in cells if cell.strip())
        if is_header_row(cells) and head is not None:
            notes.append((line, f"Left out: “{_short(text)}” names the columns."))
        elif not any(column.field for column in named):
            read.append(parse_line(text, line))
        elif row := read_row(named, cells, line):
            read.append(row)
        else:
            notes.append((line, f"Left out: “{_short(text)}” names nobody."))
    return Block(read, notes, Shape.TABLE if read else Shape.EMPTY, named)


def _mapped(headers: Sequence[str], columns: Sequence[str] | None) -> list[Column]:
    if columns is None:
        return columns_of(headers)
    fields = [*columns, *[""] * (len(headers) - len(columns))]
    return [Column(header, field) for header, field in zip(headers, fields, strict=False)]


def _table(table: Table, numbered: list[Line], notes: list[tuple[int, str]]) -> Block:
    context = context_of([line for line in numbered if line[0] not in table.headers])
    read: list[ParsedLine] = []
    for line, text in numbered:
        cells = row_cells(text, table.separator)
        if line in table.headers:
            notes.append((line, f"Left out: “{_short(text)}” names the columns."))
        elif len(cells) != len(table.columns):
            read += _parse_group([(line, text)], context)
        elif row := read_row(table.columns, cells, line):
            read.append(replace(row, original=text))
        else:
            read.append(parse_line(text, line, context))
    return Block(read, sorted(notes), Shape.TABLE, table.columns)


def _sorted_out(lines: Iterable[Line]) -> tuple[list[Line], list[tuple[int, str]]]:
    notes: list[tuple[int, str]] = []
    numbered: list[Line] = []
    ended = False
    for line, text in lines:
        short = text if len(text) <= MAX_LINE else ""
        ended = ended or bool(numbered and _END.match(short))
        if ended:
            notes.append((line, f"Left out: “{_short(text)}” stands below the names."))
        elif not any(char.isalnum() for char in text):
            notes.append((line, f"Left out: “{_short(text)}” holds no letter."))
        else:
            numbered.append((line, text))
    return numbered, notes


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:79]}…"


def _parse_group(group: list[Line], context: BlockContext) -> list[ParsedLine]:
    line, text = group[0]
    if len(group) > 1:
        row = parse_line(groups.joined(group), line, context)
        note = f"Lines {line} to {group[-1][0]} were read as one signatory."
        whole = " / ".join(text.strip() for _, text in group)
        return [_with_note(row, whole, note, sure=groups.is_told_throughout(group))]
    people = groups.several_people(text)
    if not people:
        return [parse_line(text, line, context)]
    note = f"The line names {len(people)} signatories; this is one of them."
    rows = [parse_line(person, line, context) for person in people]
    return [
        _with_note(row, text, note, sure=groups.is_surely_person(person))
        for row, person in zip(rows, people, strict=True)
    ]


def _with_note(row: ParsedLine, original: str, note: str, *, sure: bool) -> ParsedLine:
    confidence = row.confidence if sure else min(row.confidence, 0.75)
    return replace(row, original=original, notes=[note, *row.notes], confidence=confidence)
