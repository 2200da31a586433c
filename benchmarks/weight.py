"""Measure what pages weigh in a real Chromium, as a phone meets them, and print one table.

    .venv/bin/python benchmarks/weight.py

The site runs as in production (compressed static files, nginx in front, which compresses pages)
with the demo's content. A slow phone on the same network: 360 px wide, the processor held to a
quarter. Each figure is the median of ROUNDS visits with an empty cache. Pictures of statements are
weighed apart, as a phone of two pixels to each of CSS loads them.
"""

import re
import statistics
import sys
import tempfile
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from benchmarks import servers  # noqa: E402
from benchmarks.load import HOST  # noqa: E402
from tools import chromium  # noqa: E402

ROUNDS = 5
PORT, UPSTREAM = 8911, 8912
SLOWED = 4  # times: the processor of a cheap phone beside this one
LIBRARY = "/statements/keep-every-branch-library-open-on-saturdays/"
PAGES = {
    "front page": "/",
    "statements": "/statements/",
    "statement": LIBRARY,
    "statements, a search": "/statements/?q=saturdays",
    "statement, Azerbaijani": f"/az{LIBRARY}",
    "who signed": f"{LIBRARY}signatories/",
    "who signed, a search": f"{LIBRARY}signatories/?q=aliyeva",
    "organizations": "/organizations/",
    "one organization": "/organizations/aldermouth-readers-circle/",
    "form on its own page": LIBRARY.replace("/statements/", "/sign/"),
    "frame on other sites": LIBRARY.replace("/statements/", "/embed/"),
    "about us": "/about/",
    "to print": f"{LIBRARY}print/",
}
BUDGET = {"requests": 15, "kilobytes": 60, "pictures": 120, "shift": 0.1, "paint": 1000}
PICTURES = re.compile(r"/statements/[^/]+/picture/")
SHARP = 2  # pixels of the phone to each of CSS, for the pictures

OBSERVE = """
window.paints = []; window.shifts = [];
new PerformanceObserver((list) => window.paints.push(...list.getEntries().map((e) => e.startTime)))
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) =>
  window.shifts.push(...list.getEntries().filter((e) => !e.hadRecentInput).map((e) => e.value)))
  .observe({ type: "layout-shift", buffered: true });
"""


@dataclass(frozen=True)
class Visit:
    """What one visit cost: kilobytes over the wire, those of `pictures` apart, milliseconds to the
    largest paint.
    """

    requests: float
    kilobytes: float
    pictures: float
    shift: float
    paint: float


def visit(browser: Browser, url: str) -> Visit:
    seen, sharp = _loaded(browser, url), _loaded(browser, url, SHARP)
    return replace(seen, pictures=sharp.pictures)


def _loaded(browser: Browser, url: str, scale: int = 1) -> Visit:
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=scale)
    page = context.new_page()
    page.add_init_script(OBSERVE)
    session = context.new_cdp_session(page)
    sizes: dict[str, float] = {}
    pictures: set[str] = set()

    def note(event: dict[str, Any]) -> None:
        if PICTURES.search(event["request"]["url"]):
            pictures.add(event["requestId"])

    def finish(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"] / 1024

    session.on("Network.requestWillBeSent", note)
    session.on("Network.loadingFinished", finish)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    answer = page.goto(url, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise SystemExit(f"{url} answered {answer and answer.status}")
    measured: dict[str, Any] = page.evaluate(
        "() => ({paint: Math.max(0, ...window.paints),"
        " shift: window.shifts.reduce((sum, one) => sum + one, 0)})"
    )
    context.close()
    of_pictures = [size for key, size in sizes.items() if key in pictures]
    others = [size for key, size in sizes.items() if key not in pictures]
    return Visit(len(others), sum(others), sum(of_pictures), measured["shift"], measured["paint"])


def median(visits: list[Visit]) -> Visit:
    def of(name: str) -> float:
        return statistics.median(getattr(one, name) for one in visits)

    return Visit(*(of(field.name) for field in fields(Visit)))


def table(measured: dict[str, Visit]) -> str:
    lines = [
        "| Page | Requests | KB on the wire | KB of pictures | Layout shift | Largest paint, ms |",
        "|---|--:|--:|--:|--:|--:|",
        "| *budget* | {requests} | {kilobytes} | {pictures} | {shift} | {paint} |".format(**BUDGET),
    ]
    for title, one in measured.items():
        lines.append(
            f"| {title} | {one.requests:.0f} | {one.kilobytes:.1f} | {one.pictures:.1f}"
            f" | {one.shift:.3f} | {one.paint:.0f} |"
        )
    return "\n".join(lines)


def over(measured: dict[str, Visit]) -> list[str]:
    return [
        f"{title}: {name} {getattr(one, name):.1f} is over {limit}"
        for title, one in measured.items()
        for name, limit in BUDGET.items()
        if getattr(one, name) > limit
    ]


def measure() -> dict[str, Visit]:
    servers.refuse_occupied([PORT, UPSTREAM])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        site = servers.production(home, f"sqlite:///{home}/weight.sqlite3", PORT)
        servers.manage(site, "migrate", "--verbosity", "0")
        servers.manage(site, "collectstatic", "--no-input", "--verbosity", "0")
        load = "from casa.demo.content import load_if_empty; load_if_empty()"
        servers.manage(site, "shell", "--no-imports", "-c", load)
        with (
            servers.granian(site, UPSTREAM),
            servers.nginx(home / "nginx", PORT, UPSTREAM),
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(**chromium.launch_options())
            visits: dict[str, list[Visit]] = {title: [] for title in PAGES}
            for _round in range(ROUNDS):
                for title, path in PAGES.items():
                    visits[title].append(visit(browser, f"http://{HOST}:{PORT}{path}"))
            browser.close()
    return {title: median(found) for title, found in visits.items()}


def main() -> None:
    measured = measure()
    print(table(measured))
    if exceeded := over(measured):
        sys.exit("\n".join(exceeded))


if __name__ == "__main__":
    main()
