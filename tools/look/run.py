"""Look at cases, two at a time: faults, and what differs from the accepted pictures."""

import argparse
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from tools.look import comparison, pictures, site
from tools.look.cases import CASES
from tools.look.comparison import Change
from tools.look.faults import Fault
from tools.look.looker import PAPER_SCALE, THEMES, WIDTHS, Looker, launch


class Looked(NamedTuple):
    faults: list[Fault]
    changes: list[Change]
    browser: str = ""
    """Its version."""


def look(asked: argparse.Namespace) -> Looked:
    cases = asked.case or list(CASES)
    with tempfile.TemporaryDirectory() as folder:
        site.migrate(Path(folder))
        with ThreadPoolExecutor(max_workers=2) as pool:
            found = list(pool.map(lambda case: tried(case, Path(folder), asked), cases))
    return Looked(
        [fault for one in found for fault in one.faults],
        [change for one in found for change in one.changes],
        next((one.browser for one in found if one.browser), ""),
    )


def tried(case: str, migrated: Path, asked: argparse.Namespace) -> Looked:
    """A case that cannot be made is a fault, and the others are still looked at."""
    try:
        return look_at(case, migrated, asked)
    except (subprocess.CalledProcessError, PlaywrightError) as error:
        return Looked([Fault(case, "", "", "broken", str(error)[:200])], [])


def look_at(case: str, migrated: Path, asked: argparse.Namespace) -> Looked:
    began = time.monotonic()
    with site.running(case, migrated) as (url, pages), sync_playwright() as playwright:
        filled = time.monotonic()
        browser = launch(playwright)
        looker = Looker(case, url, browser, asked)
        looker.look(pages)
        version = browser.version
        browser.close()
    names = [page["name"] for page in pages]
    lay_out(looker.folder, names)
    took = f"filled in {filled - began:.0f} s, looked at in {time.monotonic() - filled:.0f} s"
    print(f"{case}: {len(pages)} pages, {took}", flush=True)
    changes = comparison.compare(
        case, looker.seen, comparison.ACCEPTED, asked.target / "waiting", in_part=bool(asked.width)
    )
    gone = comparison.gone(comparison.ACCEPTED, case, names)
    return Looked(looker.faults, [*changes, *gone], version)


def lay_out(folder: Path, names: list[str]) -> None:
    """The sheets of a case, from the pictures in its folder."""
    for width, scale in (*WIDTHS.items(), ("a4", PAPER_SCALE)):
        for look in (*THEMES, "print"):
            files = [folder / f"{name}-{width}-{look}.png" for name in names]
            target = folder.parent / "sheets" / f"{folder.name}-{width}-{look}"
            pictures.make_sheets([one for one in files if one.exists()], target, scale=scale)
