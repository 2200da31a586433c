"""Measure what pages weigh in a real Chromium, as a phone meets them, and print one table.

    .venv/bin/python benchmarks/weight.py

The site runs as in production (compressed static files, nginx in front, which compresses pages)
with the demo's content. A slow phone on the same network: 360 px wide, the processor held to a
quarter. Each figure is the median of ROUNDS visits with an empty cache.
"""

import statistics
import sys
import tempfile
from dataclasses import dataclass
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
BUDGET = {"requests": 15, "kilobytes": 60, "shift": 0.1, "paint": 1000}

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
    """What one visit cost: kilobytes over the wire, milliseconds to the largest paint."""

    requests: float
    kilobytes: float
    shift: float
    paint: float


def visit(browser: Browser, url: str) -> Visit:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.add_init_script(OBSERVE)
    session = context.new_cdp_session(page)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
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
    return Visit(len(sizes), sum(sizes) / 1024, measured["shift"], measured["paint"])


def median(visits: list[Visit]) -> Visit:
    def of(name: str) -> float:
        return statistics.median(getattr(one, name) for one in visits)

    return Visit(of("requests"), of("kilobytes"), of("shift"), of("paint"))


def table(measured: dict[str, Visit]) -> str:
    lines = [
        "| Page | Requests | KB on the wire | Layout shift | Largest paint, ms |",
        "|---|--:|--:|--:|--:|",
        "| *budget* | {requests} | {kilobytes} | {shift} | {paint} |".format(**BUDGET),
    ]
    for title, one in measured.items():
        lines.append(
            f"| {title} | {one.requests:.0f} | {one.kilobytes:.1f} | {one.shift:.3f}"
            f" | {one.paint:.0f} |"
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
