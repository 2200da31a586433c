"""Paragraphs that Word means as list items: at which level, and with which sign before them."""

import re
from dataclasses import dataclass

from casa.lib.html.numbering import Number, integer, numbers, sign, type_of
from casa.lib.html.paste.nodes import HEADINGS, SIGN, Element

_LEVEL = re.compile(r"\blevel(\d)")
_PLACE = re.compile(r"%(\d)")


@dataclass
class Item:
    level: int
    sign: str
    """As it stood before the item."""
    number: Number | None = None
    """What `sign` comes to among the items around it; None for a bullet."""

    @property
    def is_text(self) -> bool:
        """Whether no list has such a sign: "1.1", "Art. 4"."""
        return self.number is None and len(self.sign) > 1 and any(map(str.isalnum, self.sign))


def items_in(root: Element) -> dict[int, Item]:
    """The items, by the id of their elements. Their signs are taken out of `root`.

    The sign of a heading becomes its first words.
    """
    found: dict[int, Item] = {}
    counter = ""
    for element in root.elements():
        if element.tag in ("ol", "li"):
            counter = element.style.get("list-style-type", "" if element.tag == "ol" else counter)
        level = _LEVEL.search(element.style.get("mso-list", "")[:200])
        if element.tag == "li" and "data-leveltext" in element.given:
            found[id(element)] = _item_of_word_online(element, counter, list(found.values()))
        elif element.tag == "li" or not (level or _holds_sign(element)):
            continue
        elif element.tag in HEADINGS or not level:
            _put_before(element, _taken_sign(element))
        elif element.tag in ("p", "div"):
            found[id(element)] = Item(int(level[1]), _taken_sign(element))
    _number(list(found.values()))
    return found


def _holds_sign(element: Element) -> bool:
    """Whether a sign is right inside: of a paragraph that Word means as no item."""
    return element.tag in {"p", *HEADINGS} and any(
        isinstance(child, Element) and _is_sign(child) for child in element.children
    )


def _is_sign(element: Element) -> bool:
    return element.tag == SIGN or element.style.get("mso-list") == "ignore"


def _taken_sign(element: Element) -> str:
    for child in element.children:
        if isinstance(child, Element):
            if _is_sign(child):
                element.children.remove(child)
                return " ".join(child.text.split())
            if sign := _taken_sign(child):
                return sign
    return ""


def _put_before(element: Element, sign: str) -> None:
    if any(map(str.isalnum, sign)):
        element.children.insert(0, f"{sign} ")


def _item_of_word_online(element: Element, counter: str, before: list[Item]) -> Item:
    """Word in a browser says "%1.%2" and the number at the item's own level."""
    level = integer(element.given.get("data-aria-level", ""), 1)
    place = element.given.get("data-aria-posinset") or element.given.get("aria-posinset") or ""
    pattern = element.given["data-leveltext"][:20]
    if "%" not in pattern:
        return Item(level, pattern[:1])
    own = _counted(counter, integer(place, 1))
    above = {one.level: one.sign for one in before[-200:] if one.level < level}

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
    last: dict[int, Number] = {}
    for item, meaning, next_ones in zip(items, meanings, reversed(after), strict=True):
        before = last.get(item.level)
        last = {level: one for level, one in last.items() if level < item.level}
        item.number = _meant(meaning, before, next_ones)
        if item.number:
            last[item.level] = item.number


def _meant(meanings: list[Number], before: Number | None, after: list[Number]) -> Number | None:
    continued = [one for one in meanings if before and one == before.next]
    led_on = [one for one in meanings if one.next in after]
    return next(iter([*continued, *led_on, *meanings]), None)
