"""Signs of list items that stand in their words, as LibreOffice writes XHTML."""

from casa.lib.html.numbering import Number, numbers
from casa.lib.html.paste.nodes import Element

_NAMES = frozenset({"bullet_20_symbols", "numbering_20_symbols"})
_LONGEST = 12  # characters


def take_drawn_signs(items: list[Element]) -> str | None:
    """The numbering that the signs in `items` say, which then begin with their words.

    "" of bullets; None where no signs are drawn, or where they are no numbers and stay as text.
    """
    signs = [_drawn(item) for item in items]
    if not items or not all(signs):
        return None
    found = [(*one, numbers(one[1].text.strip())) for one in signs if one]
    kinds = [{number.type for number in meant} for _holder, _sign, meant in found]
    common = [one.type for one in found[0][2] if all(one.type in kind for kind in kinds)]
    if any(map(str.isalnum, "".join(sign.text for _holder, sign, _meant in found))) and not common:
        for holder, sign, _meant in found:
            holder.children[holder.children.index(sign)] = f"{sign.text.strip()} "
        return None
    for item, (holder, sign, meant) in zip(items, found, strict=True):
        holder.children.remove(sign)
        _set_value(item, [one for one in meant if common and one.type == common[0]])
    return common[0] if common else ""


def _set_value(item: Element, meant: list[Number]) -> None:
    if meant:
        item.given["value"] = str(meant[0].value)


def _drawn(element: Element) -> tuple[Element, Element] | None:
    """The sign that an item begins with, and what it stands in."""
    first = next((one for one in element.children if isinstance(one, Element) or one.strip()), None)
    if not isinstance(first, Element):
        return None
    style = first.style
    is_apart = style.get("display") == "block" and style.get("float") == "left"
    is_named = not _NAMES.isdisjoint(first.names)
    if first.tag == "span" and (is_apart or is_named) and 0 < len(first.text.strip()) <= _LONGEST:
        return element, first
    return _drawn(first) if first.tag in ("p", "div", "span") else None
