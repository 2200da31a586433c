"""What the pictures look like."""

import hashlib
import io
from dataclasses import dataclass, replace
from functools import lru_cache

from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from casa.appearance.theme import LIGHT_GROUND
from casa.lib.media import lettering
from casa.lib.media.images import JPEG, PNG
from casa.lib.media.lettering import SANS, SANS_BOLD, SERIF_BOLD

WIDTH, HEIGHT = 1200, 630  # pixels: what every network takes for a large picture
MARGIN = 80
ROOM = WIDTH - 2 * MARGIN
BAND = 18
FOOT = 524
INK, GREY, HAIRLINE = "#16191c", "#4d555c", "#d5dade"
CONDITION_SIZES, CONDITION_HEIGHT = range(16, 25, 2), 40
LOGO_HEIGHT = 72
CALL_HEIGHT, CALL_ROOM, PADDING = 52, 96, 22  # pixels
GAP = 48
DESIGN = 3
"""Counted up when the pictures are drawn in another way, so that nobody gets an old one."""


@dataclass(frozen=True)
class Poster:
    """The words of a share image: who speaks, what it is, what it says, how many stand for it, how
    many of these under an earlier text (`condition`), and what to do (`call`).

    `logo` and `picture` are names of files in the storage; without a file the words stand alone.
    """

    site_name: str
    title: str
    rtl: bool
    accent: str
    kind: str = ""
    tally: str = ""
    condition: str = ""
    call: str = ""
    logo: str = ""
    shows_name: bool = True
    picture: str = ""

    @property
    def fingerprint(self) -> str:
        """Another one for every picture that looks different."""
        return hashlib.sha256(f"{DESIGN}:{self!r}".encode()).hexdigest()[:32]

    @property
    def content_type(self) -> str:
        return JPEG if self.picture else PNG

    def file(self) -> bytes:
        """As JPEG where a picture stands beside the words, else as PNG."""
        return self.jpeg() if self.picture else self.png()

    def png(self) -> bytes:
        return _png(self._drawn())

    def jpeg(self) -> bytes:
        buffer = io.BytesIO()
        self._drawn().save(buffer, "JPEG", quality=88, optimize=True)
        return buffer.getvalue()

    def _drawn(self) -> Image.Image:
        image = Image.new("RGB", (WIDTH, HEIGHT), LIGHT_GROUND)
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 0, WIDTH, BAND), fill=self.accent)
        sheet = self._sheet(image, draw)
        # Where no font has the title's letters, what kind of thing it is stands in its place.
        kind, title = (self.kind, self.title) if _shows(self.title) else ("", self.kind)
        top = 62 + self._head(image, sheet)
        top += 4 + sheet.write(
            kind, top + 4, height=40, sizes=range(20, 29, 2), color=GREY, face=SANS
        )
        foot = FOOT - (CALL_ROOM if sheet.is_narrow and self.call else 0)
        bottom = foot if self.tally else HEIGHT - MARGIN
        sheet.write(
            title, top + 18, height=bottom - top - 36, sizes=range(32, 81, 2), face=SERIF_BOLD
        )
        if self.tally:
            self._foot(sheet, foot)
        return image

    def _sheet(self, image: Image.Image, draw: ImageDraw.ImageDraw) -> "_Sheet":
        """What is left for words beside the picture, which is at the end of each line."""
        sheet = _Sheet(draw, self.rtl)
        picture = _opened(self.picture)
        if picture is None:
            return sheet
        image.paste(picture, (0 if self.rtl else WIDTH - picture.width, BAND))
        return sheet.shorter(picture.width - MARGIN + GAP)

    def _head(self, image: Image.Image, sheet: "_Sheet") -> int:
        """Draw the logo, and the name beside it; how high they are."""
        logo, beside = _opened(self.logo), sheet
        if logo is not None:
            logo.thumbnail((sheet.room // 2 if self.shows_name else sheet.room, LOGO_HEIGHT))
            left = sheet.right - logo.width if self.rtl else sheet.left
            image.paste(logo, (left, 62), logo)
            beside = sheet.later(logo.width + 24)
        name = self.site_name if self.shows_name or logo is None else ""
        named = beside.write(name, 62, height=76, sizes=range(24, 39, 2), color=self.accent)
        return max(named, logo.height if logo else 0)

    def _foot(self, sheet: "_Sheet", foot: int) -> None:
        """Write how many signed, and the call: behind it, or below it where lines are short."""
        sheet.draw.line((sheet.left, foot, sheet.right, foot), fill=HAIRLINE, width=2)
        top = foot + 24
        if sheet.is_narrow:
            sheet.press(self.call, HEIGHT - 96, self.accent)
            beside = sheet
        else:
            taken = sheet.press(self.call, top, self.accent, at_end=True)
            beside = sheet.shorter(taken + 32 if taken else 0)
        top = foot + (14 if self.condition else 20)
        top += beside.write(self.tally, top, height=56, sizes=range(18, 37, 2))
        beside.write(
            self.condition, top, height=CONDITION_HEIGHT, sizes=CONDITION_SIZES, color=GREY,
            face=SANS,
        )  # fmt: skip


@dataclass(frozen=True)
class _Sheet:
    """Where words are set, from the side where reading begins; `left` and `right` in pixels."""

    draw: ImageDraw.ImageDraw
    rtl: bool
    left: int = MARGIN
    right: int = WIDTH - MARGIN

    @property
    def room(self) -> int:
        return self.right - self.left

    @property
    def is_narrow(self) -> bool:
        return self.room < ROOM * 2 // 3

    def shorter(self, by: int) -> "_Sheet":
        """Lines end so many pixels earlier."""
        return (
            replace(self, left=self.left + by) if self.rtl else replace(self, right=self.right - by)
        )

    def later(self, by: int) -> "_Sheet":
        """Lines begin so many pixels later."""
        return (
            replace(self, right=self.right - by) if self.rtl else replace(self, left=self.left + by)
        )

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
        lines = lettering.fit(
            text, shown_in, sizes=sizes, width=self.room, height=height, rtl=self.rtl
        )
        lines.draw(self.draw, self.left, top, self.right, color=color, rtl=self.rtl)
        return lines.height

    def press(self, text: str, top: int, color: str, *, at_end: bool = False) -> int:
        """Draw the text as a button, in white on `color`; how wide it became."""
        face = lettering.face_for(text, SANS_BOLD)
        if face is None or not text:
            return 0
        width = self.room // 2 if at_end else self.room
        inner = width - 2 * PADDING
        sizes = range(16, 25, 2)
        line = lettering.fit(text, face, sizes=sizes, width=inner, height=30, rtl=self.rtl)
        wide = round(line.width(rtl=self.rtl)) + 2 * PADDING
        is_right = self.rtl != at_end
        left = self.right - wide if is_right else self.left
        box = (left, top, left + wide, top + CALL_HEIGHT)
        self.draw.rounded_rectangle(box, 6, fill=color)
        line.draw(
            self.draw, left + PADDING, top + (CALL_HEIGHT - line.height) // 2,
            left + wide - PADDING, color=LIGHT_GROUND, rtl=self.rtl,
        )  # fmt: skip
        return wide


def _opened(name: str) -> Image.Image | None:
    """A file that we wrote ourselves; None without one. Its transparent parts stay so."""
    if not name:
        return None
    try:
        with default_storage.open(name) as file:
            return Image.open(io.BytesIO(file.read())).convert("RGBA")
    except OSError:
        return None


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
