"""What stands around a line of a release, above all below it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from . import headings
from .headings import bare, key
from .sections import Line

# How many lines are looked at to tell what a line opens.
_LOOK_AHEAD = 200


class Lookahead:
    """The lines of a release, asked by position."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines

    def after(self, position: int) -> list[Line]:
        return self.lines[position + 1 : position + 1 + _LOOK_AHEAD]

    def block_after(self, position: int, most: int = _LOOK_AHEAD) -> list[str]:
        """The lines up to the next blank one."""
        block: list[str] = []
        for _, line in self.after(position)[:most]:
            if line.strip():
                block.append(line)
            elif block:
                break
        return block

    def names_to_come(self, position: int) -> bool:
        return self.last_heading > position

    @cached_property
    def last_heading(self) -> int:
        """Where the last line stands that names could follow; -1 where there is none."""
        return self._last(lambda line: bool(headings.SIGNATURES.fullmatch(key(line))))

    @cached_property
    def last_contact(self) -> int:
        return self._last(lambda line: bool(headings.CONTACT.fullmatch(bare(line))))

    def _last(self, is_such: Callable[[str], bool]) -> int:
        places = reversed(range(len(self.lines)))
        short = (each for each in places if len(self.lines[each][1]) <= headings.LONGEST)
        return next((each for each in short if is_such(self.lines[each][1])), -1)
