"""Say and show what differs from the accepted pictures."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from PIL import Image

from tools.look import comparison, pictures, thumbnails
from tools.look.comparison import Change

SCALE = 3
"""Pixels of a sheet per cell: three pictures of the widest page fit beside each other."""
AROUND, ROWS = 12, 480
"""In cells: what is shown above and below a difference, and how much at most."""
RED, WHITE = (214, 30, 30), (255, 255, 255)


def table(changes: list[Change]) -> str:
    """One line for each page and kind of change."""
    lines = []
    for (kind, case, page), of_page in groupby(sorted(changes, key=_key), key=_key):
        found = list(of_page)
        where = ",".join(one.at for one in found) or "the whole page"
        cells = f" {sum(one.cells for one in found)} cells" if kind == "changed" else ""
        lines.append(f"{kind:8} {case:12} {page:28} {where}{cells}")
    return "\n".join(lines)


def _key(change: Change) -> tuple[str, str, str]:
    return change.kind, change.case, change.page


def summary(changes: list[Change], browser: str) -> str:
    """How many pages differ, and what to do about it."""
    if not changes:
        return "Every page looks as it was accepted."
    kinds = Counter(kind for kind, _case, _page in {_key(one) for one in changes})
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    return (
        f"Pages that differ from the accepted pictures: {told}. The sheets changes-*.png show how."
        f"{_other_browser(browser)}\nWhere that is meant: make look-accept"
    )


def _other_browser(browser: str) -> str:
    file = comparison.ACCEPTED / comparison.BROWSER
    accepted = file.read_text("utf-8").strip() if file.exists() else browser
    if accepted == browser:
        return ""
    return f"\nThe accepted ones were taken by Chromium {accepted}, these by {browser}."


def draw(changes: list[Change], target: Path) -> list[Path]:
    """Sheets of accepted, now and difference: of each page and width the look with most of it."""
    return pictures.lay(_strips(changes, target), target / "sheets" / "changes")


def _strips(changes: list[Change], target: Path) -> Iterator[tuple[str, Image.Image]]:
    for change in _worst(changes):
        file = target / change.case / f"{change.page}-{change.at}.png"
        accepted = thumbnails.load(
            comparison.file_of(comparison.ACCEPTED, change.case, change.page)
        )[change.at]
        name = f"{change.case} {change.page} {change.at}: accepted | now | difference"
        yield name, side_by_side(accepted, file)


def _worst(changes: list[Change]) -> Iterator[Change]:
    def width(change: Change) -> tuple[str, str, str]:
        return change.case, change.page, change.at.split("-")[0]

    changed = sorted((one for one in changes if one.kind == "changed"), key=width)
    for _width, looks in groupby(changed, key=width):
        yield max(looks, key=lambda one: one.cells)


def side_by_side(accepted: Image.Image, file: Path) -> Image.Image:
    """The rows where the picture in the file differs from the accepted one."""
    differs = thumbnails.differing(accepted, thumbnails.reduced(file))
    _left, first, _right, last = differs.getbbox() or (0, 0, 0, 0)
    top, bottom = max(0, first - AROUND), min(last + AROUND, first + ROWS, differs.height)
    cells = (0, top, differs.width, bottom)
    size = (differs.width * SCALE, (bottom - top) * SCALE)
    before = accepted.crop(cells).resize(size, Image.Resampling.NEAREST).convert("RGB")
    with Image.open(file) as picture:
        pixels = tuple(edge * thumbnails.CELL for edge in cells)
        now = picture.convert("RGB").crop(pixels).resize(size)  # type: ignore[arg-type]
    difference = Image.blend(now, Image.new("RGB", size, WHITE), 0.6)
    difference.paste(RED, mask=differs.crop(cells).resize(size, Image.Resampling.NEAREST))
    return _beside(before, now, difference)


def _beside(*shown: Image.Image) -> Image.Image:
    width, height = shown[0].size
    strip = Image.new("RGB", ((width + pictures.GAP) * len(shown), height), pictures.PAPER)
    for number, one in enumerate(shown):
        strip.paste(one, (number * (width + pictures.GAP), 0))
    return strip
