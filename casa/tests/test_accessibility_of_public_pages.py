"""The pages that visitors read: axe finds no violation, a keyboard suffices, nothing is lost at
400 %. The pages of signing are in test_accessibility.py.
"""

from io import BytesIO

import pytest
from django.urls import get_resolver, resolve
from PIL import Image

from casa.tests.axe import violations
from casa.tests.test_cache_policies import patterns

pytestmark = pytest.mark.page

LIBRARY = "/statements/keep-every-branch-library-open-on-saturdays/"
CORRECTED = "/statements/count-heritage-language-lessons-as-schooling/"
API = "/api/v1/docs/"  # in one language
PAGES = (
    "/", "/statements/", "/statements/?q=saturdays", "/statements/?q=zanzibarium", LIBRARY,
    CORRECTED, f"{LIBRARY}signatories/", f"{LIBRARY}signatories/?q=aliyeva&country=GB",
    f"{CORRECTED}editions/", f"{CORRECTED}editions/1/", f"{CORRECTED}changes/2/",
    f"{CORRECTED}count/",
    f"{LIBRARY}print/", "/organizations/", "/organizations/?q=alder",
    "/organizations/aldermouth-readers-circle/", "/organizations/friends-of-branch-libraries/",
    "/about/", "/privacy/", "/contact/", f"{LIBRARY}follow/", f"{LIBRARY}mastodon/",
    "/your-signature/", LIBRARY.replace("/statements/", "/embed/"), "/nothing/",
)  # fmt: skip
NO_PAGES = {
    "attachment", "attachment-by-name", "badge", "count", "csv", "feed", "logo",
    "organization-feed", "picture", "qr", "seal-feed", "sealed_day", "sealed_days",
    "statement-feed", "suggest",
}  # fmt: skip
FOCUSED = "document.activeElement"


def test_every_page_that_people_read_is_among_them():
    found = {resolve(url.partition("?")[0]).view_name for url in PAGES if url != "/nothing/"}
    public = {
        f"{namespace}:{entry.name}"
        for namespace, entry in patterns(get_resolver())
        if namespace in ("statements", "signatories", "pages") and entry.name not in NO_PAGES
        if getattr(entry.callback, "cache_policy", "public") == "public"
    }
    public.discard("signatories:sign")  # is in test_accessibility.py
    assert public <= found, "Add an address of it to PAGES, or to NO_PAGES what nobody reads"


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("language", ["", "/az"])
def test_axe_finds_nothing_where_people_read(visit, language):
    page = visit(reduced_motion="reduce").page
    wrong = {}
    for url in PAGES if language else (*PAGES, API):
        page.goto(language + url)
        if found := violations(page):
            wrong[url] = found
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        assert page.locator("html").get_attribute("lang") == (language[1:] or "en")
    assert wrong == {}


@pytest.mark.browser
@pytest.mark.slow
def test_nothing_is_lost_at_four_times_the_size(visit):
    """A window of 1280 by 1024 at 400 %: nothing beyond the edge, nothing cut, nothing covered."""
    page = visit(viewport={"width": 320, "height": 256}).page
    for url in (*PAGES, API):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, url
        cut = page.evaluate(
            """() => [...document.querySelectorAll('main :is(h1, h2, h3, p, a, button, label)')]
                 .filter(e => e.getClientRects().length && !e.closest('.visually-hidden, details')
                              && (e.getBoundingClientRect().right > 321
                                  || e.getBoundingClientRect().left < -1))
                 .map(e => e.outerHTML.slice(0, 100))"""
        )
        assert cut == [], url


@pytest.mark.browser
@pytest.mark.slow
def test_a_keyboard_leads_through_the_public_pages(visit):
    page = visit(reduced_motion="reduce").page
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the content
    assert page.evaluate(f"{FOCUSED}.id") == "content"
    page.goto("/")
    tab_to(page, "Organizations")
    page.keyboard.press("Enter")
    page.wait_for_url("**/organizations/")
    tab_to_field(page, "q")
    page.keyboard.type("valley")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=valley*")
    tab_to(page, "Alder Valley Anglers")
    page.keyboard.press("Enter")
    page.wait_for_url("**/organizations/alder-valley-anglers/")
    page.goto(f"{LIBRARY}signatories/")
    tab_to(page, "Older")
    page.keyboard.press("Enter")
    page.wait_for_url("**people=**")
    assert page.locator("ol.names li").count()


def tab_to(page, text):
    _tab_until(page, f"{FOCUSED}.textContent.trim()", text)


def tab_to_field(page, name):
    _tab_until(page, f"{FOCUSED}.name", name)


def _tab_until(page, what, wanted):
    """Tab until that has the focus; each stop on the way shows where it is and is in sight."""
    for _stop in range(400):
        page.keyboard.press("Tab")
        if page.evaluate(what) == wanted:
            box = page.evaluate(f"{FOCUSED}.getBoundingClientRect().toJSON()")
            assert 0 <= box["top"] <= page.viewport_size["height"]
            assert page.evaluate(f"getComputedStyle({FOCUSED}).outlineStyle") != "none"
            return
    raise AssertionError(f"No tab stop is {wanted}")


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_goal_shows_how_far_it_is_in_colours_of_the_reader(visit, theme):
    """Forced colours replace all backgrounds: a bar made of them alone would be one colour."""
    page = visit(forced_colors="active", color_scheme=theme).page
    page.goto(LIBRARY)
    bar = Image.open(BytesIO(page.locator(".goal progress").screenshot())).convert("RGB")
    middle = bar.height // 2
    assert len(bar.crop((4, middle, bar.width - 4, middle + 1)).getcolors()) >= 2
