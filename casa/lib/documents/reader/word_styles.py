"""What Word's styles say: which words are seen, and which sign stands before an item."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from casa.lib.documents.reader.packed import attribute, child, children, local
from casa.lib.html.numbering import sign, type_of

_OFF = ("0", "false", "off", "none")
_COUNTERS = {
    "lowerLetter": "lower-alpha", "upperLetter": "upper-alpha", "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
}  # fmt: skip
_DEEPEST = 20  # styles that follow one another
_LEVELS = 9
_HIGHEST = 10**6


def is_on(properties: Element | None, name: str) -> bool | None:
    """What a property says: `<w:vanish/>` is on, with `w:val="0"` off; None if it is not there."""
    found = child(properties, name)
    return None if found is None else attribute(found, "val", "1").lower() not in _OFF


class Styles:
    """By the names in `styles.xml`."""

    def __init__(self, root: Element | None) -> None:
        self._by_name = {
            attribute(one, "styleId"): one for one in children(root) if local(one.tag) == "style"
        }

    def is_hidden(self, style: str) -> bool:
        return self._says(style, "vanish")

    def gone(self, properties: Element | None, *, is_hidden: bool) -> str | None:
        """Why a run is left out: "hidden" or "struck"; None if it is seen."""
        style = attribute(child(properties, "rStyle"), "val")
        if self._run_says(properties, style, "vanish", default=is_hidden):
            return "hidden"
        struck = [self._run_says(properties, style, name) for name in ("strike", "dstrike")]
        return "struck" if any(struck) else None

    def place_in_list(self, properties: Element | None, style: str) -> tuple[str, int] | None:
        """The list and the level that a paragraph belongs to, by itself or by its style."""
        own = child(properties, "numPr")
        for one in (own, *(child(child(it, "pPr"), "numPr") for it in self._line(style))):
            number = attribute(child(one, "numId"), "val")
            if one is not None and number:
                level = attribute(child(own, "ilvl"), "val") or attribute(child(one, "ilvl"), "val")
                return None if number == "0" else (number, int(level) if level.isdigit() else 0)
        return None

    def _run_says(
        self, properties: Element | None, style: str, name: str, *, default: bool = False
    ) -> bool:
        own = is_on(properties, name)
        return own if own is not None else default or self._says(style, name)

    def _says(self, style: str, name: str) -> bool:
        said_so = (is_on(child(one, "rPr"), name) for one in self._line(style))
        return next((one for one in said_so if one is not None), False)

    def _line(self, style: str) -> list[Element]:
        """The style, the one that it is based on, and so on."""
        found: list[Element] = []
        while style in self._by_name and len(found) < _DEEPEST:
            found.append(self._by_name[style])
            style = attribute(child(found[-1], "basedOn"), "val")
        return found


@dataclass
class _Level:
    kind: str = "decimal"
    form: str = "%1."
    start: int = 1


class Numbering:
    """Counts the items of each list, as Word does it while it shows them."""

    def __init__(self, root: Element | None) -> None:
        parts = children(root)
        drafts = {
            attribute(one, "abstractNumId"): _levels(one)
            for one in parts
            if local(one.tag) == "abstractNum"
        }
        self._lists = {
            attribute(one, "numId"): attribute(child(one, "abstractNumId"), "val")
            for one in parts
            if local(one.tag) == "num"
        }
        self._levels = drafts
        self._counts: dict[str, list[int | None]] = {}

    def sign(self, number: str, level: int) -> str:
        """What stands before the next item of this list: "•", "4." or "2.1"; "" for nothing."""
        draft = self._lists.get(number, "")
        levels = self._levels.get(draft, {})
        level = min(level, _LEVELS - 1)
        here = levels.get(level, _Level())
        counts = self._counts.setdefault(draft, [None] * _LEVELS)
        before = counts[level]
        counts[level] = here.start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        if here.kind in ("bullet", "none"):
            return "•" if here.kind == "bullet" else ""
        text = here.form
        for at in range(level + 1):
            above = levels.get(at, _Level())
            text = text.replace(f"%{at + 1}", _counted(above.kind, counts[at] or above.start))
        return text


def _levels(draft: Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for one in draft:
        place = attribute(one, "ilvl")
        if local(one.tag) == "lvl" and place.isdigit():
            start = attribute(child(one, "start"), "val", "1")
            found[int(place)] = _Level(
                attribute(child(one, "numFmt"), "val", "decimal"),
                attribute(child(one, "lvlText"), "val")[:40],
                min(int(start), _HIGHEST) if start.isascii() and start.isdigit() else 1,
            )
    return found


def _counted(kind: str, value: int) -> str:
    numbering = type_of(_COUNTERS.get(kind, ""))
    return sign(numbering, value).rstrip(".") if numbering and value < 4000 else str(value)
