"""On a phone the list begins in the first window, under a low header; measured in a browser."""

import pytest

from casa.tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

LIBRARY = "/statements/keep-every-branch-library-open-on-saturdays/"
LISTS = {
    "/statements/": (".row", 400),
    "/organizations/": (".directory li", 400),
    f"{LIBRARY}signatories/": (".names li", 680),
}
LONG_NAME = "Coalition for the Protection of Reading Rooms and Branch Libraries of the Alder Valley"


@pytest.fixture(params=[True, False], ids=["js", "no-js"])
def page(request, visit):
    return visit(viewport={"width": 360, "height": 740}, java_script_enabled=request.param).page


def top(page, name):
    return page.locator(name).first.bounding_box()["y"]


@pytest.mark.parametrize("prefix", ["", "/az"])
def test_lists_begin_with_the_list(page, prefix):
    for url, (first, at_most) in LISTS.items():
        page.goto(prefix + url)
        assert top(page, first) < at_most, url
        button, field = page.locator(".find-words .button"), page.locator("#find-q")
        assert abs(button.bounding_box()["y"] - field.bounding_box()["y"]) < 4, url
        assert not page.locator(".find-filters select").first.is_visible(), url


def test_filters_are_folded_and_say_how_many_are_in_use(page):
    page.goto("/organizations/")
    assert page.locator(".find-filters > summary").inner_text() == "Filters"
    page.locator(".find-filters > summary").click()
    page.get_by_label("Country").select_option("GB")
    page.get_by_role("button", name="Apply the filters").click()
    page.wait_for_url("**country=GB**")
    assert page.locator(".find-filters > summary").inner_text() == "Filters: 1\u00a0in use"
    assert not page.get_by_label("Country").is_visible()


def test_wide_screens_show_filters_and_languages_at_once(visit):
    page = visit(viewport={"width": 1280, "height": 800}).page
    page.goto("/statements/")
    assert page.get_by_label("Status").is_visible()
    assert not page.locator(".find-filters > summary").is_visible()
    assert not page.get_by_role("button", name="Apply the filters").is_visible()
    assert page.get_by_role("link", name="Azərbaycanca").is_visible()


@pytest.mark.parametrize("prefix", ["", "/az"])
def test_the_header_is_low_also_under_a_long_name(page, prefix):
    page.goto(f"{prefix}/statements/")
    page.locator(".site-name a bdi").evaluate("(name, long) => name.textContent = long", LONG_NAME)
    header = page.locator(".site-header").bounding_box()
    assert header["height"] < 100
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    summary = page.locator(".languages summary")
    summary.focus()
    page.keyboard.press("Enter")
    other = page.get_by_role("navigation").get_by_role("link", name="English")
    assert other.is_visible()
    box = other.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360


def test_a_link_at_the_end_leads_back_to_the_top(page):
    page.goto(f"{LIBRARY}signatories/")
    page.get_by_role("link", name="Back to the top").click()
    for _ in range(50):
        if page.evaluate("scrollY") == 0:
            return
        page.wait_for_timeout(100)
    pytest.fail("It does not lead there.")


def test_axe_finds_nothing_where_all_is_unfolded(visit):
    page = visit(viewport={"width": 360, "height": 740}).page
    page.goto("/statements/?state=open")
    page.locator(".find-filters > summary").click()
    page.locator(".languages summary").click()
    assert violations(page) == []
