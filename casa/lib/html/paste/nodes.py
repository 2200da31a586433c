"""Pasted HTML as a tree, read as leniently as browsers do, if it is no deeper than MOST_OPEN."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

MOST_OPEN = 100
"""Elements that are open at once. They are gone through for each that begins."""

SIGN = "x-sign"
"""What Word puts between [if !supportLists] and [endif]: the sign before a list item."""
NOTE = "x-note"
"""An HTML comment in which LibreOffice keeps a comment of its own."""

VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "html", "li",
    "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul", "caption", "colgroup",
}  # fmt: skip

# What the beginning of an element ends: (elements that it ends, elements that hold these back).
_CELLS = frozenset({"td", "th", "caption"})
_KEPT_OPEN = _CELLS | {"li", "blockquote", "div", "table", "ul", "ol", "del", "ins", "section"}
_PARAGRAPH = (frozenset({"p"}) | HEADINGS, _KEPT_OPEN)
_ENDS = dict.fromkeys(BLOCKS - {"body", "html"}, _PARAGRAPH) | {
    "li": (frozenset({"li"}), _CELLS | {"ul", "ol", "menu", "dir"}),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"}) | _CELLS),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"}) | _CELLS),
    "td": (_CELLS, frozenset({"tr", "table"})),
    "th": (_CELLS, frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "tbody": (frozenset({"thead", "tbody"}), frozenset({"table"})),
}


_KEEP_NOTES = ("libreoffice", "openoffice", "collabora", "staroffice")
WRITERS = (*_KEEP_NOTES, "microsoft word", "google docs")
"""Word processors, as their documents name them."""


@dataclass(slots=True, eq=False)
class Element:
    tag: str
    given: dict[str, str] = field(default_factory=dict)
    """Its attributes."""
    children: list["Element | str"] = field(default_factory=list)
    style: dict[str, str] = field(default_factory=dict)
    """Its own properties, of its attribute and of the document's style sheet."""
    names: list[str] = field(init=False)
    """Its classes, and then its id or "", in lower case."""
    is_shortened: bool = False
    """Whether words of it were deleted."""

    def __post_init__(self) -> None:
        classes = self.given.get("class", "").lower().split()
        self.names = [*classes, self.given.get("id", "").lower()]

    def elements(self) -> Iterator["Element"]:
        """All elements below it, in the order of the document."""
        below = [one for one in reversed(self.children) if isinstance(one, Element)]
        while below:
            element = below.pop()
            yield element
            below += [one for one in reversed(element.children) if isinstance(one, Element)]

    def pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag == "br":
                yield "\n"
            else:
                yield from child.pieces()
                yield " " * (child.tag in BLOCKS)

    @property
    def text(self) -> str:
        return "".join(self.pieces())

    @property
    def lines(self) -> str:
        """Its text with each paragraph on a line of its own."""
        pieces: list[str] = []
        below: list[Element | str] = [self]
        while below:
            one = below.pop()
            if isinstance(one, str):
                pieces.append(one)
            elif one.tag == "br":
                pieces.append("\n")
            else:
                edge = ["\n"] * (one.tag in BLOCKS)
                below += [*edge, *reversed(one.children), *edge]
        return "".join(pieces)

    @property
    def is_blank(self) -> bool:
        return not any(piece.strip() for piece in self.pieces())


@dataclass
class Document:
    root: Element
    sheets: list[str]
    """The contents of its style elements."""


def is_sign(element: Element) -> bool:
    """Whether Word has put the sign of a list item into it."""
    return element.tag == SIGN or element.style.get("mso-list") == "ignore"


class TooDeepError(Exception):
    """Elements are deeper in one another than anybody writes, so that some may be misread."""


def read(html: str) -> Document:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Document(reader.root, reader.sheets)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.sheets: list[str] = []
        self._open = [self.root]
        self._has_notes = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in reversed(attrs)}
        if tag == "meta" and given.get("name", "").lower() == "generator":
            program = given.get("content", "").lower()
            self._has_notes = any(name in program for name in _KEEP_NOTES)
        self._end_implied(tag)
        self._begin(Element(tag, given), is_void=tag in VOID)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and ":" in tag:  # "<o:p/>" ends there, "<p/>" does not
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._end(tag)

    def handle_data(self, data: str) -> None:
        if self._open[-1].tag == "style":
            self.sheets.append(data)
        else:
            self._open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        if not self._is_conditional(data) and self._has_notes and data.strip():
            self._open[-1].children.append(Element(NOTE, {}, [data]))

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """As browsers read "<![…>", whatever it says; Python's own raises an error over some."""
        end = self.rawdata.find(">", i)
        if end < 0:
            return -1
        self._is_conditional(self.rawdata[i + len("<![") - 1 : end])
        return end + 1

    def _is_conditional(self, data: str) -> bool:
        condition = data.lstrip()[:40].lower()
        if "!supportlists" in condition:
            self._begin(Element(SIGN))
        elif "endif" in condition:
            self._end(SIGN)
        return condition.startswith(("[if", "[endif", "startfragment", "endfragment"))

    def _begin(self, element: Element, *, is_void: bool = False) -> None:
        if len(self._open) > MOST_OPEN:
            raise TooDeepError
        self._open[-1].children.append(element)
        if not is_void:
            self._open.append(element)

    def _end(self, tag: str) -> None:
        if any(one.tag == tag for one in self._open):
            while self._open.pop().tag != tag:
                pass

    def _end_implied(self, tag: str) -> None:
        ended, barriers = _ENDS.get(tag, ((), ()))
        for depth in range(len(self._open) - 1, 0, -1):
            name = self._open[depth].tag
            if name in ended:
                del self._open[depth:]
                return
            # What is hidden or struck goes on in the next paragraph, where its mark has no end yet.
            if name in barriers or (ended is _PARAGRAPH[0] and name not in BLOCKS):
                return
