"""What style sheets and attributes say of elements, as far as it means something."""

from collections.abc import Iterator

from casa.lib.html.paste.css import Said, Sheet, declarations, sheet_of
from casa.lib.html.paste.nodes import Document, Element
from casa.lib.html.paste.selectors import Places


def apply_styles(document: Document) -> None:
    """Fill the `style` of each element of `document`."""
    sheet = sheet_of("\n".join(document.sheets)) if document.sheets else Sheet()
    places = Places(document.root) if sheet.others else None
    attributes: dict[str, Said] = {}  # programs repeat them on every element
    for element in document.root.elements():
        own = element.given.get("style", "")
        if own and own not in attributes:
            attributes[own] = declarations(own)
        rules = [*_simple(sheet, element)] if sheet.simple else []
        if places:
            rules += _others(sheet, element, places)
        _apply(element, [*rules, attributes.get(own)])


def _apply(element: Element, said: list[Said | None]) -> None:
    if "hidden" in element.given or (element.tag == "dialog" and "open" not in element.given):
        element.style["display"] = "none"
    for one in said:
        element.style |= one.plain if one else {}
    for one in said:
        element.style |= one.important if one else {}


def _simple(sheet: Sheet, element: Element) -> Iterator[Said]:
    """What rules of one name say of `element`: the more they name, the later."""
    tag, (*classes, identity) = element.tag, element.names
    keys = ["*", tag]
    for name in classes:
        keys += [f".{name}", f"{tag}.{name}"]
    if identity:
        keys += [f"#{identity}", f"{tag}#{identity}"]
    return (sheet.simple[key] for key in keys if key in sheet.simple)


def _others(sheet: Sheet, element: Element, places: Places) -> list[Said]:
    *classes, identity = element.names
    keys = dict.fromkeys(("*", element.tag, *classes, f"#{identity}"))
    rules = [one for key in keys for one in sheet.others.get(key, ())]
    return [said for selector, said in rules if places.matches(element, selector)]
