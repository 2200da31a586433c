"""HTML from the editor as blocks of text, and blocks as HTML again, with its lists and tables."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from casa.lib.html import numbering

HEADING, ITEM, QUOTE, CELL, PARAGRAPH = "heading", "item", "quote", "cell", "paragraph"
ROW = "row"
"""The cell that a row begins with."""
MORE = "more"
"""What goes on in an item or a cell."""

_KINDS = {"li": ITEM, "td": CELL, "th": CELL, "blockquote": QUOTE}
_KINDS |= {f"h{level}": HEADING for level in range(1, 7)}
_BLOCKS = {*_KINDS, "p", "ul", "ol", "table", "tr", "div"}
_HELD = ("li", "td", "th")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def table_frame() -> SafeString:
    """What opens the frame in which a table scrolls, by keyboard as well."""
    return format_html(
        '<div class="table" role="region" aria-label="{}" tabindex="0">', gettext("Table")
    )


@dataclass(frozen=True)
class Kind:
    """What a block is; of an item how deep its list is and how that opens, of a cell its tag."""

    name: str
    depth: int = 0
    tag: str = ""


def read(html: str) -> list[tuple[Kind, str]]:
    """The blocks of `html` with their text, links and footnotes in it; cells may have none."""
    reader = _BlockReader()
    reader.feed(html)
    reader.close()
    return reader.finished()


class _BlockReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._lists: list[str] = []
        self._found: list[tuple[Kind, str]] = []
        self._text = ""
        self._href = ""
        self._superscript = False
        self._begins: Kind | None = None
        self._row_begins = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._end_block()
            self._open.append(tag)
            self._begin(tag, {name: value or "" for name, value in attrs})
        elif tag == "br":
            self._text += "\n"
        elif tag == "a":
            self._href = dict(attrs).get("href") or ""
        elif tag == "sup":
            self._superscript = True

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("ul", "ol"):
            number = numbering.first_number(given) if tag == "ol" else None
            self._lists.append(numbering.opening(number))
        elif tag == "li":
            opening = self._lists[-1] if self._lists else "<ul>"
            self._begins = Kind(ITEM, max(1, len(self._lists)), opening)
        elif tag == "tr":
            self._row_begins = True
        elif tag in ("td", "th"):
            self._begins = Kind(ROW if self._row_begins else CELL, tag=tag)
            self._row_begins = False

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_block(is_whole=tag in ("td", "th"))
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            if tag in self._open:
                del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        elif tag == "a" and self._href:
            self._text += f" ({self._href})"
            self._href = ""
        elif tag == "sup":
            self._superscript = False

    def handle_data(self, data: str) -> None:
        data = re.sub(r"\s+", " ", data)
        self._text += data.translate(_SUPERSCRIPTS) if self._superscript else data

    def _end_block(self, *, is_whole: bool = False) -> None:
        """Add what was read; of a cell that `is_whole` although it is empty, too."""
        words = re.sub(r"(?:(?<! ) +)?\n *", "\n", self._text).strip()
        is_empty_cell = is_whole and self._begins and self._begins.name in (CELL, ROW)
        if words or is_empty_cell:
            self._found.append((self._kind(), words))
            self._begins = None
        self._text = ""

    def _kind(self) -> Kind:
        if self._begins:
            return self._begins
        if any(tag in _HELD for tag in self._open):
            return Kind(MORE)
        kinds = [_KINDS[tag] for tag in self._open if tag in _KINDS]
        return Kind(kinds[-1] if kinds else PARAGRAPH)

    def finished(self) -> list[tuple[Kind, str]]:
        self._end_block()
        return self._found


class Layout:
    """Puts blocks together again, one after the other."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._lists: list[Kind] = []
        self._cell = ""  # the tag of the open one

    def add(self, kind: Kind, words: SafeString, *, is_gone: bool = False) -> None:
        """`is_gone` of an item that is in the list no more: none of its numbers is for it."""
        if kind.name == ITEM:
            self._add_item(kind, words, is_gone=is_gone)
        elif kind.name in (CELL, ROW):
            self._add_cell(kind, words)
        elif kind.name == MORE and (self._lists or self._cell):
            self._parts.append(format_html("<p>{}</p>", words))
        else:
            self._end()
            name = PARAGRAPH if kind.name == MORE else kind.name
            self._parts.append(format_html('\n<p class="{}">{}</p>', name, words))

    def _add_item(self, kind: Kind, words: SafeString, *, is_gone: bool) -> None:
        self._end_table()
        while self._lists and self._lists[-1].depth > kind.depth:
            self._end_list()
        if self._lists and self._lists[-1].depth == kind.depth and self._lists[-1] != kind:
            self._end_list()
        if self._lists and self._lists[-1] == kind:
            self._parts.append("</li>")
        else:
            self._parts.append(f"\n{kind.tag}")
            self._lists.append(kind)
        self._parts.append(f'<li class="gone">{words}' if is_gone else f"<li>{words}")

    def _add_cell(self, kind: Kind, words: SafeString) -> None:
        if not self._cell:
            self._end()
            self._parts.append(f"\n{table_frame()}<table><tbody><tr>")
        else:
            self._parts.append(f"</{self._cell}>")
            self._parts.append("</tr><tr>" if kind.name == ROW else "")
        self._parts.append(f"<{kind.tag}>{words}")
        self._cell = kind.tag

    def _end_list(self) -> None:
        tag = self._lists.pop().tag[1:3]
        self._parts.append(f"</li></{tag}>")

    def _end_table(self) -> None:
        if self._cell:
            self._parts.append(f"</{self._cell}></tr></tbody></table></div>")
            self._cell = ""

    def _end(self) -> None:
        self._end_table()
        while self._lists:
            self._end_list()

    def whole(self) -> SafeString:
        self._end()
        return mark_safe("".join(self._parts).strip())  # noqa: S308 - each part is escaped
