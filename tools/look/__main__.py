"""Take pictures of every public page in every case, lay them side by side, and name faults.

make look                                  all of it, into var/look
make look ARGS="--case rtl --page statement --width 360"
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from tools.look import faults, pictures, site
from tools.look.cases import CASES
from tools.look.faults import Fault
from tools.look.looker import PAPER_SCALE, THEMES, WIDTHS, Looker, launch


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--case", action="append", choices=list(CASES), help="only these cases")
    parser.add_argument("--page", action="append", help="only pages whose name begins so")
    parser.add_argument("--width", action="append", type=int, choices=list(WIDTHS))
    parser.add_argument("--axe", action="store_true", help="have axe look, too (slow)")
    parser.add_argument("--target", type=Path, default=site.ROOT / "var" / "look")
    return parser.parse_args()


def tried(case: str, migrated: Path, asked: argparse.Namespace) -> list[Fault]:
    """A case that cannot be made is a fault, and the others are still looked at."""
    try:
        return look_at(case, migrated, asked)
    except (subprocess.CalledProcessError, PlaywrightError) as error:
        return [Fault(case, "", "", "broken", str(error)[:200])]


def look_at(case: str, migrated: Path, asked: argparse.Namespace) -> list[Fault]:
    began = time.monotonic()
    with site.running(case, migrated) as (url, pages), sync_playwright() as playwright:
        filled = time.monotonic()
        browser = launch(playwright)
        looker = Looker(case, url, browser, asked)
        looker.look(pages)
        browser.close()
    lay_out(looker.folder, [page["name"] for page in pages])
    took = f"filled in {filled - began:.0f} s, looked at in {time.monotonic() - filled:.0f} s"
    print(f"{case}: {len(pages)} pages, {took}", flush=True)
    return looker.faults


def lay_out(folder: Path, names: list[str]) -> None:
    """The sheets of a case, from the pictures in its folder."""
    for width, scale in (*WIDTHS.items(), ("a4", PAPER_SCALE)):
        for look in (*THEMES, "print"):
            files = [folder / f"{name}-{width}-{look}.png" for name in names]
            target = folder.parent / "sheets" / f"{folder.name}-{width}-{look}"
            pictures.make_sheets([one for one in files if one.exists()], target, scale=scale)


def main() -> None:
    asked = arguments()
    cases = asked.case or CASES
    (asked.target / "sheets").mkdir(parents=True, exist_ok=True)
    for case in cases:
        shutil.rmtree(asked.target / case, ignore_errors=True)
        for old in (asked.target / "sheets").glob(f"{case}-*"):
            old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        site.migrate(Path(folder))
        with ThreadPoolExecutor(max_workers=2) as pool:
            found = [pool.submit(tried, case, Path(folder), asked) for case in cases]
            all_faults = [fault for one in found for fault in one.result()]
    print(faults.table(all_faults))
    print(f"{len(all_faults)} faults. Sheets to look at: {asked.target / 'sheets'}")
    sys.exit(bool(all_faults))


if __name__ == "__main__":
    main()
