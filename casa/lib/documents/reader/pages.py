"""Web pages, and what other programs save as HTML: what is seen, as lines and tables."""

from collections import defaultdict
from collections.abc import Iterator

from casa.lib.documents.reader.bounds import RefusedError
from casa.lib.documents.reader.report import Report
from casa.lib.html import paste
from casa.lib.html.numbering import Number
from casa.lib.html.tree import Node, tree

_LINES = frozenset({"p", "h2", "h3", "li", "blockquote", "ul", "ol", "tr", "td", "th"})
_UNTOLD = frozenset({"picture", "embedded", "field", "link"})
"""What is left out of pages and says nothing about names."""


def write(text: str, report: Report) -> None:
    """Raises RefusedError."""
    try:
        html, left_out = paste.rewritten(text)
    except paste.UnreadableError as error:
        raise RefusedError("page") from error
    for one in left_out:
        if one.kind not in _UNTOLD:
            report.leave_out(one.kind, one.number)
    page = _Page(report)
    for node in tree(html):
        page.write(node)
    page.end()


class _Page:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._number = 0
        self._loose: list[Node | str] = []
        report.begin("text")

    def write(self, node: Node | str) -> None:
        tag = "" if isinstance(node, str) else node["tag"]
        if isinstance(node, str) or tag not in {*_LINES, "table"}:
            self._loose.append(node)
            return
        self.end()
        if tag == "table":
            self._write_table(node)
        elif tag in ("ul", "ol"):
            self._write_list(node)
        else:
            self._write_block(node)

    def end(self) -> None:
        """Write the words that stand in no paragraph."""
        loose, self._loose = self._loose, []
        self._write_lines(_lines({"tag": "p", "children": loose}))

    def _write_block(self, node: Node) -> None:
        """A paragraph; one of several lines is a group of its own."""
        lines = _lines(node)
        if len(lines) > 1:
            self._blank()
        self._write_lines(lines)
        if len(lines) > 1:
            self._blank()

    def _write_list(self, node: Node) -> None:
        value = node.get("start", 1)
        for item in node["children"]:
            sign = "•" if node["tag"] == "ul" else Number(_numbering(node), value).sign
            lines = [] if isinstance(item, str) else _lines(item)
            self._write_lines(
                [f"{sign} {line}" if not at else line for at, line in enumerate(lines)]
            )
            value += 1

    def _write_table(self, table: Node) -> None:
        rows: dict[int, dict[int, str]] = defaultdict(dict)
        for cell in table["cells"]:
            text = "\n".join(_lines(cell))
            for below in range(cell["rowspan"]):
                rows[cell["y"] + below][cell["x"]] = text
        if table["columns"] < 2:
            for cells in rows.values():
                self._write_lines([line for text in cells.values() for line in text.split("\n")])
            return
        self._report.begin("table")
        for _y, cells in sorted(rows.items()):
            self._number += 1
            self._report.row(
                self._number, [cells.get(at, "") for at in range(max(cells, default=-1) + 1)]
            )
        self._report.begin("text")

    def _write_lines(self, lines: list[str]) -> None:
        for line in lines:
            self._number += 1
            self._report.line(self._number, line)

    def _blank(self) -> None:
        self._report.line(self._number, "")


def _numbering(node: Node) -> str:
    return {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman"}.get(
        str(node.get("numbering", "")).strip("()."), "decimal"
    )


def _lines(node: Node) -> list[str]:
    """The words within `node`, a line for each that a browser begins."""
    lines = "".join(_words(node)).split("\n")
    return [text for line in lines if (text := " ".join(line.split()))]


def _words(node: Node) -> Iterator[str]:
    for cell in node.get("cells", ()):
        yield from ("\n", *_words(cell), "\n")
    for child in node["children"]:
        if isinstance(child, str):
            yield child.replace("\n", " ")
        elif child["tag"] == "br":
            yield "\n"
        elif child["tag"] in _LINES or child["tag"] == "table":
            yield from ("\n", *_words(child), "\n")
        else:
            yield from _words(child)
