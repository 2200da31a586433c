"""Pictures of one page, so small that a repository can keep them, and what differs between two.

A pixel of a thumbnail is a cell of 8 × 8 pixels of the picture: its mean grey, so that another hue
of the same brightness is no difference.
"""

from pathlib import Path

from PIL import Image, ImageChops

CELL = 8
TOLERANCE = 12
"""Of 255, by how much the grey of a cell may differ. Storing takes up to STEP / 2 of it."""
STEP = 8
"""One grey of so many is kept, which saves a third of what a file takes."""
CHANNELS = {"dark": 0, "light": 1, "print": 1}
"""Which colour of a file is the grey of which look: in a viewer its colours are strange. WebP packs
red by its likeness to green, and both themes are laid out alike, which saves a third."""

_KEPT = [min(255, (grey + STEP // 2) // STEP * STEP) for grey in range(256)]
_DIFFERS = [255 if difference > TOLERANCE else 0 for difference in range(256)]

Pictures = dict[str, Image.Image]
"""Thumbnails of one page, by width and look: "360-dark", "a4-print"."""


def reduced(file: Path) -> Image.Image:
    with Image.open(file) as picture:
        return picture.convert("L").reduce(CELL)


def save(pictures: Pictures, file: Path) -> None:
    """Side by side, those of a width on each other; metadata say where each one is."""
    lefts, right = {}, 0
    for width, widest in _widths(pictures).items():
        lefts[width], right = right, right + widest
    size = (right, max(one.height for one in pictures.values()))
    channels = [Image.new("L", size) for _ in "RGB"]
    places = []
    for at, one in pictures.items():
        width, look = at.split("-")
        channels[CHANNELS[look]].paste(one.point(_KEPT), (lefts[width], 0))
        places.append(f"{at} {lefts[width]} {one.width} {one.height}")
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.merge("RGB", channels).save(
        file, "WEBP", lossless=True, method=6, xmp="\n".join(places).encode()
    )


def load(file: Path) -> Pictures:
    """Empty if there is no such file."""
    if not file.exists():
        return {}
    with Image.open(file) as together:
        places = together.info["xmp"].decode().splitlines()
        channels = together.convert("RGB").split()
    return dict(_cut_out(channels, *place.split()) for place in places)


def differing(one: Image.Image, other: Image.Image) -> Image.Image:
    """White where cells differ, or where only one of the pictures reaches; else black."""
    common = (0, 0, min(one.width, other.width), min(one.height, other.height))
    found = Image.new("L", (max(one.width, other.width), max(one.height, other.height)), 255)
    difference = ImageChops.difference(one.crop(common), other.crop(common))
    found.paste(difference.point(_DIFFERS), (0, 0))
    return found


def _widths(pictures: Pictures) -> dict[str, int]:
    widths: dict[str, int] = {}
    for at, one in pictures.items():
        width = at.split("-")[0]
        widths[width] = max(one.width, widths.get(width, 0))
    return widths


def _cut_out(
    channels: tuple[Image.Image, ...], at: str, left: str, width: str, height: str
) -> tuple[str, Image.Image]:
    box = (int(left), 0, int(left) + int(width), int(height))
    return at, channels[CHANNELS[at.split("-")[1]]].crop(box)
