"""A site in seven languages, one of them from right to left: nothing is wider than the screen."""

import pytest
from playwright.sync_api import expect

from casa.tests.test_first_screen_in_browser import ADDRESS, SIZES, hidden_parts, rectangle

LANGUAGES = "en,az,de,fr,ru,tr,fa"
TRANSLATED = LANGUAGES.split(",")[1:]
PAGES = ("/", "/statements/", "/organizations/", ADDRESS, f"{ADDRESS}signatories/",
         f"{ADDRESS}editions/", "/privacy/", "/your-signature/")  # fmt: skip
HEADER = 100
"""The most that the header may take of a telephone's screen, in CSS pixels."""

pytestmark = [pytest.mark.browser, pytest.mark.page, pytest.mark.slow]

CUT = """() => [...document.querySelectorAll("main :is(button, .button, summary, th, legend)")]
  .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent.trim())"""


@pytest.fixture
def page(visit):
    return visit().page


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_wider_than_a_telephone(page, language):
    page.set_viewport_size({"width": 360, "height": 740})
    for path in PAGES:
        page.goto(f"/{language}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        top, _right, bottom, _left = rectangle(page, ".site-header")
        assert bottom - top < HEADER, path
        assert page.evaluate(CUT) == [], path


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_first_screen_says_all_of_it(page, language):
    page.goto(f"/{language}{ADDRESS}")
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        assert hidden_parts(page, width, height) == [], size


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("language", ["de", "fa"])
def test_many_languages_are_a_menu_that_stays_on_the_screen(page, language, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"/{language}/")
    assert not page.get_by_role("link", name="Türkçe").is_visible()
    page.locator(".languages summary").click()
    top, right, bottom, left = rectangle(page, ".languages ul")
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= 740
    page.get_by_role("link", name="Türkçe").click()
    expect(page.locator("html")).to_have_attribute("lang", "tr")


def test_from_right_to_left_all_is_on_the_other_side(page):
    """The panel to sign stands left of the words, and the name of the site on the right."""
    page.set_viewport_size({"width": 1280, "height": 800})
    for prefix, is_rtl in (("", False), ("/fa", True)):
        page.goto(prefix + ADDRESS)
        left = {part: rectangle(page, part)[3] for part in ("#sign h2", "h1", ".site-name")}
        assert (left["#sign h2"] < left["h1"]) == is_rtl
        links = rectangle(page, ".site-links")[3]
        assert (links < left[".site-name"]) == is_rtl
        bar = page.locator("progress").first.evaluate("one => getComputedStyle(one).direction")
        assert bar == ("rtl" if is_rtl else "ltr")


GAP = """(selector) => {
  const range = document.createRange(), one = document.querySelector(selector);
  range.selectNodeContents(one);
  return innerWidth - Math.max(...[...range.getClientRects()].map((line) => line.right));
}"""
"""How far the text of a part ends before the screen's right edge, in CSS pixels."""


def test_a_latin_name_stands_on_the_side_of_its_persian_page(page):
    page.set_viewport_size({"width": 360, "height": 740})
    for path, part in (
        ("/", ".site-name a"), ("/", ".tagline"), (f"{ADDRESS}signatories/", ".about-statement a"),
    ):  # fmt: skip
        page.goto(f"/fa{path}")
        assert 0 <= page.evaluate(GAP, part) < 24, part


def test_an_address_runs_from_left_to_right_in_a_persian_form(page):
    page.goto(f"/fa/sign/{ADDRESS.strip('/').rpartition('/')[2]}/")
    field = page.locator("#sign-email")
    assert field.evaluate("one => getComputedStyle(one).unicodeBidi") == "plaintext"
