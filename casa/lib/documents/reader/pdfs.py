"""The text of a PDF, line by line, with a tab where a line leaves a gap as between columns."""

import array
from collections.abc import Iterator
from typing import IO, NamedTuple

import pypdfium2
from pypdfium2 import raw

from casa.lib.documents.reader.bounds import RefusedError
from casa.lib.documents.reader.kinds import Kind
from casa.lib.documents.reader.report import Report

_WIDE = 0.9  # of the height of letters: the gap between two columns, not between two words
_HIGH = 0.6  # of the height of letters: the gap between two groups of lines
_BLANK, _LINE_END, _RETURN = 0x20, 0x0A, 0x0D
_HYPHENS = (0x02, 0xFFFE)  # where a word goes on in the next line
_SHOWN = 8


class _Line(NamedTuple):
    text: str
    top: float
    bottom: float


def write(file: IO[bytes], kind: Kind, report: Report) -> None:
    """Raises RefusedError."""
    file.seek(0)
    try:
        document = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", 0) == raw.FPDF_ERR_PASSWORD
        raise RefusedError("password" if is_locked else "damaged") from error
    if len(document) > report.limits.pages:
        raise RefusedError("pages", limit=report.limits.pages)
    report.head(kind=kind, pages=len(document))
    _write_pages(document, report)


def _write_pages(document: pypdfium2.PdfDocument, report: Report) -> None:
    report.begin("text")
    number, without = 0, []
    for at in range(len(document)):
        lines = [*_lines(document, at)]
        if not any(line.text.strip() for line in lines):
            without.append(at + 1)
        for before, line in zip([None, *lines], lines, strict=False):
            if before and _is_apart(before, line):
                report.line(number, "")
            number += 1
            report.line(number, line.text)
    if len(without) == len(document):
        raise RefusedError("scan", pages=len(document))
    if without:
        shown = ", ".join([*map(str, without[:_SHOWN]), *["…"] * (len(without) > _SHOWN)])
        report.note(0, "scanned-pages", which=shown)


def _is_apart(before: _Line, line: _Line) -> bool:
    if "\t" in before.text or "\t" in line.text:
        return False  # rows of tables keep more distance
    height = line.top - line.bottom
    return before.bottom - line.top > _HIGH * height


def _lines(document: pypdfium2.PdfDocument, at: int) -> Iterator[_Line]:
    try:
        page = document[at]
        text = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise RefusedError("damaged") from error
    units, first = array.array("H"), 0
    for place in range(text.count_chars()):
        unit = raw.FPDFText_GetUnicode(text, place)
        if unit == _LINE_END:
            yield _line(text, units, first)
            units, first = array.array("H"), place + 1
        elif unit == _BLANK and raw.FPDFText_IsGenerated(text, place):
            units.append(9 if _is_wide(text, place) else _BLANK)
        elif unit != _RETURN:
            units.append(ord("-") if unit in _HYPHENS else min(unit, 0xFFFF))
    if units:
        yield _line(text, units, first)
    text.close()
    page.close()


def _line(text: pypdfium2.PdfTextPage, units: "array.array[int]", first: int) -> _Line:
    words = units.tobytes().decode("utf-16", "replace")
    _left, bottom, _right, top = text.get_charbox(first, loose=True) if units else (0, 0, 0, 0)
    return _Line(words, top, bottom)


def _is_wide(text: pypdfium2.PdfTextPage, place: int) -> bool:
    """Whether the gap that PDFium takes for a blank is one between columns."""
    if not 0 < place < text.count_chars() - 1:
        return False
    _left, bottom, right, top = text.get_charbox(place - 1, loose=True)
    left = text.get_charbox(place + 1, loose=True)[0]
    return bool(left - right > _WIDE * (top - bottom) > 0)
