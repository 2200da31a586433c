"""Words have one measure and one edge on every page; a wide screen gives room, not longer lines."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

WIDTHS = 360, 768, 1024, 1280, 1440, 1920, 2560
LIBRARY = "/statements/keep-every-branch-library-open-on-saturdays/"
CORRECTED = "/statements/count-heritage-language-lessons-as-schooling/"
PAGES = (
    "/", "/statements/", LIBRARY, CORRECTED, f"{LIBRARY}signatories/", f"{CORRECTED}editions/",
    f"{CORRECTED}editions/1/", f"{CORRECTED}changes/2/", "/organizations/",
    "/organizations/aldermouth-readers-circle/", "/about/", "/privacy/",
    LIBRARY.replace("/statements/", "/sign/"), "/your-signature/", "/statements/nothing/",
)  # fmt: skip
BLOCKS = ", ".join(
    f"{whole} > :not(section, .side, .kicker, .ways, .columns, .words, .row)"
    for whole in (
        ".statement", ".statement-head", ".letter", ".letter > section", ".letter > .words",
        ".front", ".front > section", ".main-statement", ".list-page", ".list-page > section",
        ".names-page", ".names-page > section", ".notice-page", ".sign-page", ".page-of-site",
        ".page-of-site > .words", ".list-page > .row",
    )
)  # fmt: skip
"""What a page is made of, without what has a column of its own beside the words."""

EDGES = """blocks => {
  const edges = {starts: new Set(), ends: new Set()};
  for (const one of document.querySelectorAll(blocks)) {
    const {left, right, width} = one.getBoundingClientRect();
    const {display, position} = getComputedStyle(one);
    if (width < 2 || position === "absolute" || display.startsWith("inline")) continue;
    if (one.matches(".titled h2, .list-page .row > .standing, .words :is(ul, ol, blockquote)")) continue;
    edges.starts.add(Math.round(left));
    edges.ends.add(Math.round(right));
  }
  return [[...edges.starts], [...edges.ends]];
}"""  # noqa: E501
LETTERS = """() => Math.max(0, ...[...document.querySelectorAll(".words > p")].map(one => {
  const range = document.createRange(), lines = new Map();
  const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    for (let at = 0; at < text.length; at += 1) {
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      const line = Math.round(range.getBoundingClientRect().bottom / 12);
      lines.set(line, (lines.get(line) ?? 0) + 1);
    }
  }
  return Math.max(...lines.values());
}))"""
"""How many letters the longest line has."""


@pytest.fixture
def page(visit):
    return visit(reduced_motion="reduce").page


def at_each(page, widths):
    """The loaded page at each width. No script of public pages asks how wide a window is."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        yield width


def test_blocks_begin_and_end_at_two_places_at_most(page):
    """Where words begin and end, and where the page does."""
    for url in PAGES:
        page.goto(url)
        for width in at_each(page, WIDTHS):
            starts, ends = page.evaluate(EDGES, BLOCKS)
            assert len(starts) <= 2, (url, width, starts)
            assert len(ends) <= 2, (url, width, ends)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, url


def test_lines_are_no_longer_on_a_wide_screen(page):
    for url in (LIBRARY, "/privacy/"):
        page.goto(url)
        for width in at_each(page, WIDTHS):
            assert page.evaluate(LETTERS) <= 76, (url, width)


def test_the_panel_stands_beside_the_words_without_a_gap(page):
    page.goto(LIBRARY)
    for width in at_each(page, (1024, 1280, 1440, 1920, 2560)):
        words, side, header = (
            page.locator(one).bounding_box()
            for one in (".letter > .words", ".side", ".site-header")
        )
        assert side["x"] - (words["x"] + words["width"]) <= 54, width
        gutter = page.locator(".site-header").evaluate(
            "one => parseFloat(getComputedStyle(one).paddingInlineEnd)"
        )
        ends = side["x"] + side["width"], header["x"] + header["width"] - gutter
        assert abs(ends[0] - ends[1]) < 1, width
        assert header["width"] - 2 * gutter > 0.68 * min(width, 2200), width


def test_names_take_more_columns_where_there_is_room(page):
    columns = []
    page.goto(f"{LIBRARY}signatories/")
    for _width in at_each(page, (360, 768, 1280, 1920)):
        tracks = page.locator("#people .names").evaluate(
            "one => getComputedStyle(one).gridTemplateColumns.split(' ').length"
        )
        columns.append(tracks)
    assert columns == [1, 2, 3, 4]


@pytest.mark.parametrize("width", [360, 1920])
def test_the_number_of_a_name_stands_at_its_first_line(visit, width):
    """A marker stands at the first line of a block, and at the last of an `inline-block`."""
    page = visit(viewport={"width": width, "height": 800}).page
    page.goto(f"{LIBRARY}signatories/")
    shown = "names => names.map(one => getComputedStyle(one).display)"
    links = page.locator("ol.names .name a")
    assert links.count()
    assert set(links.evaluate_all(shown)) == {"block"}
