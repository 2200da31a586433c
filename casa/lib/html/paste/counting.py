"""How list elements count, by CSS: as the editor's lists do, or by signs that become text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from casa.lib.html.numbering import CLOSINGS, COUNTERS, DECIMAL, sign, type_of
from casa.lib.html.paste.drawn_signs import take_drawn_signs
from casa.lib.html.paste.nodes import Element

_BULLETS = frozenset({"disc", "circle", "square", "disclosure-open", "disclosure-closed"})
_PLACES = frozenset({"inside", "outside", "inherit", "initial", "unset", "url()"})
_ZEROES = {
    "arabic-indic": "٠", "persian": "۰", "urdu": "۰", "devanagari": "०", "bengali": "০",
    "gujarati": "૦", "gurmukhi": "੦", "kannada": "೦", "khmer": "០", "cambodian": "០", "lao": "໐",
    "malayalam": "൦", "mongolian": "᠐", "myanmar": "၀", "oriya": "୦", "tamil": "௦", "telugu": "౦",
    "thai": "๐", "tibetan": "༠",
}  # fmt: skip
"""The zero of each kind of digits; the other nine follow it in Unicode."""
_LETTERS = {
    "lower-greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "lower-russian": "абвгдежзиклмнопрстуфхцчшщэюя",
    "upper-russian": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ",
}
_SUMS = {
    "hebrew": "100ק 90צ 80פ 70ע 60ס 50נ 40מ 30ל 20כ 16טז 15טו 10י 9ט 8ח 7ז 6ו 5ה 4ד 3ג 2ב 1א",
    "armenian": "100Ճ 90Ղ 80Ձ 70Հ 60Կ 50Ծ 40Խ 30Լ 20Ի 10Ժ 9Թ 8Ը 7Է 6Զ 5Ե 4Դ 3Գ 2Բ 1Ա",
    "georgian": "100რ 90ჟ 80პ 70ო 60ჲ 50ნ 40მ 30ლ 20კ 10ი 9თ 8ჱ 7ზ 6ვ 5ე 4დ 3გ 2ბ 1ა",
}
_HIGHEST_SUM = 200
_TOKEN = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^\s\"']+)")
_COUNTER = re.compile(r"counters?\(([^(),]+)(?:,([^()]*))?\)|\"([^\"]*)\"|'([^']*)'")

_TYPED = re.compile(r"\s*(?:\(?\w{1,4}[.)]|[\d.]{1,12})\s")
"""A sign that somebody typed before the words of an item."""


@dataclass(frozen=True)
class Counting:
    """Of `type` where the editor's lists count so; else by signs, a piece of text for each part.

    A part is text, or the name of a counter and how it is written. Bullets have neither.
    """

    type: str | None = None
    parts: tuple[str | tuple[str, str], ...] | None = None
    counter: str = ""
    """What the items count up, where the style sheet says so."""

    @property
    def is_text(self) -> bool:
        return self.parts is not None

    def sign(self, value: int, counters: Mapping[str, int]) -> str:
        """What stands before an item; `counters` hold the numbers of the lists around it."""
        if self.parts is None:
            return sign(self.type, value) if self.type else ""
        written = [
            one if isinstance(one, str) else digits(one[1], counters.get(one[0], value))
            for one in self.parts
        ]
        return "".join(written).strip()


BULLETS = Counting()


def counting_of(element: Element) -> Counting:
    """How a list element counts its items."""
    items = [one for one in element.children if isinstance(one, Element) and one.tag == "li"]
    first = items[0] if items else element
    if (drawn := take_drawn_signs(items)) is not None:
        return Counting(drawn) if drawn else BULLETS
    is_ordered = element.tag == "ol"
    if said := next(filter(None, map(_drawn_before, (element, first))), None):
        return said
    for one in (element.given.get("data-type", ""), *map(style_type, (first, element))):
        if one and (found := _named(one, items)):
            return found
    named = map(type_of, (element.given.get("type", ""), first.given.get("type", "")))
    found_type = next(filter(None, named), None)
    return Counting(found_type or DECIMAL) if is_ordered or found_type else BULLETS


def style_type(element: Element) -> str:
    """The counter that a style names, "upper-alpha" of "upper-alpha inside"; a text in quotes."""
    said = element.style.get("list-style-type") or element.style.get("list-style", "")
    for token in _TOKEN.finditer(said[:200]):
        if token[3] is None:
            return f'"{token[1] or token[2] or ""}"'
        if token[3].lower() not in _PLACES:
            return token[3].lower()
    return ""


def _named(name: str, items: list[Element]) -> Counting | None:
    """None for a name that says nothing new."""
    if found := type_of(name):
        return Counting(found)
    if name in _BULLETS:
        return BULLETS
    if name[0] == '"':
        text = name.strip('"')
        return Counting(parts=(text,)) if any(map(str.isalnum, text)) else BULLETS
    if name == "none":
        is_typed = bool(items) and all(_TYPED.match(one.text[:40]) for one in items)
        return Counting(parts=()) if is_typed else None
    is_known = name in {*_ZEROES, *_LETTERS, *_SUMS, "decimal-leading-zero"}
    return Counting(parts=(("", name), ".")) if is_known else None


def _drawn_before(element: Element) -> Counting | None:
    """Google Docs, exported: `content: counter(lst-ctn-kix_1-0, lower-latin) ") "`."""
    content = element.style.get("items-content", "")
    parts: list[str | tuple[str, str]] = []
    for match in _COUNTER.finditer(content[:500]):
        text = match[3] or match[4] or ""
        if match[1]:
            parts.append((match[1].strip(), (match[2] or DECIMAL).split(",")[-1].strip()))
        elif text:
            parts.append(text)
    counters = [one for one in parts if not isinstance(one, str)]
    if not counters:
        return BULLETS if parts else None
    return _as_type(parts, counters) or Counting(parts=tuple(parts), counter=counters[-1][0])


def _as_type(
    parts: list[str | tuple[str, str]], counters: list[tuple[str, str]]
) -> Counting | None:
    """The numbering of the editor's that looks the same, if there is one."""
    kind = type_of(counters[0][1])
    at = parts.index(counters[0])
    around = ("".join(map(str, parts[:at])).strip(), "".join(map(str, parts[at + 1 :])).strip())
    closing = next((name for name, one in CLOSINGS.items() if one == around), None)
    if len(counters) > 1 or kind not in COUNTERS or closing is None:
        return None
    return Counting(f"{kind}{closing}", counter=counters[0][0])


def digits(name: str, value: int) -> str:
    """`value` as the counter `name` writes it: "γ", "۳", "03"."""
    if name == "decimal-leading-zero":
        return f"{value:02}"
    if zero := _ZEROES.get(name):
        return str(value).translate({48 + digit: chr(ord(zero) + digit) for digit in range(10)})
    if letters := _LETTERS.get(name):
        return _lettered(letters, value)
    if sums := _SUMS.get(name):
        return _summed(sums, value)
    kind = type_of(name)
    return sign(kind, value).strip(".") if kind in COUNTERS else str(value)


def _lettered(letters: str, value: int) -> str:
    if value < 1:
        return str(value)
    written = ""
    while value > 0:
        value, rest = divmod(value - 1, len(letters))
        written = letters[rest] + written
    return written


def _summed(sums: str, value: int) -> str:
    if not 0 < value < _HIGHEST_SUM:
        return str(value)
    written, rest = "", value
    for one in sums.split():
        worth = int("".join(filter(str.isdigit, one)))
        while worth <= rest:
            written, rest = written + one.lstrip("0123456789"), rest - worth
    return written
