"""Bold, italic, raised and linked words, by tags and by styles."""

import re
from urllib.parse import parse_qs, urlsplit

from casa.lib.html.paste.nodes import Element

Mark = tuple[str, str]
"""A tag, and the address of a link."""

_BOLD = {"b", "strong"}
_ITALIC = {"i", "em", "cite", "dfn", "var"}
_NOTE_SIGNS = frozenset({"msofootnotereference", "msoendnotereference"})
_DETOURS = (
    ("//www.google.com/url?", "q"),
    (".safelinks.protection.outlook.com/", "url"),
)
_FOOTNOTE = re.compile(r"#_?(?:ftn|edn|ftnt|footnote|endnote|sdfootnote|sdendnote)", re.IGNORECASE)


def marks_of(element: Element) -> list[Mark]:
    if element.tag == "a":
        return _link(element)
    style, found = element.style, []
    weight = style.get("font-weight", "")
    is_bold = weight in ("bold", "bolder", "600", "700", "800", "900")
    # Google Docs wraps everything that it copies in a "b" that is not bold.
    if is_bold or (element.tag in _BOLD and not is_light(element)):
        found.append(("strong", ""))
    slant = style.get("font-style", "")
    if slant in ("italic", "oblique") or (element.tag in _ITALIC and slant != "normal"):
        found.append(("em", ""))
    if (
        element.tag == "sup"
        or style.get("vertical-align") == "super"
        or "msofootnotereference" in element.names
        or "msoendnotereference" in element.names
    ):
        found.append(("sup", ""))
    return found


def is_light(element: Element) -> bool:
    weight = element.style.get("font-weight", "")
    return weight in ("normal", "lighter", "100", "200", "300", "400")


def _link(element: Element) -> list[Mark]:
    """A footnote's sign leads nowhere here, and a bookmark never did."""
    href = element.given.get("href", "").strip()
    if href.startswith("#") or "href" not in element.given:
        return [("sup", "")] if _FOOTNOTE.match(href) else []
    return [("a", _without_detour(href))]


def _without_detour(href: str) -> str:
    """Where a link leads that Google Docs or Outlook has sent by way of their own checks."""
    name = next((name for way, name in _DETOURS if way in href[:100].lower()), "")
    found = parse_qs(urlsplit(href).query, max_num_fields=20).get(name, [""])[0] if name else ""
    return found if found.startswith(("http://", "https://")) else href
