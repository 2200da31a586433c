"""Paragraphs that Word means as list items: at which level, and with which sign before them."""

import re
from dataclasses import dataclass

from casa.lib.html.numbering import Number, integer, numbers, sign, type_of
from casa.lib.html.paste.counting import style_type
from casa.lib.html.paste.nodes import HEADINGS, Element, is_sign
from casa.lib.html.paste.symbols import is_symbol_font

_LEVEL = re.compile(r"\blevel(\d)")
_RING = "o"
"""In Courier New: the only letter that Word draws as a bullet in a font of letters."""
_PLACE = re.compile(r"%(\d)")


@dataclass
class Item:
    level: int
    sign: str
    """As it stood before the item."""
    number: Number | None = None
    """What `sign` comes to among the items around it; None for a bullet."""
    is_bullet: bool = False
    is_blank: bool = False
    """Whether it has no words."""
    is_deleted: bool = False
    """Whether it has none because they were deleted: those that follow move up."""

    @property
    def is_text(self) -> bool:
        """Whether no list has such a sign: "1.1", "Art. 4"."""
        return self.number is None and not self.is_bullet and any(map(str.isalnum, self.sign))


@dataclass(frozen=True)
class _Sign:
    text: str = ""
    font: str = ""

    @property
    def is_bullet(self) -> bool:
        """Whether it is drawn in a font of symbols, or is no letter and no digit."""
        return is_symbol_font(self.font) or not any(map(str.isalnum, self.text))


def items_in(root: Element) -> dict[int, Item]:
    """The items, by the id of their elements. Their signs are taken out of `root`.

    The sign of a heading becomes its first words.
    """
    found: list[tuple[Element, Item]] = []
    counter = ""
    has_signs = any(map(is_sign, root.elements()))
    for element in root.elements():
        if element.tag in ("ol", "li"):
            counter = style_type(element) or ("" if element.tag == "ol" else counter)
        if element.tag == "li" and "data-leveltext" in element.given:
            before = [item for _element, item in found[-200:]]
            found.append((element, _item_of_word_online(element, counter, before)))
        elif element.tag != "li" and (item := _item_of_word(element, has_signs=has_signs)):
            found.append((element, item))
    for element, item in found:
        item.is_blank = element.is_blank
        item.is_deleted = item.is_blank and element.is_shortened
    _tell_rings([item for _element, item in found])
    _number([item for _element, item in found])
    return {id(element): item for element, item in found}


def _item_of_word(element: Element, *, has_signs: bool) -> Item | None:
    level = _LEVEL.search(element.style.get("mso-list", "")[:200])
    if level and element.tag in ("p", "div"):
        sign = _taken_sign(element)
        return Item(int(level[1]), sign.text, is_bullet=sign.is_bullet)
    if (level and element.tag in HEADINGS) or (has_signs and _holds_sign(element)):
        _put_before(element, _taken_sign(element))
    return None


def _tell_rings(items: list[Item]) -> None:
    """Find the bullets among the letters "o": those that no "n" is before and no "p" after."""
    last: dict[int, Item] = {}
    for item in items:
        before = last.get(item.level)
        if item.sign == _RING and not (before and before.sign == "n"):
            item.is_bullet = True
        last[item.level] = item


def _holds_sign(element: Element) -> bool:
    """Whether a sign is in it: of a paragraph that Word means as no item."""
    return element.tag in {"p", *HEADINGS} and any(map(is_sign, element.elements()))


def _taken_sign(element: Element, font: str = "") -> _Sign:
    for child in element.children:
        if isinstance(child, Element):
            own = child.style.get("font-family") or font
            if is_sign(child):
                element.children.remove(child)
                return _Sign(" ".join(child.text.split()), _font_of_sign(child, own))
            if (sign := _taken_sign(child, own)).text:
                return sign
    return _Sign()


def _font_of_sign(sign: Element, font: str) -> str:
    """That of its first words: the blanks behind them have another."""
    for child in sign.children:
        if isinstance(child, Element):
            if not child.is_blank:
                return _font_of_sign(child, child.style.get("font-family") or font)
        elif child.strip():
            break
    return font


def _put_before(element: Element, sign: _Sign) -> None:
    if not sign.is_bullet:
        element.children.insert(0, f"{sign.text} ")


def _item_of_word_online(element: Element, counter: str, before: list[Item]) -> Item:
    """Word in a browser says "%1.%2" and the number at the item's own level."""
    level = integer(element.given.get("data-aria-level", ""), 1)
    place = element.given.get("data-aria-posinset") or element.given.get("aria-posinset") or ""
    pattern = element.given["data-leveltext"][:20]
    if "%" not in pattern:
        return Item(level, pattern[:1], is_bullet=True)
    own = _counted(counter, integer(place, 1))
    above = {one.level: one.sign for one in before if one.level < level}

    def digits(match: re.Match[str]) -> str:
        at = int(match[1])
        return own if at == level else above.get(at, "").strip("().")

    return Item(level, _PLACE.sub(digits, pattern))


def _counted(counter: str, value: int) -> str:
    return sign(type_of(counter) or "decimal", value).rstrip(".")


def _number(items: list[Item]) -> None:
    """Say what each sign means: "i)" after "h)" is a letter, and before "ii)" a Roman number."""
    meanings = [numbers(item.sign) for item in items]
    following: dict[int, list[Number]] = {}
    after: list[list[Number]] = []
    for item, meaning in zip(reversed(items), reversed(meanings), strict=True):
        after.append(following.get(item.level, []))
        following = {level: one for level, one in following.items() if level < item.level}
        following[item.level] = meaning
    counting: dict[int, _Count] = {}
    for item, meaning, next_ones in zip(items, meanings, reversed(after), strict=True):
        counting = {level: one for level, one in counting.items() if level <= item.level}
        counting.setdefault(item.level, _Count()).take(item, meaning, next_ones)


class _Count:
    """The numbers of one level, as they stood and as they are after what was left out."""

    def __init__(self) -> None:
        self._last: Number | None = None
        self._left_out = 0

    def take(self, item: Item, meanings: list[Number], after: list[Number]) -> None:
        expected = self._last.next if self._last else None
        stood = _meant(meanings, self._last, after) or (expected if item.is_blank else None)
        if stood is None:
            return
        if stood != expected:
            self._left_out = 0
        self._last = stood
        self._left_out += item.is_deleted
        item.number = Number(stood.type, stood.value - self._left_out)


def _meant(meanings: list[Number], before: Number | None, after: list[Number]) -> Number | None:
    continued = [one for one in meanings if before and one == before.next]
    led_on = [one for one in meanings if one.next in after]
    return next(iter([*continued, *led_on, *meanings]), None)
