"""Style sheets and style attributes, as far as they mean something here."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from casa.lib.html.paste.selectors import Selector, TooManyRulesError, read_selector

MEANT = frozenset({
    "animation", "background", "background-clip", "background-color", "clip", "clip-path", "color",
    "content", "content-visibility", "display", "filter", "float", "font", "font-family",
    "font-size", "font-style", "font-weight", "height", "left", "list-style", "list-style-type",
    "max-height", "max-width", "opacity", "overflow", "overflow-x", "overflow-y",
    "page-break-before", "position", "text-decoration", "text-decoration-line", "text-indent",
    "text-line-through", "top", "transform", "transition", "vertical-align", "visibility", "width",
    "bottom", "inset", "margin-left", "right", "scale", "-webkit-background-clip",
    "-webkit-text-decoration", "-webkit-text-decoration-line", "-webkit-text-decorations-in-effect",
    "mso-bookmark", "mso-char-type", "mso-element", "mso-hide",
    "mso-list", "mso-special-character", "mso-symbol-font-family", "mso-tab-count",
})  # fmt: skip
"""Properties that are looked at."""
_SAID_WORD_FOR_WORD = frozenset({"content", "list-style", "list-style-type"})
OF_WORD = "mso-"
"""Stands for any other of Word's own properties: that there is one says who wrote the document."""
MOST_OTHERS = 5_000
"""Selectors of more than one name."""
_SIGHT = frozenset({
    "display", "mso-hide", "opacity", "text-decoration", "text-decoration-line", "visibility",
})  # fmt: skip
"""What longer selectors matter for: they are tried on one element after the other."""

_MARKUP = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>")
"""What hides a sheet from old readers of HTML, or from those of XML."""
_TURN = re.compile(r"/\*|[\"'\\]|url\(", re.IGNORECASE)
_ESCAPE = re.compile(r"([0-9a-f]{1,6})\s?|(.)", re.IGNORECASE | re.DOTALL)
_ESCAPED = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
_REST_OF_STRING = {
    '"': re.compile(r'((?:[^"\\\n]|\\.)*)"?', re.DOTALL),
    "'": re.compile(r"((?:[^'\\\n]|\\.)*)'?", re.DOTALL),
}
_REST_OF_ADDRESS = re.compile(r"\s*(?![\s\"'])[^)]*\)?")
_NO_ENDS = str.maketrans(dict.fromkeys(";:{}!,\\", " "))
_SIMPLE = re.compile(r"\*|[a-z][\w-]*(?:[.#][\w-]+)?|[.#][\w-]+", re.IGNORECASE)
_ALWAYS = re.compile(r"@layer|@supports|@media(?:\s+(?:only\s+)?(?:all|screen))?$", re.IGNORECASE)
_ITEMS_BEFORE = re.compile(r"(\.[\w-]+)\s*>\s*li:{1,2}before", re.IGNORECASE)
"""Google Docs draws the signs of lists so in what it exports."""
_SIZE = re.compile(r"(?:^|\s)(\.?\d[\w.]*%?)(?=[\s/])")


@dataclass
class Said:
    """What one rule, or one attribute, says; what is important holds against all others."""

    plain: dict[str, str] = field(default_factory=dict)
    important: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.plain or self.important)

    def add(self, other: "Said") -> None:
        self.plain |= other.plain
        self.important |= other.important


@dataclass
class Sheet:
    """The rules of a document: of tags and single names, and of selectors by a name in them."""

    simple: dict[str, Said] = field(default_factory=lambda: defaultdict(Said))
    others: dict[str, list[tuple[Selector, Said]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    number: int = 0
    """How many of the latter."""


def declarations(css: str) -> Said:
    """The properties that mean something, in lower case, of "name: value; name: value"."""
    said = Said()
    for one in flat(css).split(";"):
        name, colon, value = one.partition(":")
        name = name.strip().lower()
        if colon and name in MEANT:
            words, mark, rest = " ".join(value.split()).partition("!")
            words = words if name in _SAID_WORD_FOR_WORD else words.lower()
            is_important = mark and rest.strip().lower() == "important"
            into = said.important if is_important else said.plain
            into |= _expanded(name, words.rstrip())
        elif name.startswith(OF_WORD):
            said.plain[OF_WORD] = ""
    return said


def _expanded(name: str, value: str) -> dict[str, str]:
    """What a property for several says of each."""
    found = {name: value}
    if name == "font":
        words = value.split()
        if size := _SIZE.search(value):
            found["font-size"] = size[1]
            found["font-family"] = value[size.end() :].partition(" ")[2]
        found["font-weight"] = next((one for one in words if one in ("bold", "bolder")), "normal")
        found["font-style"] = next((one for one in words if one in ("italic", "oblique")), "normal")
    return found


def flat(css: str) -> str:
    """`css` without comments and escapes, and with no sign in its strings that would end them."""
    pieces, at = [], 0
    while turn := _TURN.search(css, at):
        pieces.append(css[at : turn.start()])
        piece, at = _straight(css, turn)
        pieces.append(piece)
    return "".join([*pieces, css[at:]]) if pieces else css


def _straight(css: str, turn: re.Match[str]) -> tuple[str, int]:
    """What stands for the comment, string, address or escape at `turn`, and where it ends."""
    sign, at = turn[0], turn.end()
    if sign == "/*":
        end = css.find("*/", at)
        return " ", end + 2 if end >= 0 else len(css)
    if sign == "\\":
        escape = _ESCAPE.match(css, at)
        return (_character(escape), escape.end()) if escape else ("", at)
    if sign in _REST_OF_STRING:
        string = _REST_OF_STRING[sign].match(css, at)
        if string is None:
            return sign, at
        words = _ESCAPED.sub(_character, string[1]).translate(_NO_ENDS)
        return f"{sign}{words}{sign}", string.end()
    address = _REST_OF_ADDRESS.match(css, at)
    return ("url()", address.end()) if address else ("url(", at)


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else ord(escape[2])
    is_one = 0 < code < 0x11_0000 and not 0xD800 <= code < 0xE000
    return chr(code).translate(_NO_ENDS) if is_one else "\ufffd"


def sheet_of(contents: str) -> Sheet:
    """The rules of style elements. Those for some screens alone are no matter here."""
    sheet = Sheet()
    around: list[bool] = []  # of each block that is open, whether it says when its rules hold
    for part in flat(_MARKUP.sub("", contents)).split("}"):
        *begun, body = part.split("{")
        around += [not _ALWAYS.match(_selectors(one)) for one in begun[:-1]]
        if begun and not any(around):
            _add_rule(sheet, _selectors(begun[-1]), body)
        elif not begun and around:
            around.pop()
    return sheet


def _selectors(text: str) -> str:
    """What stands before a block, without what has ended before."""
    return text.rpartition(";")[2].strip()


def _add_rule(sheet: Sheet, selectors: str, body: str) -> None:
    said = declarations(body)
    if items := _ITEMS_BEFORE.fullmatch(selectors):
        content = said.plain.get("content", "")
        sheet.simple[items[1].lower()].plain["items-content"] = content
    elif said and not selectors.startswith("@"):
        for one in selectors.lower().split(","):
            _add_selector(sheet, one.strip(), said)


def _add_selector(sheet: Sheet, text: str, said: Said) -> None:
    if _SIMPLE.fullmatch(text):
        sheet.simple[text].add(said)
    elif _SIGHT.intersection({*said.plain, *said.important}) and (found := read_selector(text)):
        sheet.others[found.own.key].append((found, said))
        sheet.number += 1
        if sheet.number > MOST_OTHERS:
            raise TooManyRulesError
