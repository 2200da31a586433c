"""Who is asked to sign first answers on a telephone, without a mouse: declines, then signs."""

import pytest
from playwright.sync_api import expect

from casa.demo import content
from casa.tests.axe import violations
from casa.tests.test_import_by_keyboard import press, reach

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

PHONE = {"viewport": {"width": 360, "height": 740}}
LINK = """
from signatories.models import Invitation
from statements import previews
print(previews.path_of(Invitation.objects.get(email="readers@example.org").link))
"""


def faults(page):
    """What axe finds beside the watermark, which is decoration and hidden from screen readers."""
    page.evaluate("document.querySelector('.watermark').remove()")
    return violations(page)


def test_somebody_declines_and_then_signs(visit, product):
    page = visit(**PHONE).page
    page.goto(product.manage("shell", "-v", "0", "-c", LINK).strip())
    expect(page.get_by_label("Name of the organization")).to_have_value(
        "Aldermouth Readers' Circle"
    )
    assert faults(page) == []
    reach(page, page.get_by_label("Why, if you want to say"))
    page.keyboard.type("Our board meets later.")
    press(page, page.get_by_role("button", name="Decline"))
    expect(page.get_by_role("heading", name="You have declined")).to_be_visible()
    assert faults(page) == []

    reach(page, page.get_by_label("Your full name"))
    page.keyboard.type("Nora Lind")
    reach(page, page.get_by_label("I am authorized to sign for this organization"))
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Sign"))
    expect(page.get_by_role("heading", name="You have signed")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_axe_finds_nothing_on_the_screens_of_a_round(visit):
    page = visit(bypass_csp=True).page  # axe sets a style where a table scrolls sideways
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill(content.LOGIN)
    page.get_by_label("Password").fill(content.PASSWORD)
    page.keyboard.press("Enter")
    press(page, page.get_by_role("link", name="Invitation rounds").first)
    assert violations(page) == []
    press(page, page.get_by_role("link", name="First to sign"))
    for link in ("Add a list", "Add one", "Ask 1 by mail …", "Millbrook Walking Club"):
        assert violations(page) == [], page.url
        page.get_by_role("link", name=link).first.click()
        expect(page.get_by_role("link", name="First to sign")).to_be_visible()
        assert violations(page) == [], page.url
        page.go_back()
