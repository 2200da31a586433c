"""Selectors of style sheets that name more than one thing: ".a.b", "td p", "div > .a"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casa.lib.html.paste.nodes import Element

_PART = re.compile(r"([a-z][\w-]*|\*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_LONGEST = 500  # characters
MOST_STEPS = 250_000
"""Elements that are looked at to find out where the rules of one document apply."""


class TooManyRulesError(Exception):
    """Where the rules apply takes too long to find out, so that a hidden word may stay."""


@dataclass(frozen=True)
class Part:
    """What one element is called; `is_parent` if it has to be right above the next."""

    tag: str
    names: frozenset[str]
    is_parent: bool = False

    @property
    def key(self) -> str:
        """One name of those that it asks for, by which it is found."""
        return min(self.names, default=self.tag)

    def fits(self, element: Element) -> bool:
        if self.tag not in ("*", element.tag):
            return False
        *classes, identity = element.names
        return not self.names or self.names.issubset((*classes, f"#{identity}"))


@dataclass(frozen=True)
class Selector:
    own: Part
    around: tuple[Part, ...]
    """From the nearest to the farthest."""


def read_selector(text: str) -> Selector | None:
    """None for what depends on anything else: a state, an attribute, a place among others."""
    parts: list[Part] = []
    is_parent = False
    for word in reversed(text[:_LONGEST].replace(">", " > ").split()):
        if word == ">":
            is_parent = True
            continue
        match = _PART.fullmatch(word)
        if match is None:
            return None
        names = frozenset(match[2].replace("#", ".#").split(".")[1:])
        parts.append(Part((match[1] or "*").lower(), names, is_parent))
        is_parent = False
    return Selector(parts[0], tuple(parts[1:])) if parts and len(text) <= _LONGEST else None


class Places:
    """Where elements stand in their document."""

    def __init__(self, root: Element) -> None:
        self._above: dict[int, Element] = {}
        for element in (root, *root.elements()):
            below = (one for one in element.children if isinstance(one, Element))
            self._above |= {id(one): element for one in below}
        self._steps = 0

    def matches(self, element: Element, selector: Selector) -> bool:
        self._step()
        if not selector.own.fits(element):
            return False
        above = self._ancestors(element)
        return all(self._finds(part, above) for part in selector.around)

    def _finds(self, part: Part, above: Iterator[Element]) -> bool:
        if part.is_parent:
            parent = next(above, None)
            return parent is not None and part.fits(parent)
        return any(part.fits(one) for one in above)

    def _ancestors(self, element: Element) -> Iterator[Element]:
        above: Mapping[int, Element] = self._above
        while (parent := above.get(id(element))) is not None:
            self._step()
            yield parent
            element = parent

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooManyRulesError
