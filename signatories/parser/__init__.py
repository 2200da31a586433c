"""Signatory lines, as coalitions write them under a statement, read into fields.

The rules are loaded when the first line is read: that takes a tenth of a start, and most processes
read none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .parsed import FIELDS, SURE, Block, Column, LeftOut, ParsedLine, Shape
from .text import is_heading, numbered_lines
from .vocabulary import PARTICLES

if TYPE_CHECKING:
    from .lines import BlockContext
    from .reading import Line
    from .sheets import Row

__all__ = [
    "FIELDS",
    "PARTICLES",
    "SURE",
    "Block",
    "Column",
    "LeftOut",
    "ParsedLine",
    "Shape",
    "is_heading",
    "kind_of",
    "numbered_lines",
    "parse_block",
    "parse_line",
    "read_block",
    "read_rows",
]


def parse_line(text: str, line: int = 1, context: BlockContext | None = None) -> ParsedLine:
    from . import lines  # noqa: PLC0415

    return lines.parse_line(text, line, context)


def parse_block(lines: Iterable[Line]) -> list[ParsedLine]:
    """Read numbered lines; what most of them share helps to read the others."""
    return read_block(lines).lines


def read_block(lines: Iterable[Line], *, columns: Sequence[str] | None = None) -> Block:
    """Like `parse_block`, with what was left out. `columns` maps a table's columns by hand."""
    from . import reading  # noqa: PLC0415

    return reading.read_block(lines, columns=columns)


def read_rows(rows: Iterable[Row], *, columns: Sequence[str] | None = None) -> Block:
    """Read rows of cells, as `read_block` does lines.

    The row of headers may be missing; `columns` has one of FIELDS, or "", for each column.
    """
    from . import sheets  # noqa: PLC0415

    return sheets.read_rows(rows, columns=columns)


def kind_of(name: str) -> str:
    """The value of `Organization.Kind` that a name says; "" if it says none, or several."""
    from . import organization_kinds  # noqa: PLC0415

    return organization_kinds.kind_of(name)
