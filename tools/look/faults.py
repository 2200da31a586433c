"""What is wrong with a page and a picture does not show."""

from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page

MEASURES = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Fault(NamedTuple):
    case: str
    page: str
    at: str
    """The width, or the kind of paper, it was seen at."""
    kind: str
    where: str


def measured(page: Page, *, on_paper: bool = False) -> list[tuple[str, str]]:
    """(kind, where) of the page as it is laid out now."""
    found: list[Any] = page.evaluate(MEASURES, on_paper)
    return [(kind, where) for kind, where in found]


def by_axe(page: Page) -> list[tuple[str, str]]:
    """What axe finds, contrast included; the page's colours have to be settled."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - asked for seldom

    violations = Axe().run(page, options=RULES).response["violations"]
    return [
        (f"axe: {one['id']}", node["html"][:120]) for one in violations for node in one["nodes"]
    ]


def table(faults: list[Fault]) -> str:
    """One line per fault: those that several widths have in common are told once."""
    widths: dict[tuple[str, ...], list[str]] = {}
    for fault in faults:
        key = (fault.case, fault.page, fault.kind, fault.where)
        widths.setdefault(key, []).append(fault.at)
    lines = [
        f"{case:12} {page:28} {','.join(dict.fromkeys(at)):22} {kind:22} {where}"
        for (case, page, kind, where), at in widths.items()
    ]
    return "\n".join(lines)
