"""The code of a link that was passed on goes along with the form, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

PAGE = "/statements/keep-every-branch-library-open-on-saturdays/"
LINK = f"{PAGE}?utm_source=mail&via=abcDEF123_-x"


@pytest.mark.parametrize("java_script", [True, False], ids=["js", "no-js"])
def test_the_site_learns_by_which_link_somebody_came(visit, java_script):
    page = visit(java_script_enabled=java_script).page
    page.goto(LINK)
    field = page.locator(".sign-form input[name=via]")
    other = page.get_by_role("navigation", name="Language").get_by_role("link").nth(1)
    if java_script:  # where the browser does not say, and on the page in another language
        expect(field).to_have_value("abcDEF123_-x")
        expect(other).to_have_attribute("href", re.compile(f"/az{PAGE}\\?via=abcDEF123_-x$"))
    else:
        expect(field).to_have_count(0)
        expect(other).to_have_attribute("href", f"/az{PAGE}")
    with page.expect_request(lambda request: request.method == "POST") as posted:
        page.locator(".sign-form .send > button").click()
    assert posted.value.all_headers()["referer"].endswith(LINK)
    # The form was empty: the page that says so carries the code on.
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator(".sign-form input[name=via]")).to_have_value("abcDEF123_-x")
