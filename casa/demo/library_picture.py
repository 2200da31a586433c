"""The lead picture of the demo: a branch library on a Saturday, drawn by Pillow."""

import io
import random
from typing import IO

from PIL import Image, ImageDraw

SIZE = (1800, 1200)
SKY, GROUND = ((250, 214, 165), (168, 196, 205)), (92, 104, 96)
WALL, STONE, ROOF, DOOR = (166, 84, 66), (226, 208, 184), (70, 62, 74), (43, 70, 84)
LIGHT = (255, 236, 190)
SPINES = ((178, 58, 58), (43, 95, 117), (212, 160, 72), (84, 120, 84), (104, 76, 122))
COATS = ((43, 95, 117), (178, 58, 58), (212, 160, 72), (84, 120, 84))
SKIN, DARK = (205, 158, 124), (44, 40, 48)
EAVES, STREET = 430, 960  # pixels from the top


def library() -> IO[bytes]:
    """A JPEG of a lit library with people in front of its door, which is right of the middle."""
    image = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(image)
    chance = random.Random(3)  # noqa: S311 - the same shelves at every first start
    _sky(draw)
    _trees(draw)
    _house(draw)
    for left in (330, 560, 790, 1370):
        _window(draw, left, chance)
    _door(draw)
    _street(draw)
    for left, coat in zip((980, 1060, 1300, 640), COATS, strict=True):
        _reader(draw, left, coat)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=92)
    file.seek(0)
    return file


def _sky(draw: ImageDraw.ImageDraw) -> None:
    low, high = SKY
    for y in range(STREET):
        part = y / STREET
        shade = tuple(round(h + (w - h) * part) for w, h in zip(low, high, strict=True))
        draw.line((0, y, SIZE[0], y), fill=shade)


def _trees(draw: ImageDraw.ImageDraw) -> None:
    for left, top, wide in ((-60, 420, 300), (90, 520, 220), (1610, 460, 320), (1560, 600, 180)):
        draw.rectangle((left + wide // 2 - 12, top + wide - 40, left + wide // 2 + 12, STREET),
                       fill=ROOF)  # fmt: skip
        draw.ellipse((left, top, left + wide, top + wide), fill=(104, 128, 98))
        draw.ellipse((left + 40, top - 50, left + wide - 20, top + wide - 90), fill=(122, 146, 108))


def _house(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((260, EAVES, 1560, STREET), fill=WALL)
    draw.polygon([(220, EAVES), (400, 270), (1420, 270), (1600, EAVES)], fill=ROOF)
    draw.rectangle((240, EAVES, 1580, EAVES + 26), fill=STONE)
    draw.rectangle((260, STREET - 70, 1560, STREET), fill=STONE)
    draw.polygon([(960, EAVES), (1150, 310), (1340, EAVES)], fill=STONE)
    draw.polygon([(1010, EAVES - 10), (1150, 340), (1290, EAVES - 10)], fill=WALL)
    draw.ellipse((1122, 366, 1178, 422), fill=LIGHT, outline=STONE, width=8)


def _window(draw: ImageDraw.ImageDraw, left: int, chance: random.Random) -> None:
    top, right, bottom = EAVES + 100, left + 160, STREET - 130
    draw.rectangle((left - 16, top - 16, right + 16, bottom + 16), fill=STONE)
    draw.rectangle((left, top, right, bottom), fill=LIGHT)
    for shelf in range(top + 92, bottom + 1, 92):
        at = left + 6
        while at < right - 18:
            wide, high = chance.randint(10, 20), chance.randint(44, 76)
            draw.rectangle((at, shelf - high, at + wide, shelf), fill=chance.choice(SPINES))
            at += wide + 3
        draw.rectangle((left, shelf, right, shelf + 8), fill=ROOF)
    draw.line(((left + right) // 2, top, (left + right) // 2, bottom), fill=STONE, width=8)


def _door(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((1030, EAVES + 130, 1270, STREET), fill=STONE)
    draw.pieslice((1030, EAVES + 10, 1270, EAVES + 250), 180, 360, fill=STONE)
    draw.rectangle((1062, EAVES + 130, 1238, STREET), fill=LIGHT)
    draw.pieslice((1062, EAVES + 42, 1238, EAVES + 218), 180, 360, fill=LIGHT)
    draw.polygon([(1062, EAVES + 130), (1010, EAVES + 160), (1010, STREET + 20), (1062, STREET)],
                 fill=DOOR)  # fmt: skip
    draw.polygon([(1238, EAVES + 130), (1290, EAVES + 160), (1290, STREET + 20), (1238, STREET)],
                 fill=DOOR)  # fmt: skip


def _street(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, STREET, *SIZE), fill=GROUND)
    draw.polygon([(1062, STREET), (1238, STREET), (1420, SIZE[1]), (880, SIZE[1])],
                 fill=(224, 200, 156))  # fmt: skip
    draw.rectangle((0, STREET, 1000, STREET + 10), fill=(112, 124, 116))
    draw.rectangle((1300, STREET, SIZE[0], STREET + 10), fill=(112, 124, 116))


def _reader(draw: ImageDraw.ImageDraw, left: int, coat: tuple[int, int, int]) -> None:
    """Somebody with a book under the arm."""
    top = STREET - 150
    draw.rectangle((left + 18, top + 170, left + 38, top + 270), fill=DARK)
    draw.rectangle((left + 46, top + 170, left + 66, top + 270), fill=DARK)
    draw.rounded_rectangle((left, top + 60, left + 84, top + 190), 26, fill=coat)
    draw.ellipse((left + 16, top, left + 68, top + 60), fill=SKIN)
    draw.pieslice((left + 12, top - 8, left + 72, top + 58), 180, 360, fill=DARK)
    draw.rectangle((left + 58, top + 104, left + 98, top + 158), fill=SPINES[left % len(SPINES)])
