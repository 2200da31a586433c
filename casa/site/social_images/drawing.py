"""What the pictures look like."""

import hashlib
import io
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from casa.appearance.theme import LIGHT_GROUND
from casa.lib.media import lettering
from casa.lib.media.lettering import SANS, SANS_BOLD, SERIF_BOLD

WIDTH, HEIGHT = 1200, 630  # pixels: what every network takes for a large picture
MARGIN = 80
ROOM = WIDTH - 2 * MARGIN
BAND = 18
FOOT = 524
INK, GREY, HAIRLINE = "#16191c", "#4d555c", "#d5dade"
CONDITION_SIZES, CONDITION_HEIGHT = range(16, 25, 2), 40
DESIGN = 2
"""Counted up when the pictures are drawn in another way, so that nobody gets an old one."""


@dataclass(frozen=True)
class Poster:
    """The words of a share image: who speaks, what it is, what it says, how many stand for it, and
    how many of these under an earlier text (`condition`).
    """

    site_name: str
    title: str
    rtl: bool
    accent: str
    kind: str = ""
    tally: str = ""
    condition: str = ""

    @property
    def fingerprint(self) -> str:
        """Another one for every picture that looks different."""
        return hashlib.sha256(f"{DESIGN}:{self!r}".encode()).hexdigest()[:32]

    def png(self) -> bytes:
        image = Image.new("RGB", (WIDTH, HEIGHT), LIGHT_GROUND)
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 0, WIDTH, BAND), fill=self.accent)
        sheet = _Sheet(draw, self.rtl)
        # Where no font has the title's letters, what kind of thing it is stands in its place.
        kind, title = (self.kind, self.title) if _shows(self.title) else ("", self.kind)
        top = 62 + sheet.write(
            self.site_name, 62, height=76, sizes=range(24, 39, 2), color=self.accent
        )
        top += 4 + sheet.write(
            kind, top + 4, height=40, sizes=range(20, 29, 2), color=GREY, face=SANS
        )
        bottom = FOOT if self.tally else HEIGHT - MARGIN
        sheet.write(
            title, top + 18, height=bottom - top - 36, sizes=range(32, 81, 2), face=SERIF_BOLD
        )
        if self.tally:
            draw.line((MARGIN, FOOT, WIDTH - MARGIN, FOOT), fill=HAIRLINE, width=2)
            top = 14 if self.condition else 20
            top += sheet.write(self.tally, FOOT + top, height=56, sizes=range(24, 37, 2))
            sheet.write(
                self.condition, FOOT + top, height=CONDITION_HEIGHT, sizes=CONDITION_SIZES,
                color=GREY, face=SANS,
            )  # fmt: skip
        return _png(image)


@dataclass(frozen=True)
class _Sheet:
    """Where words are set between the margins, from the side where reading begins."""

    draw: ImageDraw.ImageDraw
    rtl: bool

    def write(
        self,
        text: str,
        top: int,
        *,
        height: int,
        sizes: range,
        color: str = INK,
        face: str = SANS_BOLD,
    ) -> int:
        """Set the text from `top` on, in `height` at most; how high it became."""
        shown_in = lettering.face_for(text, face, SANS_BOLD)
        if shown_in is None or not text:
            return 0
        lines = lettering.fit(text, shown_in, sizes=sizes, width=ROOM, height=height, rtl=self.rtl)
        lines.draw(self.draw, MARGIN, top, WIDTH - MARGIN, color=color, rtl=self.rtl)
        return lines.height


def _shows(text: str) -> bool:
    return lettering.face_for(text, SANS_BOLD) is not None


@lru_cache(maxsize=16)
def icon(letter: str, accent: str, size: int, *, maskable: bool) -> bytes:
    """A square of the accent colour with a letter, as PNG. Of a maskable one any edge may go."""
    return _png(_icon(letter, accent, size, inner=0.44 if maskable else 0.62))


@lru_cache(maxsize=2)
def favicon(letter: str, accent: str) -> bytes:
    """An ICO file, for programs that ask for /favicon.ico without being told to."""
    buffer = io.BytesIO()
    _icon(letter, accent, 48, inner=0.7).save(
        buffer, "ICO", sizes=[(16, 16), (32, 32), (48, 48)], bitmap_format="png"
    )
    return buffer.getvalue()


def _icon(letter: str, accent: str, size: int, *, inner: float) -> Image.Image:
    """`inner` is the letter's height as a part of the whole."""
    image = Image.new("RGB", (size, size), accent)
    face = lettering.face_for(letter, SANS_BOLD)
    if letter and face:
        font = lettering.font(face, round(size * inner / 0.73))  # 0.73 em: a capital's height
        left, top, right, bottom = font.getbbox(letter)
        at = ((size - right - left) / 2, (size - bottom - top) / 2)
        ImageDraw.Draw(image).text(at, letter, fill=LIGHT_GROUND, font=font)
    return image


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.quantize(64).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
