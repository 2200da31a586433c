"""The lists that are lists: how they count, and their items one by one."""

import re
from typing import Protocol

from casa.lib.html.numbering import HIGHEST, Number, opening
from casa.lib.html.paste.counting import counting_of
from casa.lib.html.paste.inline import Mark, marks_of
from casa.lib.html.paste.marks import is_of_docs_sign
from casa.lib.html.paste.nodes import HEADINGS, Element

LISTS = {"ul", "ol", "menu", "dir"}
_INTEGER = re.compile(r"\s*([+-]?\d{1,9})")


class Writer(Protocol):
    """What writes the document around a list, and the words in it."""

    out: list[str]
    open_entries: int
    continued: dict[str | None, tuple[int, int]]
    counters: dict[str, int]

    def children(self, element: Element, marks: tuple[Mark, ...]) -> None: ...
    def element(self, element: Element, marks: tuple[Mark, ...]) -> None: ...
    def text(self, data: str, marks: tuple[Mark, ...]) -> None: ...
    def end_block(self) -> None: ...
    def numbered_heading(self, entry: Element, number: Number | None, sign: str | None) -> None: ...
    def signed_paragraph(self, entry: Element, sign: str, marks: tuple[Mark, ...]) -> None: ...


class ListElement:
    """A list element while it is written: it is opened anew where its numbers leap."""

    def __init__(self, writer: Writer, element: Element, marks: tuple[Mark, ...]) -> None:
        self._writer, self._element, self._marks = writer, element, marks
        self._open = ""  # its tag, while an item of it is open
        self._counting = counting_of(element)
        self._numbering = self._counting.type
        # The number that an item had, and how many less it has after what was left out.
        self._stood = _integer(element.given.get("start", ""), self._default_start())
        goes_on, left_out = writer.continued.get(self._numbering, (0, 0))
        self._left_out = left_out if 1 < self._stood == goes_on else 0

    def _default_start(self) -> int:
        """A list that counts down ends with 1."""
        is_reversed = "reversed" in self._element.given
        items = [one for one in self._element.children if isinstance(one, Element)]
        return sum(one.tag == "li" for one in items) if is_reversed else 1

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
        self._count(entry)
        if _is_heading_alone(entry) and not self._writer.open_entries - bool(self._open):
            self._end()
            self._writer.numbered_heading(entry, self._number, self._sign_as_text())
        elif entry.is_blank and entry.is_shortened:
            self._left_out += 1
        elif entry.is_blank:
            if self._numbering:
                self._end()
        elif (sign := self._sign_as_text()) is not None:
            self._end()
            self._writer.signed_paragraph(entry, sign, self._marks)
        else:
            self._begin()
            own = () if is_of_docs_sign(entry) else marks_of(entry)
            self._writer.children(entry, (*self._marks, *own))
            self._writer.end_block()
        self._stood += -1 if "reversed" in self._element.given else 1
        if "reversed" in self._element.given:
            self._end()

    def _count(self, entry: Element) -> None:
        value = _integer(entry.given.get("value", ""), self._stood)
        if value != self._stood and (self._numbering or self._counting.is_text):
            self._end()
            self._stood, self._left_out = value, 0
        if self._counting.counter:
            self._writer.counters[self._counting.counter] = self._stood - self._left_out

    def _sign_as_text(self) -> str | None:
        """The sign of an item that no list of the editor's has; "" for one without any."""
        if self._counting.is_text:
            return self._counting.sign(self._stood - self._left_out, self._writer.counters)
        if self._number and not 0 <= self._number.value <= HIGHEST:
            return self._counting.sign(self._number.value, {})
        return None

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


def _integer(text: str, default: int) -> int:
    match = _INTEGER.match(text)
    return int(match[1]) if match else default
