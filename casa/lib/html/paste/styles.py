"""What style sheets and attributes say of elements, as far as it means something."""

from collections.abc import Iterator

from casa.lib.html.paste.css import Said, Sheet, declarations, sheet_of
from casa.lib.html.paste.nodes import Document, Element

_NOTHING = Said()


def apply_styles(document: Document) -> None:
    """Fill the `style` of each element of `document`."""
    sheet = sheet_of("\n".join(document.sheets)) if document.sheets else Sheet()
    attributes: dict[str, Said] = {}  # programs repeat them on every element
    has_rules = bool(sheet.simple or sheet.compound)
    for element in document.root.elements():
        own = element.given.get("style", "")
        if own and own not in attributes:
            attributes[own] = declarations(own)
        _apply(element, [*(_rules(sheet, element) if has_rules else ()), attributes.get(own)])


def _apply(element: Element, said: list[Said | None]) -> None:
    if "hidden" in element.given or (element.tag == "dialog" and "open" not in element.given):
        element.style["display"] = "none"
    for one in said:
        element.style |= one.plain if one else {}
    for one in said:
        element.style |= one.important if one else {}


def _rules(sheet: Sheet, element: Element) -> Iterator[Said]:
    """What the style sheet says of `element`: the more a rule names, the later."""
    tag, (*classes, identity) = element.tag, element.names
    keys = ["*", tag]
    for name in classes:
        keys += [f".{name}", f"{tag}.{name}"]
    if identity:
        keys += [f"#{identity}", f"{tag}#{identity}"]
    found = [sheet.simple[key] for key in keys if key in sheet.simple]
    yield from found
    names = {*classes, f"#{identity}"} if sheet.compound else ()
    for name in names:
        for (wanted, others), said in sheet.compound.get(name, {}).items():
            if wanted in ("*", tag) and others.issubset(names):
                yield said
