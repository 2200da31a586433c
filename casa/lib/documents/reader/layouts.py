"""What a spreadsheet hides, and which cells stand for several rows: calamine does not tell."""

import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING
from xml.sax.handler import ContentHandler

from casa.lib.documents.reader import packed
from casa.lib.documents.reader.kinds import Kind

if TYPE_CHECKING:
    from xml.sax.xmlreader import AttributesImpl

    Attributes = AttributesImpl[str]

_YES = ("1", "true")
_MOST = 1 << 20  # rows of a sheet


@dataclass
class Layout:
    """Of one sheet. Rows and columns count from 1."""

    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)
    merged: dict[tuple[int, int], int] = field(default_factory=dict)
    """The last row, by the row and column of the first cell."""
    without_value: int = 0
    """A row with a formula that was never calculated; 0 for none."""


def layouts(file: IO[bytes], kind: Kind) -> dict[str, Layout] | None:
    """The layout by the name of the sheet; None where it is unknown. Raises RefusedError."""
    if kind is Kind.XLS:
        return None
    with packed.opened(file) as archive:
        if kind is Kind.ODS:
            handler = _OdsHandler()
            packed.scan(archive, "content.xml", handler)
            return handler.layouts
        if "xl/workbook.xml" not in archive.namelist():
            return None
        return {name: _xlsx_layout(archive, part) for name, part in _sheets(archive).items()}


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet, by its name."""
    links = packed.whole(archive, "xl/_rels/workbook.xml.rels")
    targets = {
        packed.attribute(one, "Id"): packed.attribute(one, "Target")
        for one in packed.children(links)
    }
    book = packed.whole(archive, "xl/workbook.xml")
    found = {}
    for one in () if book is None else book.iter():
        if packed.local(one.tag) == "sheet" and (
            target := targets.get(packed.attribute(one, "id"))
        ):
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            if "worksheets" in part and part in archive.NameToInfo:
                found[packed.attribute(one, "name")] = part
    return found


def _xlsx_layout(archive: zipfile.ZipFile, part: str) -> Layout:
    handler = _XlsxHandler()
    packed.scan(archive, part, handler)
    return handler.layout


def _number(text: str, default: int = 1) -> int:
    return min(int(text), _MOST) if text.isascii() and text.isdigit() else default


class _XlsxHandler(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.layout = Layout()
        self._row = 0
        self._has_formula = self._has_value = False

    def startElement(self, name: str, attrs: "Attributes") -> None:  # noqa: N802
        tag = packed.local(name)
        if tag == "row":
            self._row = _number(attrs.get("r", ""), self._row + 1)
            if attrs.get("hidden") in _YES or attrs.get("ht") == "0":
                self.layout.hidden_rows.append(range(self._row, self._row + 1))
        elif tag == "col" and (attrs.get("hidden") in _YES or attrs.get("width") == "0"):
            first, last = _number(attrs.get("min", "")), _number(attrs.get("max", ""))
            self.layout.hidden_columns.append(range(first, last + 1))
        elif tag == "c":
            self._has_formula = self._has_value = False
        elif tag == "f":
            self._has_formula = True
        elif tag == "v":
            self._has_value = True

    def endElement(self, name: str) -> None:  # noqa: N802
        if name.endswith("c") and packed.local(name) == "c":
            if self._has_formula and not self._has_value:
                self.layout.without_value = self.layout.without_value or self._row
            self._has_formula = False


class _OdsHandler(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.layouts: dict[str, Layout] = {}
        self._layout = Layout()
        self._row = self._column = self._cell = 1
        self._depth = 0

    def startElement(self, name: str, attrs: "Attributes") -> None:  # noqa: N802
        if name == "table:table":
            self._depth += 1
            if self._depth == 1:
                self._layout = self.layouts.setdefault(attrs.get("table:name", ""), Layout())
                self._row = self._column = 1
        elif name == "table:table-column":
            end = self._column + _number(attrs.get("table:number-columns-repeated", ""))
            if attrs.get("table:visibility", "visible") != "visible":
                self._layout.hidden_columns.append(range(self._column, end))
            self._column = end
        elif name == "table:table-row" and self._depth == 1:
            end = self._row + _number(attrs.get("table:number-rows-repeated", ""))
            if attrs.get("table:visibility", "visible") != "visible":
                self._layout.hidden_rows.append(range(self._row, end))
            self._row, self._cell = end, 1
        elif name in ("table:table-cell", "table:covered-table-cell") and self._depth == 1:
            self._take_cell(attrs)

    def _take_cell(self, attrs: "Attributes") -> None:
        rows = _number(attrs.get("table:number-rows-spanned", ""))
        if rows > 1:  # the row was counted when it began
            self._layout.merged[self._row - 1, self._cell] = self._row - 2 + rows
        self._cell += _number(attrs.get("table:number-columns-repeated", ""))

    def endElement(self, name: str) -> None:  # noqa: N802
        self._depth -= name == "table:table"
