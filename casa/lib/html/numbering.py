"""How lists are numbered: "1.", "a)", "(iv)", as signs and as types of the editor's lists."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

DECIMAL = "decimal"
COUNTERS = {
    "decimal": "1", "lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I",
}  # fmt: skip
"""Kinds of numbers, by the names that CSS has for them, with HTML's `type`."""
CLOSINGS = {"": ("", "."), "-paren": ("", ")"), "-parens": ("(", ")")}
"""What stands around a number; the ends of the names that the style sheets define."""

TYPES = {f"{kind}{closing}": kind for kind in COUNTERS for closing in CLOSINGS}
"""Every numbering of a list, as the editor's `data-type`, with its kind of numbers."""

_HTML_TYPES = {sign: kind for kind, sign in COUNTERS.items()}
_ALIASES = {"lower-latin": "lower-alpha", "upper-latin": "upper-alpha"}
_SIGN = re.compile(r"(\(?)([0-9]{1,4}|[A-Za-z]{1,9})([.)]?)")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
HIGHEST = 3999


@dataclass(frozen=True)
class Number:
    """One number of a list: of which numbering, and which."""

    type: str
    value: int

    @property
    def sign(self) -> str:
        return sign(self.type, self.value)

    @property
    def next(self) -> "Number":
        return Number(self.type, self.value + 1)


def type_of(name: str) -> str | None:
    """The numbering that a `type` of HTML, a style or a `data-type` names; None for another."""
    name = _HTML_TYPES.get(name, name.lower())
    name = _ALIASES.get(name, name)
    return name if name in TYPES else None


def opening(number: Number | None) -> str:
    """The tag of a list that begins with `number`, as it is stored; of bullets for None."""
    if number is None:
        return "<ul>"
    start = f' start="{number.value}"' if number.value != 1 else ""
    if number.type == DECIMAL:
        return f"<ol{start}>"
    return f'<ol{start} type="{COUNTERS[TYPES[number.type]]}" data-type="{number.type}">'


def pattern(numbering: str) -> str:
    """What stands before the first item: "1.", "a)", "(i)"; Typst counts by it, too."""
    kind = TYPES[numbering]
    opening, closing = CLOSINGS[numbering.removeprefix(kind)]
    return f"{opening}{COUNTERS[kind]}{closing}"


def first_number(given: Mapping[str, str]) -> Number:
    """Where a list element begins, by its attributes."""
    numbering = type_of(given.get("data-type", "")) or type_of(given.get("type", "")) or DECIMAL
    return Number(numbering, integer(given.get("start", ""), 1))


def sign(numbering: str, value: int) -> str:
    """What stands before the item: "4.", "c)", "(ii)"."""
    kind = TYPES[numbering]
    opening, closing = CLOSINGS[numbering.removeprefix(kind)]
    return f"{opening}{_digits(kind, value)}{closing}"


def numbers(text: str) -> list[Number]:
    """What `text` can be as the sign of a list item, the likeliest first; empty for none.

    "i." is a Roman one or the ninth letter; the items around it tell.
    """
    match = _SIGN.fullmatch(text.strip())
    if match is None or (match[1], match[3]) == ("(", ".") or (match[1] and not match[3]):
        return []
    closing = "-parens" if match[1] else "-paren" if match[3] == ")" else ""
    if not match[3] and not match[2].isdigit():
        return []  # a bullet of a symbol font: "o", "v"
    return [Number(f"{kind}{closing}", value) for kind, value in _values(match[2])]


def _values(core: str) -> list[tuple[str, int]]:
    if core.isdigit():
        return [] if core.startswith("0") else [("decimal", int(core))]
    if not (core.islower() or core.isupper()):
        return []
    case = "lower" if core.islower() else "upper"
    found = []
    if value := _from_roman(core.lower()):
        found.append((f"{case}-roman", value))
    if letters := _from_letters(core.lower()):
        found.append((f"{case}-alpha", letters))
    # One letter alone is a letter, but for "i": few lists begin with five or fifty.
    return found if len(core) > 1 or core in "iI" else found[::-1]


def _from_letters(core: str) -> int:
    """ "c" is 3 and "aa" 27; 0 for what is a word."""
    if len(core) > 2:
        return 0
    value = 0
    for letter in core:
        value = value * 26 + ord(letter) - 96
    return value


def _from_roman(core: str) -> int:
    value, rest = 0, core
    for worth, letters in _ROMAN:
        while rest.startswith(letters):
            value, rest = value + worth, rest.removeprefix(letters)
    return value if not rest and _roman(value) == core else 0


def _roman(value: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        written += letters * (value // worth)
        value %= worth
    return written


def _letters(value: int) -> str:
    written = ""
    while value > 0:
        value, rest = divmod(value - 1, 26)
        written = chr(97 + rest) + written
    return written


def _digits(kind: str, value: int) -> str:
    if kind == DECIMAL or not 0 < value <= HIGHEST:
        return str(value)
    written = _roman(value) if kind.endswith("roman") else _letters(value)
    return written.upper() if kind.startswith("upper") else written


def integer(text: str, default: int) -> int:
    """`text` as a number of up to four digits, else `default`."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else default


_LIST_TAGS = re.compile(r'<(/?)(?:(ol|ul)((?: [\w-]{1,20}="[^"]*")*)|li)>(?:<p>)?')
_ATTRIBUTE = re.compile(r' ([\w-]{1,20})="([^"]*)"')


def signs_as_text(html: str, *, everywhere: bool = False) -> str:
    """Sanitised `html` with the signs in the words of lists that count as "a)" or "(i)".

    Those are drawn by style sheets, which feeds and mails have none of. `everywhere` for a page
    without any form: the signs of all numbered lists.
    """
    counting: list[Number | None] = []  # of each list that is open, if its signs become text

    def written(tag: re.Match[str]) -> str:
        ends, name, attributes = bool(tag[1]), tag[2], tag[3]
        if name and ends:
            return "</ul>" if counting and counting.pop() else tag[0]
        if name:
            first = first_number(dict(_ATTRIBUTE.findall(attributes)))
            is_plain = first.type in COUNTERS and not everywhere
            counting.append(None if name == "ul" or is_plain else first)
            return '<ul style="list-style-type: none">' if counting[-1] else tag[0]
        number = counting[-1] if counting else None
        if ends or number is None:
            return tag[0]
        counting[-1] = number.next
        return f"{tag[0]}{number.sign} "

    return _LIST_TAGS.sub(written, html)
