"""Logos of the demo's organizations: a mark beside the name, drawn by Pillow."""

import io
from collections.abc import Callable
from textwrap import wrap

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from casa.lib.media import lettering

Colour = tuple[int, int, int]
Mark = Callable[[ImageDraw.ImageDraw, Colour], None]
SIZE = (768, 256)
LETTERS = 52  # pixels
LINE = 14  # signs of the name


def book(draw: ImageDraw.ImageDraw, colour: Colour) -> None:
    draw.polygon([(28, 72), (120, 96), (120, 204), (28, 180)], fill=colour)
    draw.polygon([(136, 96), (228, 72), (228, 180), (136, 204)], fill=colour)


def waves(draw: ImageDraw.ImageDraw, colour: Colour) -> None:
    for top in (64, 112, 160):
        for left, begin, end in ((24, 180, 360), (124, 0, 180)):
            draw.arc((left, top, left + 108, top + 64), begin, end, fill=colour, width=18)


def branches(draw: ImageDraw.ImageDraw, colour: Colour) -> None:
    for start in ((40, 56), (128, 40), (216, 56)):
        draw.line([start, (128, 148), (128, 216)], fill=colour, width=20, joint="curve")


def logo(name: str, mark: Mark, colour: Colour) -> SimpleUploadedFile:
    """A PNG file of the mark and the name, as an organization would send it."""
    image = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(image)
    mark(draw, colour)
    lines = "\n".join(wrap(name, LINE))
    font = lettering.font(lettering.SANS_BOLD, LETTERS)
    draw.multiline_text((264, 128), lines, fill=colour, font=font, anchor="lm", spacing=10)
    file = io.BytesIO()
    image.save(file, "PNG")
    return SimpleUploadedFile("logo.png", file.getvalue(), "image/png")
