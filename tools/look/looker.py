"""Open the pages of a case in a browser: measure them, and take their pictures."""

import argparse
import os
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route

from tools import chromium
from tools.look import faults, pictures, thumbnails
from tools.look.faults import Fault
from tools.look.thumbnails import Pictures

WIDTHS = {320: 0.0, 360: 0.86, 768: 0.66, 1280: 0.6}
"""In CSS pixels, and how much of it the sheets show; at the first, pages are only measured."""
PAPER = 627
"""What the margins leave of A4, in CSS pixels."""
PAPER_SCALE = 0.8
HEIGHT = 6_000
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ALL_PICTURES = """Promise.all([...document.images].map((one) => {
    one.loading = "eager";
    return one.decode().catch(() => {});
}))"""
"""Those too that are loaded when somebody scrolls to them."""

FONTS = Path(__file__).with_name("fonts.conf")
ALWAYS_ALIKE = ["--font-render-hinting=none", "--force-color-profile=srgb"]
"""Whatever this machine's screen and settings are."""
ENDLESS_WORK = "window.Worker = class extends EventTarget { postMessage() {} terminate() {} };"
"""What a page has computed in the background never ends: the page is seen to be at it."""


def launch(playwright: Playwright) -> Browser:
    options = chromium.launch_options()
    options["args"] += ALWAYS_ALIKE
    return playwright.chromium.launch(**options, env={**os.environ, "FONTCONFIG_FILE": str(FONTS)})


class Looker:
    """Looks at the pages of one case with one browser."""

    def __init__(self, case: str, url: str, browser: Browser, asked: argparse.Namespace) -> None:
        self.case, self.url, self.asked, self.browser = case, url, asked, browser
        self.faults: list[Fault] = []
        self.seen: dict[str, Pictures] = {}
        self.folder = asked.target / case
        self.folder.mkdir(parents=True, exist_ok=True)

    def look(self, pages: list[dict[str, Any]]) -> None:
        for wanted in pages:
            if self.asked.page and not wanted["name"].startswith(tuple(self.asked.page)):
                continue
            context = self.browser.new_context(base_url=self.url, reduced_motion="reduce")
            context.add_init_script(ENDLESS_WORK)
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
            self._take(page, name, "1280-light", height=0)
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
            self._take(page, name, f"{width}-{theme}")
            if self.asked.axe and width != 768:
                for kind, where in faults.by_axe(page):
                    self._note(name, f"{width} {theme}", kind, where)

    def _on_paper(self, page: Page, name: str) -> None:
        page.emulate_media(media="print", color_scheme="light")
        page.set_viewport_size({"width": PAPER, "height": 900})
        for kind, where in faults.measured(page, on_paper=True):
            self._note(name, "a4", kind, where)
        self._take(page, name, "a4-print")

    def _take(self, page: Page, name: str, at: str, height: int = HEIGHT) -> None:
        file = self.folder / f"{name}-{at}.png"
        pictures.take(page, file, height=height)
        self.seen.setdefault(name, {})[at] = thumbnails.reduced(file)

    def _note(self, name: str, at: str, kind: str, where: str) -> None:
        self.faults.append(Fault(self.case, name, at, kind, where))

    def _console(self, name: str, message: Any) -> None:
        # The browser also reports the status of the page itself, which is asked for.
        if message.type in ("error", "warning") and "status of" not in message.text:
            self._note(name, "", "console", message.text[:160])
