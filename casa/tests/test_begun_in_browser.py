"""Who leaves a form that they began is counted; nobody else is, and nothing of them is told."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

SIGN = "/sign/keep-every-branch-library-open-on-saturdays/"

# A page that is left is asked no more, so the next one tells what it sent.
BEACON = """navigator.sendBeacon = (url, body) => {
  sessionStorage.told = url + (body ?? '');
  return true;
};"""


@pytest.fixture
def page(visit):
    return visit().page


@pytest.fixture
def told(page):
    page.add_init_script(BEACON)
    page.goto(SIGN)
    return lambda: page.evaluate("sessionStorage.told")


def leave(page):
    page.goto("/statements/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_whoever_wrote_and_left_is_told_of(page, told):
    page.get_by_label("Your full name").fill("Ida Holm")
    leave(page)
    assert told() == f"{SIGN}begun/"


def test_whoever_only_looked_is_not(page, told):
    leave(page)
    assert told() is None


def test_what_was_sent_is_counted_as_it_comes(page, told):
    page.get_by_label("Your full name").fill("Ida Holm")
    page.locator(".sign-form .send > button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    leave(page)
    assert told() is None
