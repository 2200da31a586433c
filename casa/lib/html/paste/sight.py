"""The parts of a document that nobody sees: judged by how they are shown, not by their tags."""

import re
from dataclasses import dataclass, replace

from casa.lib.html.paste.colours import Colour, is_on_a_picture, look_alike, paper_of, read_colour
from casa.lib.html.paste.nodes import Element

_NO_SIZE = re.compile(r"(?:calc\()?[-+]?0*(?:\.0*)?(?:%|[a-z]{1,4})?\)?")
_SIZE = re.compile(r"(\d{1,6}(?:\.\d{0,9})?|\.\d{1,9})([a-z%]{0,4})")
_SMALLEST = {"px": 1.0, "pt": 1.0}
"""Letters of that size are dots: mails put words for machines into them."""
_FAR = re.compile(r"-\d{3,}")
_FAR_ASIDE = re.compile(r"[5-9]\d{3}|\d{5,}")
_FAR_BEFORE = re.compile(r"-\d{4,}")
"""Paragraphs of word processors hang over their beginning by less."""
_CLIPPED = re.compile(
    r"(?:inset\(\s*(?:50|100)%|inset\([^()]{0,60}100%|circle\(\s*0|polygon\(\s*0|rect\(\s*[01](?:px)?\b)"
)
_SHRUNK = re.compile(r"scale(?:x|y|3d)?\(0(?:\.0*)?[,)]|translate[xy]?\(-\d{4,}")
_FOR_READERS_ALOUD = frozenset({
    "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "element-invisible",
    "katex-mathml", "mjx_assistive_mathml",
})  # fmt: skip
"""Classes of web pages for words that screen readers alone say. Their style sheets are not on the
clipboard of Firefox. `aria-hidden` is the other way round: what has it is seen, and stays."""


def is_hidden(element: Element) -> bool:
    """Whether nothing in it is seen, whatever that says itself."""
    style = element.style
    return bool(
        style.get("display") == "none"
        or style.get("mso-hide", "none") not in ("none", "")
        or style.get("content-visibility") == "hidden"
        or _is_transparent(style)
        or _is_folded(style)
        or _is_outside(style)
        or _SHRUNK.match(style.get("transform", "").replace(" ", ""))
        or _is_nothing(style.get("scale", ""))
        or not _FOR_READERS_ALOUD.isdisjoint(element.names)
    )


def _is_transparent(style: dict[str, str]) -> bool:
    """Pages whose words fade in are left alone."""
    if "transition" in style or "animation" in style:
        return False
    filtered = style.get("filter", "").replace(" ", "")
    return _is_nothing(style.get("opacity", "")) or filtered.startswith(
        ("opacity(0)", "opacity(0%")
    )


def _is_folded(style: dict[str, str]) -> bool:
    """Whether it has no room, and what has none is cut off: words go over the edge otherwise."""
    is_cut = any(
        style.get(name, "").startswith(("hidden", "clip"))
        for name in ("overflow", "overflow-x", "overflow-y")
    )
    sides = ("max-height", "height", "max-width", "width")
    return is_cut and any(
        style.get(side) == "1px" or _is_nothing(style.get(side, "")) for side in sides
    )


def _is_outside(style: dict[str, str]) -> bool:
    is_placed = style.get("position") in ("absolute", "fixed")
    sides = [style.get(side, "") for side in ("left", "right", "top", "bottom", "inset")]
    is_far = any(map(_FAR.match, sides)) or any(map(_FAR_ASIDE.match, sides[:2]))
    return bool(
        (is_placed and (is_far or _CLIPPED.match(style.get("clip", ""))))
        or _FAR_BEFORE.match(style.get("text-indent", ""))
        or _FAR_BEFORE.match(style.get("margin-left", ""))
        or _CLIPPED.match(style.get("clip-path", ""))
    )


def _is_nothing(size: str) -> bool:
    return bool(size) and any(map(str.isdigit, size)) and bool(_NO_SIZE.fullmatch(size))


def is_struck(style: dict[str, str]) -> bool:
    return (
        any("line-through" in value for name, value in style.items() if "text-decoration" in name)
        or style.get("text-line-through", "none") != "none"
    )


@dataclass(frozen=True)
class _Light:
    """What decides whether words are seen, and goes on from an element to what is in it."""

    is_out: bool = False
    is_small: bool = False
    ink: Colour | None = None
    paper: Colour | None = None

    @property
    def shows(self) -> bool:
        return not (self.is_out or self.is_small or look_alike(self.ink, self.paper))


def cover_unseen(root: Element, *, is_on_white: bool) -> None:
    """Hide the words that are not seen one by one: others in the same element may be.

    `is_on_white` for a document whose paper is known; web pages may stand on any colour.
    """
    paper = Colour(255, 255, 255) if is_on_white else None
    below = [(root, _Light(paper=paper))]
    while below:
        element, light = below.pop()
        light = _lit(element, light) if element.style or element.given else light
        shows = light.shows
        for at, child in enumerate(element.children):
            if isinstance(child, Element):
                below.append((child, light))
            elif not shows:
                element.children[at] = Element("span", {}, [child], {"display": "none"})


def _lit(element: Element, light: _Light) -> _Light:
    style, given = element.style, element.given
    visibility = style.get("visibility", "")
    if visibility in ("hidden", "collapse", "visible"):
        light = replace(light, is_out=visibility != "visible")
    if size := style.get("font-size", ""):
        light = replace(light, is_small=_is_small(size, was_small=light.is_small))
    said = style.get("color") or (given.get("color", "") if element.tag == "font" else "")
    if said and said not in ("inherit", "currentcolor"):
        light = replace(light, ink=read_colour(said))
    elif element.tag == "a" and "href" in given:
        light = replace(light, ink=None)
    if is_on_a_picture(style):
        return replace(
            light, paper=None, ink=light.ink if light.ink and not light.ink.is_clear else None
        )
    if paper := paper_of(style) or given.get("bgcolor", "").lower():
        light = replace(light, paper=read_colour(paper))
    return light


def _is_small(size: str, *, was_small: bool) -> bool:
    if _is_nothing(size):
        return True
    match = _SIZE.fullmatch(size)
    if match is None:
        return was_small and size in ("inherit", "smaller", "larger", "unset")
    if match[2] in ("em", "%", "ex"):
        return was_small
    return float(match[1]) <= _SMALLEST.get(match[2], 0)
