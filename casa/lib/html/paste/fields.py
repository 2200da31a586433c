"""Word's fields: what computes a page number or a reference goes, and what it came to stays."""

from casa.lib.html.left_out import Kind, LeftOut, left_out
from casa.lib.html.paste.nodes import Element

BEGIN, SEPARATOR, END = "field-begin", "field-separator", "field-end"


def without_field_codes(root: Element, found: list[LeftOut]) -> None:
    """Take the codes out of `root`, which stand between a field's begin and its separator."""
    marked = [one for one in root.elements() if _mark(one)]
    if whole := _whole_fields(marked):
        codes = _Codes(whole)
        codes.clear(root)
        found += [left_out(Kind.FIELD, code) for code in codes.found if code.strip()]


def _mark(element: Element) -> str:
    mark = element.style.get("mso-element", "")
    return mark if mark in (BEGIN, SEPARATOR, END) else ""


def _whole_fields(marked: list[Element]) -> set[int]:
    """The ids of the begins whose code has an end: another would swallow the rest of the text."""
    whole: set[int] = set()
    begun: list[Element] = []
    for element in marked:
        mark = _mark(element)
        if mark == BEGIN:
            begun.append(element)
        elif begun:
            whole.add(id(begun[-1]))
            if mark == END:
                begun.pop()
    return whole


class _Codes:
    def __init__(self, whole: set[int]) -> None:
        self._whole = whole
        self._fields: list[bool] = []  # of each field that is open, whether its code goes on
        self.found: list[str] = []

    def clear(self, element: Element) -> None:
        kept: list[Element | str] = []
        for child in element.children:
            if isinstance(child, Element):
                self._enter(child)
                self.clear(child)
                kept.append(child)
            elif any(self._fields):
                self.found[-1] += child
            else:
                kept.append(child)
        element.children = kept

    def _enter(self, element: Element) -> None:
        mark = _mark(element)
        if mark == BEGIN and id(element) in self._whole:
            if not any(self._fields):
                self.found.append("")
            self._fields.append(True)
        elif mark == SEPARATOR and self._fields:
            self._fields[-1] = False
        elif mark == END and self._fields:
            self._fields.pop()
