"""Where the form to sign stands: measured in a browser, with scripts and without."""

import pytest

from casa.tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

LIBRARY = "/statements/keep-every-branch-library-open-on-saturdays/"
ASKS_EVERYTHING = "/statements/clean-the-alder-below-the-old-mill/"
SEEN = """names => names.every(name => {
    const box = document.querySelector(name).getBoundingClientRect();
    const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return box.top >= 0 && box.bottom <= innerHeight && middle.closest(name);
})"""
"""Whether all of these are in the window, and nothing is upon them."""
TAB_ORDER = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
    .filter(one => one.checkVisibility() && one.tabIndex >= 0 && one.type !== "hidden")
    .map(one => [one.closest("#sign") !== null, one.textContent.trim()])"""


@pytest.fixture(params=[True, False], ids=["js", "no-js"])
def wide(request, visit):
    return visit(viewport={"width": 1280, "height": 800}, java_script_enabled=request.param).page


def seen(page, *names):
    return page.evaluate(SEEN, names)


def scroll(page, to):
    page.evaluate(f"scrollTo({{top: {to}, behavior: 'instant'}})")
    page.wait_for_timeout(100)


@pytest.mark.parametrize("url", [LIBRARY, ASKS_EVERYTHING, f"/az{LIBRARY}"])
def test_fields_and_button_are_in_sight_together_wherever_one_reads(wide, url):
    wide.goto(url)
    for position in (0, 300, 900):
        scroll(wide, position)
        fields = ["#sign-name", "#sign-email", ".send .button", "#sign-consent"]
        assert seen(wide, *fields), position


def test_an_opened_fold_scrolls_above_the_button(wide):
    wide.goto(ASKS_EVERYTHING)
    scroll(wide, 600)
    wide.locator(".more > summary").click()
    assert seen(wide, ".send .button")
    wide.get_by_label("Your comment").focus()
    wide.keyboard.type("We swim here.")
    assert seen(wide, "#sign-comment", ".send .button")


def test_a_low_window_shows_the_whole_form_in_the_page(visit):
    page = visit(viewport={"width": 1280, "height": 400}).page
    page.goto(LIBRARY)
    assert page.locator(".questions").evaluate("one => one.scrollHeight <= one.clientHeight")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("size", [(360, 740), (768, 1024), (320, 256)])
def test_below_1024_pixels_the_region_itself_holds_the_way_to_the_form(visit, size, scripts):
    viewport = {"width": size[0], "height": size[1]}
    page = visit(viewport=viewport, java_script_enabled=scripts).page
    page.goto(LIBRARY)
    opener = page.get_by_role("region", name="Sign this statement").get_by_role("link")
    assert opener.count() == 1
    # It comes before whatever stands below it.
    stops = page.evaluate(TAB_ORDER)
    assert [is_inside for is_inside, _words in stops].index(True) < 16
    opener.focus()
    assert opener.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_timeout(700)
    assert page.get_by_label("Your full name").is_visible()
    assert not opener.is_visible()
    page.get_by_label("Your full name").fill("Ida Holm")
    assert page.get_by_role("button", name="Sign", exact=True).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_bar_covers_nothing_at_the_end_of_the_page(visit):
    page = visit(viewport={"width": 360, "height": 740}).page
    page.goto(LIBRARY)
    assert seen(page, ".panel-open .button")
    scroll(page, 100_000)
    last = page.locator(".site-footer a").last.bounding_box()
    assert last["y"] + last["height"] <= page.locator(".panel-open").bounding_box()["y"]
    assert violations(page) == []


def test_what_was_typed_into_the_fold_is_in_sight_after_an_error_and_on_return(visit):
    page = visit(viewport={"width": 360, "height": 740}).page
    page.goto(f"/sign/{LIBRARY.split('/')[2]}/")
    page.locator(".more > summary").click()
    page.get_by_label("Town or city").fill("Oslo")
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Town or city").input_value() == "Oslo"
    assert page.get_by_label("Town or city").is_visible()
    assert violations(page) == []
