"""Reads the bytes of a list into lines, for every kind of file."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO, StringIO

from django.utils.translation import gettext

from casa.lib.documents.reading import DocumentRefused, TableBlock, TextBlock, read_document
from signatories.parser import (
    Block,
    Column,
    LeftOut,
    ParsedLine,
    Shape,
    numbered_lines,
    read_block,
    read_rows,
)
from statements.release_parser import ReleaseError
from statements.release_parser.lines import decode_noting

Columns = Sequence[tuple[str, str]]
"""What each column of a table holds, said by hand: (heading, field)."""

FEW = 10
"""So many lines are looked at one by one, however unsure they are."""


class NotUnderstood(Exception):  # noqa: N818 - an answer to whoever gave the file
    """The file is no list of names that can be read; the message is one sentence."""


class Busy(NotUnderstood):
    """Other files are being read just now; this one waits its turn."""


@dataclass
class Understood:
    """What was read. `refusal` is why most of its lines cannot be trusted; "" if they can."""

    lines: list[ParsedLine]
    notes: list[tuple[int, str]]
    left_out: list[LeftOut] = field(default_factory=list)
    kind: str = "text"
    encoding: str = ""
    encoding_guessed: bool = False
    columns: list[tuple[str, str]] = field(default_factory=list)
    refusal: str = ""


def understand_text(data: bytes, *, columns: Columns = (), most: int | None = None) -> Understood:
    """Read a pasted list, of at most `most` lines. Raises NotUnderstood."""
    try:
        text, notes = decode_noting(data)
    except ReleaseError as error:
        raise NotUnderstood(str(error)) from error
    _bound(sum(bool(line.strip()) for line in text.split("\n")), most)
    if rows := _rows_in(text):
        return of_block(_read_rows(rows, columns), notes)
    fields = [field for _heading, field in columns] or None
    return of_block(read_block(numbered_lines(text), columns=fields), notes)


def _bound(number: int, most: int | None) -> None:
    """Look at the number of lines before any of them is read, which costs. Raises NotUnderstood."""
    if most is not None and number > most:
        told = gettext(
            "It has %(number)d lines, and at most %(most)d are read at once. Send fewer."
        )
        raise NotUnderstood(told % {"number": number, "most": most})


def _read_rows(rows: Sequence[tuple[int, Sequence[str]]], columns: Columns) -> Block:
    """A table. Where its headings are not known, its first row is given as them, with no field.

    That row names nobody once somebody has said what the columns under these headings hold.
    """
    first = [cell.strip() for cell in rows[0][1]] if rows else []
    fields = [field for _heading, field in columns]
    if not any(fields):
        found = read_rows(rows)
        if any(column.header or column.field for column in found.columns):
            return found
        return replace(found, columns=[Column(cell, "") for cell in first])
    is_heading_row = [heading for heading, _field in columns] == first
    found = read_rows(rows[1:] if is_heading_row else rows, columns=fields)
    return replace(found, columns=[Column(*column) for column in columns])


def _rows_in(text: str) -> list[tuple[int, list[str]]]:
    """The cells of a table that was copied from a spreadsheet; [] where it is none."""
    filled = [line for line in text.split("\n") if line.strip()]
    for separator in ("\t", ";"):
        counts = Counter(line.count(separator) for line in filled)
        width, number = counts.most_common(1)[0]
        if width and number * 5 >= len(filled) * 4:
            read = csv.reader(StringIO(text), delimiter=separator)
            return [(read.line_num, cells) for cells in read if any(cells)]
    return []


def understand_file(
    data: bytes,
    *,
    name: str,
    encoding: str = "",
    columns: Columns = (),
    most: int | None = None,
) -> Understood:
    """Read a list of whatever program, told by its content. Raises NotUnderstood.

    `encoding` is what a person chose in place of a guess; of more lines than `most` none is read.
    """
    try:
        document = read_document(BytesIO(data), name=name, encoding=encoding)
    except DocumentRefused as error:
        raise (Busy if error.code == "busy" else NotUnderstood)(str(error)) from error
    _bound(sum(map(_length, document.blocks)), most)
    fields = [field for _heading, field in columns] or None
    blocks = [
        _read_rows(block.rows, columns)
        if isinstance(block, TableBlock)
        else read_block(block.lines, columns=fields)
        for block in document.blocks
    ]
    found = of_block(_joined(blocks), document.notes)
    found.kind, found.encoding = document.kind, document.encoding
    found.encoding_guessed = document.encoding_guessed
    return found


def _length(block: TableBlock | TextBlock) -> int:
    return len(block.rows if isinstance(block, TableBlock) else block.lines)


def _joined(blocks: Sequence[Block]) -> Block:
    """The blocks of a file as one: a list in a Word file may have a heading and two tables."""
    named = [block for block in blocks if block.lines] or list(blocks[:1])
    if not named:
        left = [line for block in blocks for line in block.left_out]
        return Block([], [note for block in blocks for note in block.notes], left_out=left)
    first = max(named, key=lambda block: len(block.lines))
    return replace(
        first,
        lines=[line for block in named for line in block.lines],
        notes=[note for block in blocks for note in block.notes],
        left_out=[line for block in blocks for line in block.left_out],
    )


def of_block(block: Block, notes: Sequence[tuple[int, str]] = ()) -> Understood:
    """The same of a block that is read already."""
    found = Understood(block.lines, sorted([*notes, *block.notes]), block.left_out)
    found.columns = [(column.header, column.field) for column in block.columns]
    found.refusal = _refusal(block)
    return found


def is_nameless(line: ParsedLine) -> bool:
    """Whether nothing can be made of it."""
    return not (line.name or line.organization)


def _refusal(block: Block) -> str:
    """Why most of the lines cannot be trusted, and what to do; "" if they can."""
    if not any(not is_nameless(line) for line in block.lines):
        return gettext("There is no name in it.")
    unsure = sum(line.is_doubtful for line in block.lines)
    if unsure * 2 <= len(block.lines) or len(block.lines) <= FEW:
        return ""
    told = {"all": len(block.lines), "unsure": unsure, "what": _looks_like(block.shape)}
    return gettext("Of %(all)d lines, %(unsure)d are unsure. %(what)s") % told


def _looks_like(shape: Shape) -> str:
    if shape == Shape.TABLE:
        return gettext(
            "It looks like a table whose headings are not known: say what each column holds."
        )
    if shape == Shape.CARDS:
        return gettext(
            "It looks like blocks of lines: put each signatory into one line, or leave a blank"
            " line between them."
        )
    if shape == Shape.INLINE:
        return gettext("It looks like running text: put each signatory into a line of its own.")
    return gettext(
        "It does not look like a list of names: put each signatory into a line of its own, as in"
        " “Name, role, organization, town”."
    )
