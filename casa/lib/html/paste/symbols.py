"""Signs of the symbol fonts of Windows, which are other letters in every other font."""

from casa.lib.html.paste.nodes import Element

_SIGNS = {
    "symbol": str.maketrans(
        '£³¹»\xb4¸±®¬\xad¯«\xb0·¥Î"$\xe5Ö',
        "≤≥≠≈×÷±→←↑↓↔°•∞∈∀∃∑√",
    ),
    "wingdings": str.maketrans("àßáâèüûJKLl§nq", "→←↑↓➔✓✗☺😐☹●▪■❑"),
}
_PRIVATE = {0xF000 + code: code for code in range(0x20, 0x100)}
"""Where Windows puts the characters of such a font."""


def spell_symbols(root: Element) -> None:
    """Write the commonest signs as what they show. Others stay as they came."""
    for element in root.elements():
        if element.style.get("mso-char-type") == "symbol" and (signs := _signs(element)):
            element.children = [
                one if isinstance(one, Element) else one.translate(_PRIVATE).translate(signs)
                for one in element.children
            ]


def _signs(element: Element) -> dict[int, int] | None:
    fonts = [element.style.get(name, "") for name in ("mso-symbol-font-family", "font-family")]
    first = next(filter(None, fonts), "")
    return _SIGNS.get(first.partition(",")[0].strip(" '\""))
