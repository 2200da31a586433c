"""What the first screen of a statement says, on a telephone and on computers, unscrolled."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.page]

SIZES = {"telephone": (360, 740), "computer": (1280, 800), "wide": (1920, 1080)}
ADDRESS = "/statements/keep-every-branch-library-open-on-saturdays/"
PARTS = {
    "what it asks": ".ask > div",
    "of whom": ".stands > div:first-child",
    "who stands behind it": ".backers",
    "how many": ".numbers",
}
LONG = """() => {
  const many = (word, number) => Array(number).fill(word).join(" ");
  document.querySelector("h1").textContent = many("Quiet reading rooms", 10).slice(0, 200);
  document.querySelector("h1").classList.add("long");
  const ask = document.querySelector(".ask");
  ask.classList.add("long", "longer");
  ask.querySelector("p").textContent = many("Keep all of them open on Saturdays.", 20);
  ask.insertAdjacentHTML("beforeend", '<p class="more"><a href="#ask">All that it asks</a></p>');
  for (const names of document.querySelectorAll(".stands dd"))
    names.innerHTML = `<bdi class="long">${many("Association", 9)}</bdi> and <a href="#x">29 others</a>`;
}"""  # noqa: E501 - the markup of a statement whose parts are all long


def rectangle(page, selector: str):
    return page.locator(selector).first.evaluate(
        "one => { const {top, right, bottom, left} = one.getBoundingClientRect();"
        " return [top, right, bottom, left] }"
    )


def hidden_parts(page, width: int, height: int) -> list[str]:
    """Of the parts, and of the way to sign, those that are not whole within the first screen."""
    bar = ".panel-open .button" if width < 1024 else "#sign h2"
    below = rectangle(page, ".panel-open")[0] if width < 1024 else height
    control = rectangle(page, bar)
    hidden = [] if control[2] <= height else ["how to sign"]
    for name, selector in PARTS.items():
        top, right, bottom, left = rectangle(page, selector)
        if not (0 <= top < bottom <= below and 0 <= left < right <= width):
            hidden.append(name)
    return hidden


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("prefix", ["", "/az"])
def test_the_first_screen_says_all_of_it(visit, size: str, prefix: str) -> None:
    page = visit().page
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    page.goto(prefix + ADDRESS)
    assert hidden_parts(page, *SIZES[size]) == []


@pytest.mark.parametrize("size", SIZES)
def test_where_all_is_long_nothing_is_lost_to_who_listens(visit, size: str) -> None:
    """It is cut off for the eye, with ways to the rest; the text stays whole."""
    page = visit().page
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    page.goto(ADDRESS)
    page.evaluate(LONG)
    top, _right, bottom, _left = rectangle(page, ".ask > div")
    assert bottom - top < 150
    assert page.locator(".ask .more a").is_visible()
    assert page.locator(".ask > div").inner_text().count("Saturdays") == 20
    assert page.locator(".stands a").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    if size != "telephone":
        assert hidden_parts(page, *SIZES[size]) == []
