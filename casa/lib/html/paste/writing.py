"""A document without what is no part of its text, written as the editor writes."""

from html import escape

from casa.lib.html.numbering import Number, integer, opening
from casa.lib.html.paste.inline import Mark, is_light, marks_of
from casa.lib.html.paste.items import Item, items_in
from casa.lib.html.paste.list_elements import LISTS, ListElement
from casa.lib.html.paste.nodes import BLOCKS, HEADINGS, Element

_CONTAINERS = {"blockquote", "table", "thead", "tbody", "tfoot", "tr", "td", "th"}
_SPACE = " \t\n\r\f"


def written(root: Element) -> str:
    """The HTML of `root`. Not safe yet: sanitise what comes out."""
    writer = _Writer(items_in(root))
    writer.write(root)
    return "".join(writer.out)


class _Writer:
    def __init__(self, items: dict[int, Item]) -> None:
        self.out: list[str] = []
        self._items = items
        self._block = ""  # the paragraph or heading that is open
        self._wanted = ""  # what the next words open
        self._is_loose = False  # whether words stand outside of any
        self._marks: list[Mark] = []  # open in `out`
        self._ends_blank = True
        self._lists: list[tuple[str, Number | None]] = []  # that items of Word's have opened
        self._base = 0  # the level that stands at the beginning of the line
        self._is_in_item = False
        self._depth = 0  # of lists in one another
        self.open_entries = 0  # list items that are open
        self.continued: dict[str | None, tuple[int, int]] = {}  # of each numbering: see ListElement
        self.counters: dict[str, int] = {}  # the last numbers, by names of the style sheet
        self._headings: list[int] = []  # the last number of a heading at each depth

    def write(self, root: Element) -> None:
        self.children(root, ())
        self.end_block()
        self._end_lists()

    # Elements

    def children(self, element: Element, marks: tuple[Mark, ...]) -> None:
        for child in element.children:
            if isinstance(child, str):
                self.text(child, marks)
            else:
                self.element(child, marks)

    def element(self, element: Element, marks: tuple[Mark, ...]) -> None:
        tag = element.tag
        if item := self._items.get(id(element)):
            self._item(element, item, marks)
        elif tag == "br":
            self._break(element)
        elif tag in HEADINGS or _is_heading(element):
            self._in_block(element, "h2" if _level(element) <= 2 else "h3", marks)
        elif tag in LISTS:
            self._list(element, marks)
        elif tag in _CONTAINERS:
            self._container(element, marks)
        elif tag == "pre":
            self._preformatted(element, marks)
        elif tag in BLOCKS and tag not in ("html", "body"):
            self._in_block(element, "p", marks)
        else:
            self._inline(element, marks)

    def _in_block(self, element: Element, tag: str, marks: tuple[Mark, ...]) -> None:
        self.end_block()
        outer = self._wanted
        self._wanted = outer if outer in ("h2", "h3") else tag
        self.children(element, (*marks, *self._new_marks(element, marks)))
        self.end_block()
        self._wanted = outer

    def _container(self, element: Element, marks: tuple[Mark, ...]) -> None:
        self.end_block()
        self._end_lists(unless_in_item=True)
        outer, self._wanted = self._wanted, "p" if element.tag == "blockquote" else ""
        tag = "tbody" if element.tag == "tfoot" else element.tag
        spans = "".join(
            f' {key}="{escape(element.given[key])}"'
            for key in ("colspan", "rowspan")
            if key in element.given and tag in ("td", "th")
        )
        self._enclosed(f"<{tag}{spans}>", element, marks, f"</{tag}>", is_kept=tag in ("td", "th"))
        self._wanted = outer

    def _enclosed(
        self, begin: str, element: Element, marks: tuple[Mark, ...], end: str, *, is_kept: bool
    ) -> None:
        self.out.append(begin)
        self.children(element, marks)
        self.end_block()
        self._end_lists(unless_in_item=True)
        if self.out[-1] == begin and not is_kept:
            self.out.pop()
        else:
            self.out.append(end)

    def _preformatted(self, element: Element, marks: tuple[Mark, ...]) -> None:
        self.end_block()
        outer, self._wanted = self._wanted, "p"
        for line in element.text.splitlines():
            self.text(line, marks)
            self._break(element)
        self.end_block()
        self._wanted = outer

    def _inline(self, element: Element, marks: tuple[Mark, ...]) -> None:
        is_distance = "mso-tab-count" in element.style or "apple-converted-space" in element.names
        if is_distance and not any(map(str.isalnum, element.text)):
            self.text(" ", marks)
            return
        if "strong" in dict(marks) and is_light(element):
            marks = tuple(one for one in marks if one[0] != "strong")
        if element.tag == "q":
            element.children = ["“", *element.children, "”"]
        self.children(element, (*marks, *self._new_marks(element, marks)))

    def _new_marks(self, element: Element, marks: tuple[Mark, ...]) -> list[Mark]:
        taken = {name for name, _address in marks}
        is_in_heading = element.tag in HEADINGS
        found = [] if is_in_heading else marks_of(element)
        return [one for one in found if one[0] not in taken]

    # Words

    def text(self, data: str, marks: tuple[Mark, ...]) -> None:
        is_open = self._block or self._is_loose
        if not is_open and not data.strip():
            return
        if not is_open:
            self._open_block()
        if self._ends_blank:
            data = data.lstrip(_SPACE)
        if data:
            self._set_marks(marks if data.strip() else self._common(marks))
            self.out.append(escape(data, quote=False))
            self._ends_blank = data[-1] in _SPACE

    def _common(self, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
        """What is open already of `marks`: blanks begin none."""
        return tuple(one for one in self._marks if one in marks)

    def _open_block(self) -> None:
        self._end_lists(unless_in_item=True)
        if self._wanted:
            self.out.append(f"<{self._wanted}>")
        self._block = self._wanted
        self._is_loose = not self._wanted
        self._ends_blank = bool(self._wanted)

    def end_block(self) -> None:
        self._set_marks(())
        while self.out and self.out[-1] == "<br>" and (self._block or self._is_loose):
            self.out.pop()
        if self._block:
            self.out.append(f"</{self._block}>")
        self._block, self._is_loose = "", False

    def _break(self, element: Element) -> None:
        is_open = self._block or self._is_loose
        if is_open and "page-break-before" not in element.style:
            self._set_marks(())
            self.out.append("<br>")
            self._ends_blank = True

    def _set_marks(self, marks: tuple[Mark, ...]) -> None:
        same = 0
        while same < min(len(marks), len(self._marks)) and marks[same] == self._marks[same]:
            same += 1
        while len(self._marks) > same:
            self.out.append(f"</{self._marks.pop()[0]}>")
        for name, address in marks[same:]:
            self.out.append(f'<a href="{escape(address)}">' if name == "a" else f"<{name}>")
            self._marks.append((name, address))

    # Lists of list elements

    def _list(self, element: Element, marks: tuple[Mark, ...]) -> None:
        entries = [one for one in element.children if isinstance(one, Element)]
        if entries and all(id(one) in self._items for one in entries if one.tag == "li"):
            self.children(element, marks)  # Word in a browser: each item in a list of its own
            return
        self.end_block()
        self._end_lists(unless_in_item=True)
        outer, self._wanted = self._wanted, ""
        self._depth += 1
        ListElement(self, element, marks).write()
        self._depth -= 1
        self._wanted = outer

    def numbered_heading(self, entry: Element, number: Number | None, sign: str | None) -> None:
        """A heading that stood in a list keeps the number, or another sign, as text."""
        if sign:
            next(one for one in entry.elements() if one.tag in HEADINGS).children.insert(
                0, f"{sign} "
            )
        elif number is not None:
            self._headings = [*self._headings, *[0] * self._depth][: self._depth - 1]
            self._headings.append(number.value)
            is_deep = len(self._headings) > 1 and all(self._headings)
            words = ".".join(map(str, self._headings)) if is_deep else number.sign
            heading = next(one for one in entry.elements() if one.tag in HEADINGS)
            heading.children.insert(0, f"{words} ")
        self.children(entry, ())

    def signed_paragraph(self, entry: Element, sign: str, marks: tuple[Mark, ...]) -> None:
        """An item that no list can hold: its sign is text."""
        first = entry
        while (inner := _first_block(first)) is not None:
            first = inner
        first.children.insert(0, f"{sign} " if sign else "")
        self._in_block(entry, "p", marks)

    # Items that are paragraphs

    def _item(self, element: Element, item: Item, marks: tuple[Mark, ...]) -> None:
        self.end_block()
        if item.is_blank:
            return
        if item.is_text:
            self._end_lists()
            element.children.insert(0, f"{item.sign} ")
            self._in_block(element, "p", marks)
            return
        self._place(item)
        self._is_in_item = True
        self._in_block(element, "p", marks)
        self._is_in_item = False

    def _place(self, item: Item) -> None:
        """Open and close lists until the item stands at its level."""
        if not self._lists or item.level <= self._base:
            self._end_lists()
            self._base = item.level - 1
        depth = min(item.level - self._base, len(self._lists) + 1)
        while len(self._lists) > depth:
            self.out.append(f"</li></{self._lists.pop()[0]}>")
        if len(self._lists) == depth and self._goes_on(*self._lists[-1], item):
            tag, last = self._lists[-1]
            self._lists[-1] = (tag, item.number or (last.next if last else None))
            self.out.append("</li><li>")
            return
        if len(self._lists) == depth:
            self.out.append(f"</li></{self._lists.pop()[0]}>")
        self._lists.append(("ol" if item.number else "ul", item.number))
        self.out.append(f"{opening(item.number)}<li>")

    def _goes_on(self, tag: str, last: Number | None, item: Item) -> bool:
        if item.number is None:
            return tag == "ul" or not item.sign
        return last is not None and item.number == last.next

    def _end_lists(self, *, unless_in_item: bool = False) -> None:
        if unless_in_item and self._is_in_item:
            return
        while self._lists:
            self.out.append(f"</li></{self._lists.pop()[0]}>")


def _first_block(element: Element) -> Element | None:
    """The paragraph that its words begin with."""
    first = next((one for one in element.children if isinstance(one, Element) or one.strip()), None)
    is_block = isinstance(first, Element) and first.tag in BLOCKS - LISTS - {"table"}
    return first if is_block and isinstance(first, Element) else None


def _is_heading(element: Element) -> bool:
    return element.given.get("role", "").lower() == "heading"


def _level(element: Element) -> int:
    if element.tag in HEADINGS:
        return int(element.tag[1])
    return integer(element.given.get("aria-level", ""), 2)
