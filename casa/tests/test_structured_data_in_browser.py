"""A browser takes a page's description for data: our strict policy refuses nothing of it."""

import json

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.page]

PAGES = ("/", "/az/", "/statements/keep-every-branch-library-open-on-saturdays/")


def test_the_description_is_read_and_nothing_is_refused(visit):
    page = visit().page
    said = []
    page.on("console", lambda message: said.append(message.text))
    for path in PAGES:
        page.goto(path)
        text = page.locator('script[type="application/ld+json"]').text_content()
        assert json.loads(text)["@context"] == "https://schema.org"
    assert said == []
