"""The rows of a spreadsheet, or of a table in a document, read as a block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .cells import by_hand, is_again
from .columns import checked, inferred
from .headers import columns_of, is_header_row
from .headings import Heading, heading_of
from .lines import BlockContext, parse_line
from .nobodies import remark_of
from .parsed import Block, Column, ParsedLine, Shape
from .reading import accounted, read_block
from .tables import read_row, told_from_cells
from .walk import short

Row = tuple[int, Sequence[str]]
# Titles may stand above the headers.
_TOP = 10


def read_rows(rows: Iterable[Row], *, columns: Sequence[str] | None = None) -> Block:
    """Read rows of cells, as `read_block` does lines.

    The row of headers may be missing; `columns` has one of FIELDS, or "", for each column.
    """
    kept = [row for row in rows if any(char.isalnum() for cell in row[1] for char in cell)]
    head = next((n for n, (_, cells) in enumerate(kept[:_TOP]) if is_header_row(cells)), None)
    if head is None and columns is None and (lines := _one_column(kept)):
        return read_block(lines)
    width = max((len(cells) for _, cells in kept), default=0)
    headers = [*(kept[head][1] if head is not None else ()), *[""] * width][:width]
    below = [cells for _, cells in kept[0 if head is None else head + 1 :]]
    named = _columns(headers, below) if columns is None else by_hand(headers, columns)
    mapped = any(column.field for column in named)
    guessed = columns is None and head is None
    block = Block([], [], Shape.TABLE, named)
    heading = Heading()
    for position, (line, cells) in enumerate(kept):
        text = " | ".join(cell for cell in cells if cell.strip())
        words = " | ".join(cell for cell in cells if any(map(str.isalpha, cell)))
        found = _heading(cells, mapped)
        again = head is not None and is_header_row(cells) and is_again(cells, headers)
        if head is not None and (position <= head or again):
            what = "names the columns" if again else "stands above the table"
            block.notes.append((line, f"Left out: “{short(text)}” {what}."))
        elif found:
            heading = found.over(heading)
            block.notes.append((line, f"Left out: “{short(text)}” is a heading."))
        elif (
            row := read_row(named, cells, line, heading) if mapped else _line(words, line, heading)
        ):
            block.lines.append(told_from_cells(row) if guessed else row)
        else:
            block.notes.append((line, f"Left out: “{short(text)}” names nobody."))
    block = block if block.lines else Block([], block.notes, Shape.EMPTY, named)
    return accounted(block, [(line, " | ".join(filter(str.strip, cells))) for line, cells in kept])


def _one_column(rows: Sequence[Row]) -> list[tuple[int, str]]:
    """The lines of a list that stands in a single column; none where several hold something."""
    filled = {n for _, cells in rows for n, cell in enumerate(cells) if cell.strip()}
    if len(filled) != 1:
        return []
    (column,) = filled
    return [(line, " ".join(cells[column].split())) for line, cells in rows]


def _columns(headers: Sequence[str], below: Sequence[Sequence[str]]) -> list[Column]:
    if any(header.strip() for header in headers):
        return checked(headers, below)
    return inferred(below) or columns_of(headers)


def _heading(cells: Sequence[str], mapped: bool) -> Heading | None:
    """What a row of one cell says of the rows below."""
    written = [cell for cell in cells if cell.strip()]
    if len(written) != 1 or (mapped and len(cells) < 2):
        return None
    found = heading_of(written[0])
    return found or (Heading() if remark_of(written[0]) else None)


def _line(text: str, line: int, heading: Heading) -> ParsedLine | None:
    row = parse_line(text, line, BlockContext(heading=heading))
    return row if row.name or row.organization or row.role else None
