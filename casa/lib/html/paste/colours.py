"""Colours of words and of what they stand on, to tell words that nobody can read."""

import re
from typing import NamedTuple


class Colour(NamedTuple):
    red: int
    green: int
    blue: int
    is_clear: bool = False


_NAMES = {
    "black": "#000000", "silver": "#c0c0c0", "gray": "#808080", "grey": "#808080",
    "white": "#ffffff", "maroon": "#800000", "red": "#ff0000", "purple": "#800080",
    "fuchsia": "#ff00ff", "magenta": "#ff00ff", "green": "#008000", "lime": "#00ff00",
    "olive": "#808000", "yellow": "#ffff00", "navy": "#000080", "blue": "#0000ff",
    "teal": "#008080", "aqua": "#00ffff", "cyan": "#00ffff", "windowtext": "#000000",
    "window": "#ffffff", "whitesmoke": "#f5f5f5", "snow": "#fffafa", "ivory": "#fffff0",
    "ghostwhite": "#f8f8ff", "floralwhite": "#fffaf0", "canvas": "#ffffff",
}  # fmt: skip
_HEX = re.compile(r"#?(?:([0-9a-f]{6})(?:[0-9a-f]{2})?|([0-9a-f]{3})[0-9a-f]?)")
_PARTS = re.compile(r"rgba?\(([\d.%, /]{5,60})\)")
_ALIKE = 8
"""Steps of 255 in which no eye tells two colours apart."""
_PICTURE = re.compile(r"url\(|gradient\(")
_PLAIN = re.compile(r"rgba?\([^()]*\)|#?[\w-]+")


def read_colour(said: str) -> Colour | None:
    """None for what is none, or depends on something else."""
    said = said.strip().lower()
    said = _NAMES.get(said, said)
    if said == "transparent":
        return Colour(0, 0, 0, is_clear=True)
    if match := _HEX.fullmatch(said):
        digits = match[1] or "".join(one * 2 for one in match[2])
        return Colour(*bytes.fromhex(digits))
    if match := _PARTS.fullmatch(said):
        return _of_parts(re.split(r"[, /]+", match[1].strip()))
    return None


def _of_parts(parts: list[str]) -> Colour | None:
    try:
        red, green, blue, *alpha = (
            float(one.rstrip("%")) * (2.55 if "%" in one else 1) for one in parts
        )
    except ValueError:
        return None
    return Colour(round(red), round(green), round(blue), is_clear=bool(alpha and not alpha[0]))


def look_alike(ink: Colour | None, paper: Colour | None) -> bool:
    """Whether words in `ink` cannot be read on `paper`; nobody knows where one is None."""
    if ink is None or ink.is_clear:
        return ink is not None
    if paper is None:
        return False
    return all(abs(ink[at] - paper[at]) <= _ALIKE for at in range(3))


def paper_of(style: dict[str, str]) -> str:
    """The colour of its background; "" where what is below shines through."""
    said = [style.get("background-color", ""), style.get("background", "")]
    for one in (one for value in said for one in _PLAIN.findall(value[:200])):
        colour = read_colour(one)
        if colour is not None and not colour.is_clear:
            return str(one)
    return ""


def is_on_a_picture(style: dict[str, str]) -> bool:
    """Whether a picture, or the words' own shape cut out of one, is its background."""
    cut = style.get("background-clip", "") + style.get("-webkit-background-clip", "")
    return "text" in cut or bool(_PICTURE.search(style.get("background", "")))
