"""Word documents: paragraphs, lists and tables as whoever opens them sees them.

Tracked changes are taken as accepted; hidden and struck-out words and comments are left out.
"""

from collections.abc import Callable, Iterator
from typing import IO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from casa.lib.documents.reader import packed
from casa.lib.documents.reader.kinds import Kind
from casa.lib.documents.reader.packed import attribute, child, children, local
from casa.lib.documents.reader.report import Report
from casa.lib.documents.reader.word_styles import Numbering, Styles

_DOCUMENT = "word/document.xml"
_CHANGES = {
    "ins": "insertion", "moveTo": "insertion", "del": "deletion", "moveFrom": "deletion",
    "commentReference": "comment",
}  # fmt: skip
_DELETED = frozenset({"del", "moveFrom"})
_NO_WORDS = _DELETED | {
    "pPr", "rPr", "tcPr", "trPr", "tblPr", "sectPr", "instrText", "Fallback", "rt",
}  # fmt: skip
_FEWEST_COLUMNS = 2  # of a table: one of fewer gives the text its form
_SMALL = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _number_of_note(element: Element) -> str:
    return attribute(element, "id").translate(_SMALL)


_SIGNS: dict[str, Callable[[Element], str]] = {
    "t": lambda element: element.text or "",
    "tab": lambda _element: "\t",
    "br": lambda _element: "\n",
    "cr": lambda _element: "\n",
    "noBreakHyphen": lambda _element: "-",
    "footnoteReference": _number_of_note,
    "endnoteReference": _number_of_note,
}


def write(file: IO[bytes], kind: Kind, report: Report) -> None:
    """Raises RefusedError."""
    report.head(kind=kind)
    with packed.opened(file) as archive:
        _Word(archive, report).write()


class _Word:
    def __init__(self, archive: ZipFile, report: Report) -> None:
        self._archive, self._report = archive, report
        self._styles = Styles(packed.whole(archive, "word/styles.xml"))
        self._numbering = Numbering(packed.whole(archive, "word/numbering.xml"))
        self._number = 0
        self._table: Element | None = None
        self._is_in_table = False
        self._columns = 0
        self._above: dict[int, str] = {}
        self._carried = ""
        self._boxes: list[str] = []

    def write(self) -> None:
        self._report.begin("text")
        for part in self._parts():
            tag = local(part.tag)
            if tag == "tr":
                self._write_row(part)
            elif tag == "tbl":
                self._is_in_table, self._above, self._columns = False, {}, 0
                self._report.begin("text")
            else:
                self._write_paragraph(part)
        self._write_lines(self._carried)
        self._write_notes("footnote")
        self._write_notes("endnote")

    def _parts(self) -> Iterator[Element]:
        """Rows, the ends of tables, and paragraphs beside tables, each as it is read."""
        tables: list[Element] = []
        paragraphs = 0
        for event, element in packed.events(self._archive, _DOCUMENT):
            tag = local(element.tag)
            if tag not in ("tbl", "tr", "p"):
                continue
            if event == "start":
                tables += [element] * (tag == "tbl")
                paragraphs += tag == "p"
                continue
            paragraphs -= tag == "p"
            if tag == "tr" and len(tables) == 1 and not paragraphs:
                self._table = tables[0]
                yield element
                element.clear()
            elif tag == "tbl":
                tables.pop()
            if tag != "tr" and not tables and not paragraphs:
                yield element
                element.clear()

    def _write_paragraph(self, paragraph: Element) -> None:
        text = self._carried + self._paragraph(paragraph)
        self._carried = ""
        mark = child(child(child(paragraph, "pPr"), "rPr"), "del")
        if mark is not None:  # the end of the paragraph was deleted: the next one goes on
            self._carried = text
            return
        if text.strip() or not _has_deletion(paragraph):
            self._write_lines(text)

    def _write_lines(self, text: str) -> None:
        for line in [*text.split("\n"), *self._boxes]:
            self._number += 1
            self._report.line(self._number, line)
        self._boxes = []

    def _write_row(self, row: Element) -> None:
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            self._report.leave_out("deletion")
            return
        cells = self._cells(row)
        # The grid may be missing, or narrower than its rows.
        self._columns = max(self._columns or _columns(self._table), len(cells))
        if self._columns < _FEWEST_COLUMNS:
            for cell in cells:
                self._write_lines(cell)
            return
        if not self._is_in_table:
            self._report.begin("table")
            self._is_in_table = True
        self._number += 1
        self._report.row(self._number, cells)

    def _cells(self, row: Element) -> list[str]:
        """One for each column of the grid; what spans several rows stands in each of them."""
        texts: list[str] = []
        before = child(child(row, "trPr"), "gridBefore")
        texts += [""] * _span(before)
        for cell in _cells_in(row):
            properties = child(cell, "tcPr")
            text = self._joined(cell)
            merge = child(properties, "vMerge")
            if merge is not None and attribute(merge, "val", "continue") == "continue":
                text = self._above.get(len(texts), text)
            self._above[len(texts)] = text
            texts += [text, *[""] * (_span(child(properties, "gridSpan"), 1) - 1)]
        return texts

    def _joined(self, cell: Element) -> str:
        lines = [self._paragraph(one) for one in cell.iter() if local(one.tag) == "p"]
        lines += self._boxes
        self._boxes = []
        return "\n".join(text for line in lines if (text := line.strip())).replace("\t", " ")

    def _paragraph(self, paragraph: Element) -> str:
        properties = child(paragraph, "pPr")
        style = attribute(child(properties, "pStyle"), "val")
        pieces: list[str] = []
        self._gather(paragraph, pieces, is_hidden=self._styles.is_hidden(style))
        text = "".join(pieces)
        place = self._styles.place_in_list(properties, style)
        if place is None or not text.strip():
            return text
        return f"{self._numbering.sign(*place)} {text}".lstrip()

    def _gather(self, element: Element, pieces: list[str], *, is_hidden: bool) -> None:
        for one in element:
            tag = local(one.tag)
            if tag in _CHANGES:
                self._report.leave_out(_CHANGES[tag])
            if tag in _NO_WORDS:
                continue
            if tag == "txbxContent":
                self._boxes += [self._paragraph(box) for box in one if local(box.tag) == "p"]
            elif tag == "r":
                self._gather_run(one, pieces, is_hidden=is_hidden)
            elif tag in _SIGNS:
                pieces.append(_SIGNS[tag](one))
            else:
                self._gather(one, pieces, is_hidden=is_hidden)

    def _gather_run(self, run: Element, pieces: list[str], *, is_hidden: bool) -> None:
        found: list[str] = []
        self._gather(run, found, is_hidden=is_hidden)
        properties = child(run, "rPr")
        gone = self._styles.gone(properties, is_hidden=is_hidden)
        if gone is None:
            pieces += found
        elif "".join(found).strip():
            self._report.leave_out(gone)

    def _write_notes(self, kind: str) -> None:
        """The notes below pages, each behind its number: "³ In a personal capacity"."""
        notes = packed.whole(self._archive, f"word/{kind}s.xml")
        self._report.begin("text")
        for note in children(notes):
            if attribute(note, "type") in ("", "normal"):
                text = self._joined(note).replace("\n", " ").strip()
                if text:
                    self._write_lines(f"{_number_of_note(note)} {text}")


def _cells_in(row: Element) -> Iterator[Element]:
    for one in row:
        tag = local(one.tag)
        if tag == "tc":
            yield one
        elif tag in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _cells_in(one)


def _span(element: Element | None, default: int = 0) -> int:
    number = attribute(element, "val")
    return min(int(number), 256) if number.isascii() and number.isdigit() else default


def _columns(table: Element | None) -> int:
    return sum(local(one.tag) == "gridCol" for one in children(child(table, "tblGrid")))


def _has_deletion(paragraph: Element) -> bool:
    return any(local(one.tag) in _DELETED for one in paragraph.iter())
