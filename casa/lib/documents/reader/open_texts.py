"""OpenDocument texts, as LibreOffice writes them: what is seen, as lines and tables."""

from collections.abc import Callable
from typing import IO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from casa.lib.documents.reader import packed
from casa.lib.documents.reader.kinds import Kind
from casa.lib.documents.reader.packed import attribute, child, children, local
from casa.lib.documents.reader.report import Report

_LEFT_OUT = {
    "annotation": "comment", "hidden-text": "hidden", "hidden-paragraph": "hidden",
    "change": "deletion", "change-start": "insertion",
}  # fmt: skip
_NO_WORDS = frozenset({*_LEFT_OUT, "tracked-changes", "note", "annotation-end", "change-end",
                       "sequence-decls", "forms", "desc", "title"})  # fmt: skip
_PARAGRAPHS = ("p", "h")
_MOST = 1_000
_SIGNS: dict[str, Callable[[Element], str]] = {
    "s": lambda element: " " * _number(attribute(element, "c"), 1),
    "tab": lambda _element: "\t",
    "line-break": lambda _element: "\n",
}


def write(file: IO[bytes], kind: Kind, report: Report) -> None:
    """Raises RefusedError."""
    report.head(kind=kind)
    with packed.opened(file) as archive:
        _Text(archive, report).write()


def _number(text: str, default: int) -> int:
    return min(int(text), _MOST) if text.isascii() and text.isdigit() else default


class _Text:
    def __init__(self, archive: ZipFile, report: Report) -> None:
        self._archive, self._report = archive, report
        self._number = 0
        self._gone: dict[str, str] = {}
        self._notes: list[str] = []

    def write(self) -> None:
        self._report.begin("text")
        styles = packed.whole(self._archive, "styles.xml")
        for one in [] if styles is None else styles.iter():
            self._take_style(one)
        for event, element in packed.events(self._archive, "content.xml"):
            if event == "end" and local(element.tag) == "style":
                self._take_style(element)
            elif event == "end" and local(element.tag) == "text" and len(element):
                self._write_parts(element)  # office:text, which holds all that is written
                element.clear()
        self._write_lines("\n".join(self._notes))

    def _take_style(self, element: Element) -> None:
        if local(element.tag) != "style":
            return
        properties = child(element, "text-properties")
        if attribute(properties, "display") == "none":
            self._gone[attribute(element, "name")] = "hidden"
        elif attribute(properties, "text-line-through-style", "none") != "none":
            self._gone[attribute(element, "name")] = "struck"

    def _write_parts(self, element: Element, sign: str = "") -> None:
        for one in element:
            tag = local(one.tag)
            if tag in _PARAGRAPHS:
                text = self._words(one)
                self._write_lines(f"{sign} {text}".strip() if text.strip() else "")
                sign = ""
            elif tag == "table":
                self._write_table(one)
            elif tag == "list-item":
                self._write_parts(one, "•")
            elif tag in _NO_WORDS:
                self._take_away(tag)
            else:
                self._write_parts(one)

    def _write_lines(self, text: str) -> None:
        for line in text.split("\n"):
            self._number += 1
            self._report.line(self._number, line)

    def _write_table(self, table: Element) -> None:
        rows = [[*self._cells(row)] for row in table.iter() if local(row.tag) == "table-row"]
        if max(map(len, rows), default=0) < 2:
            for text in (text for row in rows for text in row):
                self._write_lines(text)
            return
        self._report.begin("table", "")
        for row in rows:
            self._number += 1
            self._report.row(self._number, row)
        self._report.begin("text")

    def _cells(self, row: Element) -> list[str]:
        texts: list[str] = []
        for cell in row:
            tag = local(cell.tag)
            if tag in ("table-cell", "covered-table-cell"):
                lines = [self._words(one) for one in cell.iter() if local(one.tag) in _PARAGRAPHS]
                text = "\n".join(kept for line in lines if (kept := line.strip()))
                count = _number(attribute(cell, "number-columns-repeated"), 1)
                texts += [text.replace("\t", " ")] * count
        return texts

    def _words(self, element: Element) -> str:
        """What is seen of a paragraph."""
        pieces: list[str] = []
        self._gather(element, pieces)
        text = "".join(pieces)
        gone = self._gone.get(attribute(element, "style-name"))
        if gone and text.strip():
            self._report.leave_out(gone)
        return "" if gone else text

    def _gather(self, element: Element, pieces: list[str]) -> None:
        pieces.append(" ".join((element.text or "").split("\n")))
        for one in element:
            tag = local(one.tag)
            if tag in _SIGNS:
                pieces.append(_SIGNS[tag](one))
            elif tag == "note":
                pieces.append(self._note(one))
            elif tag in _NO_WORDS:
                self._take_away(tag)
            elif tag == "span":
                pieces.append(self._words(one))
            else:
                self._gather(one, pieces)
            pieces.append(" ".join((one.tail or "").split("\n")))

    def _note(self, note: Element) -> str:
        """The sign of a note below the page, whose words come at the end."""
        sign = "".join(text for one in children(note) for text in _citation(one))
        body = child(note, "note-body")
        words = " ".join(self._words(one) for one in children(body)).strip()
        self._notes.append(f"{sign} {words}")
        return sign

    def _take_away(self, tag: str) -> None:
        if tag in _LEFT_OUT:
            self._report.leave_out(_LEFT_OUT[tag])


def _citation(element: Element) -> list[str]:
    small = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    is_one = local(element.tag) == "note-citation"
    return [(element.text or "").strip().translate(small)] if is_one else []
