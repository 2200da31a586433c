"""Whoever fills in what people do not see is asked for work, and gets through."""

import pytest

from casa.tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.page]

SIGN_LIMITS = "1"
SIGN = "/sign/keep-every-branch-library-open-on-saturdays/"


def fill_in(page, email):
    page.goto(SIGN)
    page.get_by_label("Your full name").fill("Wilma Lund")
    page.get_by_label("Your e-mail address").fill(email)
    page.locator("[name=subject]").fill("x", force=True)  # no person sees that field
    page.get_by_role("button", name="Sign").click()


def test_a_browser_does_the_work_by_itself_under_the_strict_policy(visit):
    page = visit().page
    policies = []
    page.on("response", lambda answer: policies.append(answer.headers))
    fill_in(page, "wilma@example.org")
    page.get_by_role("heading", name="Check your mail").wait_for()
    page.get_by_text("wilma@example.org").first.wait_for()
    asked = [one["content-security-policy"] for one in policies if "blob:" in str(one)]
    assert len(asked) == 1
    assert "unsafe" not in asked[0]


def test_without_javascript_a_button_leaves_the_work_out(visit):
    page = visit(java_script_enabled=False, viewport={"width": 360, "height": 740}).page
    fill_in(page, "wanda@example.org")
    page.get_by_role("heading", name="One more step").wait_for()
    page.get_by_role("button", name="Send it without this step").click()
    page.get_by_role("heading", name="Check your mail").wait_for()


def test_axe_finds_nothing_on_the_page_that_asks(visit):
    visitor = visit(viewport={"width": 320, "height": 740})
    visitor.page.route("**/challenge*.js", lambda route: route.fulfill(body=""))
    fill_in(visitor.page, "wilma@example.org")
    visitor.page.get_by_text("Checked").wait_for()
    assert violations(visitor.page) == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
