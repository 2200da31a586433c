"""Signs of the symbol fonts of Windows, which are other letters in every other font."""

import re

from casa.lib.html.left_out import Kind, LeftOut, left_out
from casa.lib.html.paste.nodes import Element, is_sign

_SYMBOL = (
    (0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    (0xBF, "↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑"),
    (0xF1, "⟩∫"),
)  # fmt: skip
_WINGDINGS = (
    (0x21, "✏✂✁"), (0x28, "☎✆✉"), (0x41, "✌👌👍👎☜☞☝☟✋☺😐☹"), (0x51, "✈☼"), (0x6C, "●❍■□"),
    (0x71, "❑❒"), (0x75, "◆❖"), (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"), (0x9E, "·•▪○"), (0xA7, "▪☐"),
    (0xAB, "★"), (0xD8, "➢"), (0xDF, "←→↑↓"), (0xE8, "➔"), (0xEF, "⇦⇨⇧⇩"), (0xFB, "✗✓☒☑"),
)  # fmt: skip


def _table(runs: tuple[tuple[int, str], ...]) -> dict[int, str]:
    return {begin + at: sign for begin, signs in runs for at, sign in enumerate(signs)}


_SIGNS = {"symbol": _table(_SYMBOL), "wingdings": _table(_WINGDINGS)}
"""The commonest signs of the commonest fonts, as far as Unicode has them."""
_OTHERS = frozenset({
    "wingdings 2", "wingdings 3", "webdings", "zapf dingbats", "zapfdingbats", "zapf-dingbats",
    "marlett", "mt extra", "ms outlook", "ms reference specialty", "opensymbol", "starsymbol",
    "monotype sorts", "bookshelf symbol 7",
})  # fmt: skip
_FONT_NAMED = ("mso-symbol-font-family", "font-family")
_PRIVATE = range(0xF020, 0xF100)
"""Where Windows puts the characters of such a font."""
_IS_PRIVATE = re.compile("[\ue000-\uf8ff]")
_WITHOUT_FONT = {0xB7: "•", 0xA7: "▪", 0xFC: "✓", 0xE0: "→", 0xA8: "☐", 0xD8: "➢", 0x76: "❖"}
"""What is a sign in one font alone of those that are typed."""
_MOST_TYPED = 3
"""Words in a font called Symbol are words, where no program says that they are signs."""


def is_symbol_font(family: str) -> bool:
    name = _first(family)
    return name in _SIGNS or name in _OTHERS


def _first(family: str) -> str:
    return family.partition(",")[0].strip(" '\"").lower()


def spell_symbols(root: Element, found: list[LeftOut]) -> None:
    """Write signs as what they show; those that nothing else shows are left out."""
    below: list[tuple[Element, str, bool]] = [(root, "", False)]
    while below:
        element, font, is_said = below.pop()
        if is_sign(element):
            continue
        said = [element.style.get(name, "") for name in _FONT_NAMED]
        if any(said := [*said, element.given.get("face", "") if element.tag == "font" else ""]):
            fonts = [_first(one) for one in said]
            font = next((one for one in fonts if is_symbol_font(one)), "")
            is_said = False
        is_said |= element.style.get("mso-char-type") == "symbol"
        for at, child in enumerate(element.children):
            if isinstance(child, Element):
                below.append((child, font, is_said))
            elif (font and _is_sign(child, font, is_said=is_said)) or _IS_PRIVATE.search(child):
                element.children[at] = _spelt(child, font, found)


def _is_sign(text: str, font: str, *, is_said: bool) -> bool:
    return is_said or font != "symbol" or len(text.strip()) <= _MOST_TYPED


def _spelt(text: str, font: str, found: list[LeftOut]) -> str:
    written, unknown = [], []
    for char in text:
        code = _code(char)
        if char.isspace() or (not font and not _IS_PRIVATE.match(char)):
            written.append(char)
        elif sign := _SIGNS.get(font, {} if font else _WITHOUT_FONT).get(code):
            written.append(sign)
        else:
            unknown.append(f"U+{ord(char):04X}" if _IS_PRIVATE.match(char) else char)
    if unknown:
        named = f"{font.title()}: {' '.join(unknown)}" if font else " ".join(unknown)
        found.append(left_out(Kind.SYMBOL, named, number=len(unknown)))
    return "".join(written)


def _code(char: str) -> int:
    """The place of `char` in a font of 256 signs."""
    if ord(char) in _PRIVATE:
        return ord(char) - 0xF000
    if ord(char) < 0x100:
        return ord(char)
    return (char.encode("cp1252", "ignore") or b"\0")[0]
