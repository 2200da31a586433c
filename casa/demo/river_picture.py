"""The lead picture of the demo's petition: a river below an old mill, drawn by Pillow."""

import io
from math import sin
from typing import IO

from PIL import Image, ImageDraw

SIZE = (1800, 1200)
SKY = ((244, 226, 198), (150, 188, 200))  # at the hills, at the top
HILLS = (((150, 168, 140), 560, 90), ((118, 146, 114), 660, 70), ((92, 122, 92), 740, 40))
"""Colour, height of the crest and how much it swings, in pixels."""

WATER, LIGHT, MUD = (78, 124, 138), (148, 184, 190), (132, 112, 84)
BRICK, ROOF, WINDOW, STEEL = (142, 92, 76), (66, 60, 70), (58, 66, 78), (96, 90, 92)
REEDS = (150, 142, 78)
BANK = 800  # pixels from the top


def river() -> IO[bytes]:
    """A JPEG of a mill left of the middle, and of the river in front of it."""
    image = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(image)
    _sky(draw)
    _hills(draw)
    _mill(draw)
    _water(draw)
    for left in range(1240, 1790, 46):
        _reed(draw, left, 1010 + left * 7 % 90)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=92)
    file.seek(0)
    return file


def _sky(draw: ImageDraw.ImageDraw) -> None:
    low, high = SKY
    for y in range(BANK):
        part = y / BANK
        shade = tuple(round(h + (w - h) * part) for w, h in zip(low, high, strict=True))
        draw.line((0, y, SIZE[0], y), fill=shade)
    draw.ellipse((1330, 170, 1470, 310), fill=(255, 246, 224))


def _hills(draw: ImageDraw.ImageDraw) -> None:
    for number, (colour, crest, swing) in enumerate(HILLS):
        shift = number * 1.7
        for x in range(SIZE[0]):
            top = crest + swing * sin(x / 290 + shift) + swing / 3 * sin(x / 95 + shift)
            draw.line((x, top, x, BANK + 40), fill=colour)


def _mill(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((300, 330, 372, BANK + 20), fill=BRICK)  # the chimney
    draw.rectangle((288, 320, 384, 346), fill=ROOF)
    draw.rectangle((360, 470, 900, BANK + 20), fill=BRICK)
    draw.polygon([(330, 470), (450, 380), (810, 380), (930, 470)], fill=ROOF)
    for top in (520, 640):
        for left in range(410, 860, 96):
            draw.rectangle((left, top, left + 52, top + 76), fill=WINDOW)
            draw.line((left + 26, top, left + 26, top + 76), fill=BRICK, width=5)
    draw.rectangle((900, 700, 1010, 740), fill=STEEL)  # the pipe
    draw.ellipse((992, 696, 1034, 744), fill=ROOF)


def _water(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, BANK, *SIZE), fill=WATER)
    draw.polygon([(0, BANK), (1120, BANK), (760, BANK + 60), (0, BANK + 110)], fill=MUD)
    draw.polygon([(1004, 740), (1024, 740), (1180, BANK + 150), (1000, BANK + 170)], fill=MUD)
    draw.ellipse((940, BANK + 120, 1300, BANK + 210), fill=MUD)
    for number in range(60):
        left, top = number * 331 % SIZE[0], BANK + 90 + number * 53 % 300
        draw.line((left, top, left + 60 + number % 5 * 24, top), fill=LIGHT, width=5)


def _reed(draw: ImageDraw.ImageDraw, left: int, foot: int) -> None:
    draw.line((left, foot + 120, left + 16, foot - 130), fill=REEDS, width=7)
    draw.ellipse((left + 6, foot - 190, left + 26, foot - 110), fill=(104, 74, 52))
    draw.line((left + 4, foot + 120, left - 26, foot - 60), fill=REEDS, width=6)
