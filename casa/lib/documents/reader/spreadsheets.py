"""Excel and OpenDocument spreadsheets: what is seen in them, formulas as their values."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from casa.lib.documents.reader import packed
from casa.lib.documents.reader.bounds import RefusedError
from casa.lib.documents.reader.kinds import Kind
from casa.lib.documents.reader.layouts import Layout, layouts
from casa.lib.documents.reader.report import Report

_INDENT = re.compile(rb">[ \t\r]{0,20}\n\s*<")
_LONGEST_INDENTED = 32 << 20  # bytes
_SHOWN_RANGES = 8  # of hidden rows, in a sentence


def write(file: IO[bytes], kind: Kind, report: Report) -> None:
    """Each sheet that is seen as a table. Raises RefusedError."""
    report.head(kind=kind)
    told = layouts(file, kind)
    try:
        with _opened(file, kind) as book:
            for number, sheet in enumerate(book.sheets_metadata):
                if sheet.typ is not SheetTypeEnum.WorkSheet:
                    continue
                if sheet.visible is not SheetVisibleEnum.Visible:
                    report.note(0, "hidden-sheet", sheet=sheet.name)
                    continue
                layout = (told or {}).get(sheet.name, Layout())
                _Sheet(book.get_sheet_by_index(number), layout, report).write()
    except PasswordError as error:
        raise RefusedError("password") from error
    except (CalamineError, ValueError, OSError) as error:
        raise RefusedError("damaged") from error
    if told is None:
        report.note(0, "hidden-unknown")


def _opened(file: IO[bytes], kind: Kind) -> CalamineWorkbook:
    """Raises CalamineError."""
    file.seek(0)
    try:
        return load_workbook(file)
    except PasswordError:
        raise
    except CalamineError:
        if kind is not Kind.ODS:
            raise
        return load_workbook(_without_indents(file))


def _without_indents(file: IO[bytes]) -> IO[bytes]:
    """An OpenDocument without blanks between its elements, which calamine takes for errors."""
    made = BytesIO()
    with packed.opened(file) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in ("mimetype", "META-INF/manifest.xml", "content.xml"):
            if old.getinfo(name).file_size > _LONGEST_INDENTED:
                raise RefusedError("heavy")
            new.writestr(name, _INDENT.sub(b"><", old.read(name)))
    made.seek(0)
    return made


class _Sheet:
    def __init__(self, sheet: CalamineSheet, layout: Layout, report: Report) -> None:
        self._sheet, self._layout, self._report = sheet, layout, report
        self._merged = dict(layout.merged)
        for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
            if bottom > top:
                self._merged[top + 1, left + 1] = bottom + 1
        self._spread: dict[int, tuple[int, str]] = {}
        self._spread_into = 0

    def write(self) -> None:
        self._report.begin("table", self._sheet.name)
        hidden_rows = _numbers(self._layout.hidden_rows)
        hidden_columns = _numbers(self._layout.hidden_columns)
        rows_left_out, columns_left_out = set(), set()
        for number, cells in self._rows():
            if number in hidden_rows:
                rows_left_out.add(number)
                continue
            columns_left_out |= {at for at, cell in cells.items() if cell and at in hidden_columns}
            self._report.row(number, _in_order(cells, hidden_columns))
        self._say("hidden-rows", _ranges(rows_left_out))
        self._say("hidden-columns", _ranges(columns_left_out, _letters))
        if self._spread_into:
            self._report.note(self._spread_into, "merged", sheet=self._sheet.name)
        if self._layout.without_value:
            self._report.note(self._layout.without_value, "formulas", sheet=self._sheet.name)

    def _say(self, code: str, which: str) -> None:
        if which:
            self._report.note(0, code, sheet=self._sheet.name, which=which)

    def _rows(self) -> Iterator[tuple[int, dict[int, str]]]:
        """The cells of each row that has any, by the number of the column."""
        first = (self._sheet.start or (0, 0))[1] + 1
        for number, row in enumerate(self._sheet.iter_rows(), start=1):
            cells = {at: text for at, cell in enumerate(row, first) if (text := _text(cell))}
            if cells:
                self._spread_merged(number, cells)
                yield number, cells

    def _spread_merged(self, number: int, cells: dict[int, str]) -> None:
        """Give what stands in a cell of several rows to each of them that has words of its own."""
        for at, (last, text) in [*self._spread.items()]:
            if number > last:
                del self._spread[at]
            elif at not in cells:
                cells[at] = text
                self._spread_into = self._spread_into or number
        for at, text in cells.items():
            if end := self._merged.get((number, at)):
                self._spread[at] = (end, text)


def _in_order(cells: dict[int, str], hidden: set[int]) -> list[str]:
    last = max(cells)
    return [cells.get(at, "") for at in range(1, last + 1) if at not in hidden]


def _text(cell: Any) -> str:
    """The cell as a spreadsheet shows it; dates have one format."""
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e16:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _numbers(ranges: list[range]) -> set[int]:
    return {number for one in ranges for number in one}


def _ranges(numbers: set[int], shown: Any = str) -> str:
    """ "3, 7–9": what is left out, in a few words."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    told = [
        shown(first) if first == last else f"{shown(first)}–{shown(last)}"
        for first, last in found[:_SHOWN_RANGES]
    ]
    return ", ".join([*told, "…"] if len(found) > _SHOWN_RANGES else told)


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
