"""What style sheets and attributes say of elements, as far as it means something."""

import re
from collections import defaultdict

from casa.lib.html.paste.nodes import Document, Element

LONGEST_SHEET = 200_000  # characters
MOST_RULES = 5_000

MEANT = frozenset({
    "display", "visibility", "font-size", "font-family", "font-weight", "font-style", "font",
    "text-decoration", "text-decoration-line", "-webkit-text-decoration", "text-line-through",
    "-webkit-text-decoration-line", "text-decoration-style", "vertical-align", "list-style-type",
    "list-style", "max-height", "page-break-before", "position", "left", "clip", "white-space",
})  # fmt: skip
"""Properties that are looked at, beside Word's own, which begin with "mso-"."""

_SIMPLE = re.compile(r"([a-z][\w-]{0,30}|\*)?([.#][\w-]{1,100})?", re.IGNORECASE)


def apply_styles(document: Document) -> None:
    """Fill the `style` of each element of `document`."""
    rules = _rules("\n".join(document.sheets)[:LONGEST_SHEET]) if document.sheets else {}
    for element in document.root.elements():
        if rules:
            for key in _keys(element.tag, element.names):
                element.style |= rules.get(key, {})
        if "style" in element.given:
            element.style |= declarations(element.given["style"])


def declarations(css: str) -> dict[str, str]:
    """The properties that mean something, in lower case, of "name: value; name: value"."""
    found = {}
    for one in css.split(";"):
        name, colon, value = one.partition(":")
        name = name.strip().lower()
        if colon and (name in MEANT or name.startswith("mso-")):
            found[name] = " ".join(value.split()).lower().removesuffix("!important").rstrip()
    return found


def _keys(tag: str, names: list[str]) -> list[str]:
    classes = [f".{name}" for name in names[:20] if name]
    identity = [f"#{names[-1]}"] if names[-1] else []
    selectors = [*classes, *identity]
    return [tag, *selectors, *(tag + one for one in selectors)]


def _rules(sheet: str) -> dict[str, dict[str, str]]:
    """Properties by simple selectors: "p", ".x", "#x", "p.x". Others, and "@media", are no matter
    of what word processors put on the clipboard."""
    rules: dict[str, dict[str, str]] = defaultdict(dict)
    depth, selector = 0, ""
    for part in _uncommented(sheet).split("}")[:MOST_RULES]:
        pieces = part.split("{")
        if depth == 0 and len(pieces) == 2 and "@" not in pieces[0]:
            selector, body = pieces
            _add(rules, selector, declarations(body))
        else:
            depth = max(0, depth + len(pieces) - 2)
    return rules


def _add(rules: dict[str, dict[str, str]], selector: str, said: dict[str, str]) -> None:
    for one in selector.split(",")[:50]:
        simple = one.strip().lower()
        if said and len(simple) < 150 and _SIMPLE.fullmatch(simple):
            rules[simple] |= said


def _uncommented(sheet: str) -> str:
    first, *others = sheet.replace("<!--", "").replace("-->", "").split("/*")
    return first + "".join(one.partition("*/")[2] for one in others)


def is_hidden(element: Element) -> bool:
    style = element.style
    if (
        style.get("display") == "none"
        or style.get("mso-hide") == "all"
        or style.get("max-height", "").rstrip("ptx") == "0"
        or (style.get("position") == "absolute" and _is_outside(style))
    ):
        return True
    return is_unseen(element) and not any(map(is_seen_again, element.elements()))


def is_unseen(element: Element) -> bool:
    """Whether its own words are not seen; what is in it may say otherwise of its own."""
    is_out = element.style.get("visibility") in ("hidden", "collapse")
    return is_out or _has_no_size(element.style.get("font-size", ""))


def is_seen_again(element: Element) -> bool:
    size = element.style.get("font-size", "")
    has_size = size[:1].isdigit() and not size.endswith(("em", "%")) and not _has_no_size(size)
    return element.style.get("visibility") == "visible" or has_size


def _has_no_size(size: str) -> bool:
    return size.rstrip("ptxem%. ") in ("0", "0.0", "00")


def _is_outside(style: dict[str, str]) -> bool:
    far = re.match(r"-\d{3,}", style.get("left", ""))
    return bool(far) or style.get("clip", "").startswith(("rect(0", "rect(1px"))


def is_struck(style: dict[str, str]) -> bool:
    return (
        any("line-through" in value for name, value in style.items() if "text-decoration" in name)
        or style.get("text-line-through", "none") != "none"
    )
