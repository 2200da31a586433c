"""Sanitised HTML as a tree of plain data, for what is set by other means than a browser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from casa.lib.html import numbering

Node = dict[str, Any]
"""{"tag", "children": [Node or text], and what of its attributes counts}."""

VOID = frozenset({"br"})
CONTAINERS = frozenset({"", "ul", "ol", "blockquote", "table", "thead", "tbody", "tr"})
"""What holds no words itself, so that white space in it says nothing; "" is the root."""
HEADINGS = {"h2": 1, "h3": 2}
DEEPEST = 15
"""Elements in one another. What stands deeper keeps its words and not its form: Typst gives up."""

LONGEST_SPAN = 50  # columns or rows: more has no room on paper


def tree(html: str) -> list[Node | str]:
    """`html`, cleaned by `casa/lib/html/`, as nodes and texts.

    Headings carry a "level" from 1 on that never skips one, links an "href", numbered lists a
    "start" and a "numbering" such as "(a)"; tables say their number of "columns" and have "cells"
    with their place in place of rows, none over another. Nothing is deeper than DEEPEST.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root["children"]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: Node = {"tag": "", "children": []}
        self._open = [self.root]
        self._deepest_heading = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node: Node = {"tag": tag, "children": []}
        given = {name: value or "" for name, value in attrs}
        if tag in HEADINGS:
            node["level"] = min(HEADINGS[tag], self._deepest_heading + 1)
            self._deepest_heading = max(self._deepest_heading, node["level"])
        elif tag == "a":
            node["href"] = given.get("href", "")
        elif tag == "ol":
            first = numbering.first_number(given)
            node |= {"start": first.value, "numbering": numbering.pattern(first.type)}
        elif tag in ("td", "th"):
            node["colspan"] = _span(given.get("colspan", ""))
            node["rowspan"] = _span(given.get("rowspan", ""))
        if len(self._open) > DEEPEST and tag not in VOID:
            node["children"] = self._open[-1]["children"]
        else:
            self._open[-1]["children"].append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or all(node["tag"] != tag for node in self._open):
            return
        while (closed := self._open.pop())["tag"] != tag:
            pass
        if closed["tag"] == "table":
            _form(closed)

    def handle_data(self, data: str) -> None:
        if data.strip() or self._open[-1]["tag"] not in CONTAINERS:
            self._open[-1]["children"].append(re.sub(r"\s+", " ", data))


def _number(text: str, *, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default


def _span(text: str) -> int:
    return min(max(_number(text, default=1), 1), LONGEST_SPAN)


@dataclass
class _Grid:
    """Which places of a table are taken."""

    taken: set[tuple[int, int]] = field(default_factory=set)
    columns: int = 0

    def place(self, cell: Node, y: int, rows: int) -> None:
        """Places a cell at the first free place of row `y`; it covers no other cell."""
        x = 0
        while (x, y) in self.taken:
            x += 1
        width = 1
        while width < cell["colspan"] and (x + width, y) not in self.taken:
            width += 1
        cell |= {"x": x, "y": y, "colspan": width, "rowspan": min(cell["rowspan"], rows - y)}
        self.taken |= {
            (x + across, y + down) for across in range(width) for down in range(cell["rowspan"])
        }
        self.columns = max(self.columns, x + width)


def _form(table: Node) -> None:
    """Give every cell its place, as browsers form a table, and leave out what is no cell."""
    rows = [
        [cell for cell in row["children"] if _tag(cell) in ("td", "th")] for row in _rows(table)
    ]
    grid = _Grid()
    for y, cells in enumerate(rows):
        for cell in cells:
            grid.place(cell, y, len(rows))
    # The first row heads the table when it holds nothing but headings that end with it.
    heads = bool(rows and rows[0]) and all(
        cell["tag"] == "th" and cell["rowspan"] == 1 for cell in rows[0]
    )
    table |= {
        "columns": grid.columns,
        "cells": [cell for cells in rows for cell in cells],
        "headed": heads and len(rows) > 1,
        "children": [],
    }


def _rows(node: Node) -> Iterator[Node]:
    for child in node["children"]:
        if _tag(child) == "tr":
            yield child
        elif _tag(child) in ("thead", "tbody"):
            yield from _rows(child)


def _tag(node: Node | str) -> str:
    return "" if isinstance(node, str) else str(node["tag"])
