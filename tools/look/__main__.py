"""Take pictures of every public page in every case, lay them side by side, and name faults.

make look                                  all of it, into var/look
make look ARGS="--case rtl --page statement --width 360"
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from casa.lib.testing import free_port, wait_for_answer
from tools import chromium
from tools.look import faults, pictures
from tools.look.faults import Fault

ROOT = Path(__file__).resolve().parents[2]

CASES = (
    "crowd",
    "directory",
    "long",
    "letter",
    "rtl",
    "azerbaijani",
    "signing",
    "ended",
    "one",
    "empty",
    "fresh",
    "errors",
)
WIDTHS = {320: 0.0, 360: 0.86, 768: 0.66, 1280: 0.6}
"""In CSS pixels, and how much of it the sheets show; at the first, pages are only measured."""
PAPER = 627
"""What the margins leave of A4, in CSS pixels."""
PAPER_SCALE = 0.8
HEIGHT = 6_000
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
START_SECONDS = 60
ALL_PICTURES = """Promise.all([...document.images].map((one) => {
    one.loading = "eager";
    return one.decode().catch(() => {});
}))"""
"""Those too that are loaded when somebody scrolls to them."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--case", action="append", choices=CASES, help="only these cases")
    parser.add_argument("--page", action="append", help="only pages whose name begins so")
    parser.add_argument("--width", action="append", type=int, choices=list(WIDTHS))
    parser.add_argument("--axe", action="store_true", help="have axe look, too (slow)")
    parser.add_argument("--target", type=Path, default=ROOT / "var" / "look")
    return parser.parse_args()


@contextmanager
def site(case: str, migrated: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A running site that is filled with the case: its address, and its pages."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shutil.copytree(migrated, folder, dirs_exist_ok=True)
        port = free_port()
        environment = settings(Path(folder), port, case)
        filled = subprocess.run(
            [sys.executable, "-m", "tools.look.cases", case],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
        )
        server = subprocess.Popen(
            [
                str(Path(sys.executable).with_name("granian")),
                "casa.wsgi:application",
                "--interface",
                "wsgi",
                "--port",
                str(port),
                "--blocking-threads",
                "2",
                "--log-level",
                "warning",
            ],
            cwd=ROOT,
            env=environment,
        )
        try:
            wait_for_answer(f"http://127.0.0.1:{port}/robots.txt", START_SECONDS)
            yield f"http://127.0.0.1:{port}", json.loads(filled.stdout)
        finally:
            server.terminate()
            server.wait(20)


def settings(folder: Path, port: int, case: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "ENV_FILE": "",
        "VAR_DIR": str(folder),
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "casa.settings",
        "LANGUAGES": "en,az,fa" if case == "rtl" else "en,az",
        "SIGN_LIMITS": "1" if case == "errors" else "0",
        "SITE_POSTAL_ADDRESS": "1 Example Square, Exampletown",
    }


class Looker:
    """Looks at the pages of one case with one browser."""

    def __init__(self, case: str, url: str, browser: Browser, asked: argparse.Namespace) -> None:
        self.case, self.url, self.asked, self.browser = case, url, asked, browser
        self.faults: list[Fault] = []
        self.folder = asked.target / case
        self.folder.mkdir(parents=True, exist_ok=True)

    def look(self, pages: list[dict[str, Any]]) -> None:
        for wanted in pages:
            if self.asked.page and not wanted["name"].startswith(tuple(self.asked.page)):
                continue
            context = self.browser.new_context(base_url=self.url, reduced_motion="reduce")
            try:
                self._look_at(context, wanted)
            finally:
                context.close()

    def _look_at(self, context: BrowserContext, wanted: dict[str, Any]) -> None:
        page, name = context.new_page(), wanted["name"]
        page.set_default_timeout(20_000)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.on("pageerror", lambda error: self._note(name, "", "script", str(error)))
        page.on("console", lambda message: self._console(name, message))
        kind = self._open(context, page, wanted)
        if not kind.startswith("text/html"):  # shown by the browser's own means
            self.faults = [one for one in self.faults if one[:2] != (self.case, name)]
            pictures.take(page, self._file(name, 1280, "light"))
            return
        if wanted["check"]:
            page.locator(f"input[value={wanted['check']}]").check()
        for width in self.asked.width or WIDTHS:
            self._at_width(page, name, width)
        if not self.asked.width:
            self._on_paper(page, name)

    def _open(self, context: BrowserContext, page: Page, wanted: dict[str, Any]) -> str:
        """The media type of what came; faulty if it came with another status."""
        if wanted["form"] is not None or wanted["html"]:
            page.route(
                f"{self.url}{wanted['path']}", lambda route: self._fulfil(context, route, wanted)
            )
        answer = page.goto(wanted["path"])
        if answer is None or answer.status != wanted["status"]:
            self._note(wanted["name"], "", "status", str(answer and answer.status))
        page.evaluate(ALL_PICTURES)
        return str(answer and answer.headers.get("content-type", ""))

    @staticmethod
    def _fulfil(context: BrowserContext, route: Route, wanted: dict[str, Any]) -> None:
        if wanted["html"]:
            route.fulfill(body=wanted["html"], content_type="text/html; charset=utf-8")
            return
        url, headers = route.request.url, {"Origin": "", **wanted["headers"]}
        for _try in range(40 if wanted["status"] == 429 else 1):
            answer = context.request.post(url, form=wanted["form"], headers=headers)
            if answer.status == wanted["status"]:
                break
        route.fulfill(response=answer)

    def _at_width(self, page: Page, name: str, width: int) -> None:
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": width, "height": 800 if width < 1000 else 900})
        for kind, where in faults.measured(page):
            self._note(name, str(width), kind, where)
        if not WIDTHS[width]:
            return
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            pictures.take(page, self._file(name, width, theme), height=HEIGHT)
            if self.asked.axe and width != 768:
                for kind, where in faults.by_axe(page):
                    self._note(name, f"{width} {theme}", kind, where)

    def _on_paper(self, page: Page, name: str) -> None:
        page.emulate_media(media="print", color_scheme="light")
        page.set_viewport_size({"width": PAPER, "height": 900})
        for kind, where in faults.measured(page, on_paper=True):
            self._note(name, "a4", kind, where)
        pictures.take(page, self._file(name, "a4", "print"), height=HEIGHT)

    def _file(self, name: str, width: int | str, look: str) -> Path:
        file: Path = self.folder / f"{name}-{width}-{look}.png"
        return file

    def _note(self, name: str, at: str, kind: str, where: str) -> None:
        self.faults.append(Fault(self.case, name, at, kind, where))

    def _console(self, name: str, message: Any) -> None:
        # The browser also reports the status of the page itself, which is asked for.
        if message.type in ("error", "warning") and "status of" not in message.text:
            self._note(name, "", "console", message.text[:160])


def tried(case: str, migrated: Path, asked: argparse.Namespace) -> list[Fault]:
    """A case that cannot be made is a fault, and the others are still looked at."""
    try:
        return look_at(case, migrated, asked)
    except (subprocess.CalledProcessError, PlaywrightError) as error:
        return [Fault(case, "", "", "broken", str(error)[:200])]


def look_at(case: str, migrated: Path, asked: argparse.Namespace) -> list[Fault]:
    began = time.monotonic()
    with site(case, migrated) as (url, pages), sync_playwright() as playwright:
        filled = time.monotonic()
        browser = playwright.chromium.launch(**chromium.launch_options())
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
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v", "0"],
            cwd=ROOT,
            env=settings(Path(folder), 8000, ""),
            check=True,
        )
        with ThreadPoolExecutor(max_workers=2) as pool:
            found = [pool.submit(tried, case, Path(folder), asked) for case in cases]
            all_faults = [fault for one in found for fault in one.result()]
    print(faults.table(all_faults))
    print(f"{len(all_faults)} faults. Sheets to look at: {asked.target / 'sheets'}")
    sys.exit(bool(all_faults))


if __name__ == "__main__":
    main()
