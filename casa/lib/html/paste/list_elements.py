"""The lists that are lists: how they count, and their items one by one."""

from typing import Protocol

from casa.lib.html.numbering import DECIMAL, Number, integer, opening, type_of
from casa.lib.html.paste.inline import Mark, marks_of
from casa.lib.html.paste.marks import is_of_docs_sign
from casa.lib.html.paste.nodes import HEADINGS, Element

LISTS = {"ul", "ol", "menu", "dir"}
_BULLETS = {"disc", "circle", "square"}


class Writer(Protocol):
    """What writes the document around a list, and the words in it."""

    out: list[str]
    open_entries: int
    continued: dict[str | None, tuple[int, int]]

    def children(self, element: Element, marks: tuple[Mark, ...]) -> None: ...
    def element(self, element: Element, marks: tuple[Mark, ...]) -> None: ...
    def text(self, data: str, marks: tuple[Mark, ...]) -> None: ...
    def end_block(self) -> None: ...
    def numbered_heading(self, entry: Element, number: Number | None) -> None: ...


class ListElement:
    """A list element while it is written: it is opened anew where its numbers leap."""

    def __init__(self, writer: Writer, element: Element, marks: tuple[Mark, ...]) -> None:
        self._writer, self._element, self._marks = writer, element, marks
        self._open = ""  # its tag, while an item of it is open
        self._numbering = _numbering(element)
        # The number that an item had, and how many less it has after what was left out.
        self._stood = integer(element.given.get("start", ""), 1)
        goes_on, left_out = writer.continued.get(self._numbering, (0, 0))
        self._left_out = left_out if 1 < self._stood == goes_on else 0

    @property
    def _number(self) -> Number | None:
        if self._numbering is None:
            return None
        return Number(self._numbering, self._stood - self._left_out)

    def write(self) -> None:
        for child in self._element.children:
            if isinstance(child, str):
                if child.strip():
                    self._in_item(child)
            elif child.tag == "li" and self._open and child.style.get("display") == "block":
                self._in_item(child)  # LibreOffice: the item before goes on
            elif child.tag == "li":
                self._entry(child)
            elif self._open or child.tag in LISTS:
                # A list right inside a list belongs to the item before it.
                self._writer.element(child, self._marks)
            else:
                self._in_item(child)
        self._end()
        self._writer.continued[self._numbering] = (self._stood, self._left_out)

    def _entry(self, entry: Element) -> None:
        self._writer.end_block()
        value = integer(entry.given.get("value", ""), 0)
        if self._numbering and value and value != self._stood:
            self._end()
            self._stood, self._left_out = value, 0
        if _is_heading_alone(entry) and not self._writer.open_entries - bool(self._open):
            self._end()
            self._writer.numbered_heading(entry, self._number)
        elif entry.is_blank and entry.is_shortened:
            self._left_out += 1
        elif entry.is_blank:
            if self._numbering:
                self._end()
        else:
            self._begin()
            own = () if is_of_docs_sign(entry) else marks_of(entry)
            self._writer.children(entry, (*self._marks, *own))
            self._writer.end_block()
        self._stood += 1

    def _in_item(self, child: Element | str) -> None:
        if not self._open:
            self._begin()
        if isinstance(child, str):
            self._writer.text(child, self._marks)
        else:
            self._writer.element(child, self._marks)

    def _begin(self) -> None:
        if self._open:
            self._writer.out.append("</li><li>")
            return
        self._open = "ol" if self._number else "ul"
        self._writer.open_entries += 1
        self._writer.out.append(f"{opening(self._number)}<li>")

    def _end(self) -> None:
        self._writer.end_block()
        if self._open:
            self._writer.out.append(f"</li></{self._open}>")
            self._writer.open_entries -= 1
        self._open = ""


def _numbering(element: Element) -> str | None:
    """How a list element counts its items; None for bullets."""
    first = next(
        (one for one in element.children if isinstance(one, Element) and one.tag == "li"), element
    )
    said = (
        element.given.get("data-type", ""),
        _style_type(first),
        _style_type(element),
        element.given.get("type", ""),
        first.given.get("type", ""),
    )
    for one in said:
        if one and (found := type_of(one)):
            return found
    is_bulleted = element.tag != "ol" or {_style_type(first), _style_type(element)} & {
        "disc", "circle", "square",
    }  # fmt: skip
    return None if is_bulleted else DECIMAL


def _style_type(element: Element) -> str:
    return element.style.get("list-style-type") or element.style.get("list-style", "")


def _is_heading_alone(entry: Element) -> bool:
    """Whether a list item holds a heading, and beside it the lists below it alone."""
    first, *others = [one for one in entry.children if isinstance(one, Element) or one.strip()] or [
        ""
    ]
    return (
        isinstance(first, Element)
        and first.tag in HEADINGS
        and all(isinstance(one, Element) and one.tag in LISTS for one in others)
    )
