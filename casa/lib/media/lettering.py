"""Words drawn into pictures: with fonts that come along, in lines that fit, in every direction.

A picture with the wrong letters is worse than one without the words. So `face_for` says None
where no font has a letter, and where letters must be joined or run from right to left and
Pillow's layout engine for that (raqm, which needs the system's libfribidi) is not there.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import ImageDraw, ImageFont, features

FONTS = Path(__file__).parent / "fonts"
SERIF_BOLD, SANS, SANS_BOLD = "CasaSerif-Bold.ttf", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"
LINE_HEIGHT = 1.22
SHRINK_STEP = 2  # pixels
NOTHING = "\U0010ffff"
"""A sign that no font has; it is drawn as the box that stands for a missing letter."""


def lays_out_every_script() -> bool:
    """Whether letters can be joined, and run from right to left."""
    return bool(features.check("raqm"))


@lru_cache(maxsize=128)
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / face, size)


def face_for(text: str, *faces: str) -> str | None:
    """The first of `faces` that has every letter of `text`, else of ADDED_FONTS.

    None if no font can show it rightly.
    """
    if not lays_out_every_script() and any(map(_needs_layout, text)):
        return None
    known = (*faces, *map(str, settings.ADDED_FONTS))
    return next((face for face in known if all(_has(face, sign) for sign in set(text))), None)


def _needs_layout(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in ("R", "AL", "AN")


@lru_cache(maxsize=4096)
def _has(face: str, sign: str) -> bool:
    if sign.isspace() or unicodedata.category(sign) in ("Cf", "Mn"):
        return True  # joined to its neighbour, or not seen
    probe = font(face, 24)
    return bytes(probe.getmask(sign)) != bytes(probe.getmask(NOTHING))


@dataclass(frozen=True)
class Lines:
    """Text set in lines; sizes in pixels."""

    lines: Sequence[str]
    face: str
    size: int

    @property
    def line_height(self) -> int:
        return round(self.size * LINE_HEIGHT)

    @property
    def height(self) -> int:
        return self.line_height * len(self.lines)

    def width(self, *, rtl: bool) -> float:
        set_in, direction = font(self.face, self.size), _direction(rtl)
        return max(set_in.getlength(line, direction=direction) for line in self.lines)

    def draw(
        self, on: ImageDraw.ImageDraw, left: int, top: int, right: int, *, color: str, rtl: bool
    ) -> None:
        """Set at the edge where reading begins."""
        set_in = font(self.face, self.size)
        for number, line in enumerate(self.lines):
            middle = top + self.line_height * number + self.line_height // 2
            start, anchor = (right, "rm") if rtl else (left, "lm")
            on.text((start, middle), line, color, set_in, anchor=anchor, direction=_direction(rtl))


def _direction(rtl: bool) -> str | None:
    """The direction as Pillow takes it; None where it can lay out one direction only."""
    return ("rtl" if rtl else "ltr") if lays_out_every_script() else None


_BLANKS = re.compile(r"[^\S\u00a0]+")  # where a line may break


def fit(text: str, face: str, *, sizes: range, width: int, height: int, rtl: bool) -> Lines:
    """`text` in the largest of `sizes` at which it fits.

    Words longer than a line break in the lower half of the sizes; what is too long for the
    smallest ends with "…".
    """
    words = _BLANKS.split(text.strip())
    for size in reversed(sizes):
        measure = _Measure(face, size, width, rtl)
        may_break = size <= sizes[len(sizes) // 2]
        if may_break or all(measure.fits(word) for word in words):
            found = Lines(list(measure.wrapped(words)), face, size)
            if found.height <= height:
                return found
    shown = list(measure.wrapped(words))[: max(1, height // Lines([], face, size).line_height)]
    return Lines([*shown[:-1], measure.shortened(shown[-1])], face, size)


@dataclass(frozen=True)
class _Measure:
    face: str
    size: int
    width: int
    rtl: bool

    def length(self, text: str) -> float:
        return font(self.face, self.size).getlength(text, direction=_direction(self.rtl))

    def fits(self, text: str) -> bool:
        return self.length(text) <= self.width

    def wrapped(self, words: Sequence[str]) -> Iterator[str]:
        line = ""
        for piece in (piece for word in words for piece in self.broken(word)):
            longer = f"{line} {piece}" if line else piece
            if line and not self.fits(longer):
                yield line
                longer = piece
            line = longer
        if line:
            yield line

    def broken(self, word: str) -> Iterator[str]:
        """The word in pieces that each fit a line."""
        while word and not self.fits(word):
            pieces = [word[:end] for end in range(1, len(word))]
            # True sorts after False: the place of the first piece that does not fit.
            end = bisect_left(pieces, x=True, key=lambda piece: not self.fits(piece)) or 1
            yield word[:end]
            word = word[end:]
        if word:
            yield word

    def shortened(self, line: str) -> str:
        while line and not self.fits(f"{line}…"):
            line = line[:-1]
        return f"{line.rstrip()}…"
