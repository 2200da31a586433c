"""Pictures of pages, and sheets of them to look at side by side."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page

SHEET = 1600  # pixels, either way: what can be looked at without being made smaller
CAPTION = 22
GAP = 10
PAPER, INK = (120, 120, 124), (255, 255, 255)


def take(page: Page, file: Path, *, height: int = 0) -> None:
    """What the window shows or, with `height`, the page down to that many pixels."""
    if not height:
        page.screenshot(path=file, animations="disabled")
        return
    width = page.evaluate("document.documentElement.clientWidth")
    whole = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": max(1, min(whole, height))}
    page.screenshot(path=file, animations="disabled", full_page=True, clip=clip)  # type: ignore[arg-type]


def reduce_colours(file: Path, colours: int) -> None:
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(colours).save(file, optimize=True)


def make_sheets(files: Iterable[Path], target: Path, *, scale: float) -> list[Path]:
    """Of the pictures in files, as `lay` lays them."""
    return lay(_strips(files, scale), target)


def lay(strips: Iterable[tuple[str, Image.Image]], target: Path) -> list[Path]:
    """Lay strips and their captions in columns; returns `target`-1.png, …"""
    made: list[Path] = []
    sheet, left, top, widest = _empty(), 0, 0, 0
    for name, strip in strips:
        if top and top + CAPTION + strip.height > SHEET:
            left, top, widest = left + widest + GAP, 0, 0
        if left and left + strip.width > SHEET:
            made.append(_saved(sheet, target, len(made) + 1))
            sheet, left, top, widest = _empty(), 0, 0, 0
        ImageDraw.Draw(sheet).text((left + 4, top + 3), name, fill=INK, font=_font())
        sheet.paste(strip, (left, top + CAPTION))
        top, widest = top + CAPTION + strip.height + GAP, max(widest, strip.width)
    if top or left:
        made.append(_saved(sheet, target, len(made) + 1))
    return made


def _strips(files: Iterable[Path], scale: float) -> Iterator[tuple[str, Image.Image]]:
    """Pictures made smaller, a long one in several strips."""
    for file in files:
        with Image.open(file) as picture:
            size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
            small = picture.convert("RGB").resize(size, Image.Resampling.HAMMING)
        for top in range(0, small.height, SHEET - CAPTION):
            bottom = min(top + SHEET - CAPTION, small.height)
            name = file.stem if not top else "…"
            yield name, small.crop((0, top, min(small.width, SHEET), bottom))


def _empty() -> Image.Image:
    return Image.new("RGB", (SHEET, SHEET), PAPER)


def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(14)


def _saved(sheet: Image.Image, target: Path, number: int) -> Path:
    file = target.with_name(f"{target.name}-{number}.png")
    sheet.save(file, compress_level=2)
    return file
