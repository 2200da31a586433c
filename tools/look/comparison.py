"""What pages looked like when somebody accepted it, and what has changed since.

The pictures of a page are one file in the folder of its case. Those that are accepted are kept with
the code; those of pages that differ from them wait in the folder that `make look` fills.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from tools.look import thumbnails
from tools.look.thumbnails import Pictures

ACCEPTED = Path(__file__).with_name("baseline")
BROWSER = "chromium.txt"
"""In either folder: the version that took the pictures."""
GONE = "gone.txt"
"""Beside what waits: the accepted files whose pages no case has any longer."""


class Change(NamedTuple):
    case: str
    page: str
    kind: Literal["new", "gone", "changed"]
    at: str = ""
    """Width and look; nothing where the whole page is gone."""
    cells: int = 0
    """How many differ."""


def file_of(folder: Path, case: str, page: str) -> Path:
    return folder / case / f"{page}.webp"


def compare(
    case: str, seen: dict[str, Pictures], accepted: Path, waiting: Path, *, in_part: bool = False
) -> Iterator[Change]:
    """What differs of pages that were seen, all of them or `in_part`; those that do then wait."""
    for page, pictures in seen.items():
        before = thumbnails.load(file_of(accepted, case, page))
        now = before | pictures if in_part else pictures
        if found := list(changes(case, page, before, now)):
            thumbnails.save(now, file_of(waiting, case, page))
            yield from found


def changes(case: str, page: str, accepted: Pictures, now: Pictures) -> Iterator[Change]:
    for at in {**now, **accepted}:
        if at not in accepted:
            yield Change(case, page, "new", at)
        elif at not in now:
            yield Change(case, page, "gone", at)
        elif cells := thumbnails.differing(accepted[at], now[at]).histogram()[255]:
            yield Change(case, page, "changed", at, cells)


def gone(accepted: Path, case: str, pages: list[str]) -> Iterator[Change]:
    """Accepted pages that the case has no longer."""
    for file in sorted((accepted / case).glob("*.webp")):
        if file.stem not in pages:
            yield Change(case, file.stem, "gone")


def gone_cases(accepted: Path, cases: list[str]) -> Iterator[Change]:
    """Accepted pages of cases that there are no longer."""
    for folder in sorted(accepted.glob("*/")):
        if folder.name not in cases:
            yield from gone(accepted, folder.name, [])


def keep_waiting(found: list[Change], browser: str, waiting: Path) -> None:
    """Beside the pictures that differ, say which pages are gone, and what took the pictures."""
    waiting.mkdir(parents=True, exist_ok=True)
    names = [f"{one.case}/{one.page}.webp\n" for one in found if not one.at]
    (waiting / GONE).write_text("".join(names), "utf-8")
    (waiting / BROWSER).write_text(f"{browser}\n", "utf-8")


def accept(waiting: Path, accepted: Path, cases: list[str], pages: list[str]) -> list[Path]:
    """Take what waits, all or of some cases and pages only; returns the files taken or removed."""
    names = [
        name
        for name in _names(waiting)
        if (not cases or name.parts[0] in cases)
        and (not pages or name.name.startswith(tuple(pages)))
    ]
    for name in names:
        _take(waiting / name, accepted / name)
    if not cases and not pages:
        shutil.copy(waiting / BROWSER, accepted / BROWSER)
    return names


def _names(waiting: Path) -> list[Path]:
    there = [file.relative_to(waiting) for file in waiting.glob("*/*.webp")]
    return sorted([*there, *map(Path, (waiting / GONE).read_text("utf-8").split())])


def _take(file: Path, target: Path) -> None:
    if file.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
    else:
        target.unlink(missing_ok=True)
