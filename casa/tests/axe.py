"""What axe finds on a page that a browser shows."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]  # what a theme can change


def violations(page: Page) -> list[tuple[str, str, list[str]]]:
    """(theme, rule, elements) of each violation, in the light theme and in the dark one."""
    return [
        (theme, one["id"], [node["html"][:120] for node in one["nodes"]])
        for theme, rules in (
            ("dark", {"type": "rule", "values": OF_COLOURS}),
            ("light", {"type": "tag", "values": TAGS}),
        )
        for one in _run(page, theme, rules)
    ]


def _run(page: Page, theme: str, rules: dict[str, object]) -> list[dict]:
    # Without motion: half-way from one theme to the other, a button has the contrast of neither.
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    if not page.evaluate("'axe' in window"):  # half a megabyte, once for both themes
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(
        "async options => (await axe.run(options)).violations",
        {"runOnly": rules, "resultTypes": ["violations"]},
    )
