"""The main job, from a press release to a counted signature, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from casa.demo import content
from casa.tests.inbox import open_newest_mail

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FROM_NOTHING = True  # as a newcomer's first `make run`

RELEASE = Path(__file__).parents[2] / "statements/release_parser/tests/data/river.txt"
IMPORT = ("import_release", str(RELEASE), "--signers", "everybody")  # it is dated long ago
TITLE = "STATEMENT from ARC (Alder River Coalition) regarding closures along the Alder"
PHONE = {"viewport": {"width": 360, "height": 740}}


def publish_in_the_admin(page):
    """What an editor does with the imported draft: sign in, change a word, publish."""
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill(content.LOGIN)
    page.get_by_label("Password").fill(content.PASSWORD)
    page.locator("#login-form [type=submit]").click()
    page.get_by_role("link", name="Statements", exact=True).last.click()
    page.get_by_role("link", name=TITLE).click()
    words = page.locator("#texts-0 .tiptap")
    words.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Edited by hand.")
    page.get_by_role("button", name=re.compile("and publish …")).click()
    page.get_by_role("button", name="Publish at once").click()
    expect(page.get_by_text("Published. It is public now.")).to_be_visible()
    page.get_by_role("link", name="public page").click()


def confirm_by_mail(page, address):
    """Follows the newest mail to `address` to the confirmation page and presses the button."""
    open_newest_mail(page, address)
    page.locator("a[href*='/sign/confirm/']").first.click()
    page.locator("main form button").click()


@pytest.mark.parametrize("java_script", [True, False], ids=["js", "no-js"])
def test_a_person_signs_a_published_release_and_is_counted(product, visit, java_script):
    if java_script:  # the first round publishes, the second finds it published
        assert "19 lead signatories" in product.manage(*IMPORT)
        publish_in_the_admin(visit().page)
    visitor = visit(java_script_enabled=java_script, **PHONE)
    page = visitor.page
    page.goto("/")
    page.goto("/statements/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("Edited by hand.")).to_be_visible()
    for name in ("Marguerite Odell", "Norwegian Cultural Society", "Rosalind Achter"):
        expect(page.get_by_text(name).first).to_be_visible()
    people = 18 if java_script else 19
    expect(page.get_by_text(f"1 organization and {people} people").first).to_be_visible()

    address = f"wilma.{people}@example.org"
    page.locator(".panel-open a").click()
    page.get_by_label("Your full name").fill(f"Wilma Ørsted-Əliyeva {people}")
    page.get_by_label("Your e-mail address").fill(address)
    page.locator("form button").click()
    expect(page.get_by_text(address)).to_be_visible()
    assert not visitor.context.cookies()

    confirm_by_mail(page, address)
    expect(page.get_by_text("Thank you").first).to_be_visible()
    page.goto("/statements/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text(f"1 organization and {people + 1} people").first).to_be_visible()
    expect(page.get_by_text(f"Wilma Ørsted-Əliyeva {people}").first).to_be_visible()
    assert "equals" in product.manage("verify_tally")
    assert not visitor.context.cookies()


@pytest.mark.parametrize("java_script", [True, False], ids=["js", "no-js"])
def test_an_organization_signs_with_the_keyboard_alone(product, visit, java_script):
    page = visit(java_script_enabled=java_script).page
    page.goto("/sign/clean-the-alder-below-the-old-mill/")
    name = f"Millbrook Rowing Club {java_script}"
    page.get_by_label("for an organization").focus()
    page.keyboard.press("Space")
    page.locator("#sign-organization").focus()
    page.keyboard.type(name)
    for label, text in (
        ("Your full name", "Otto Brandt"),
        ("Your e-mail address", f"otto.{java_script}@example.org".lower()),
    ):
        page.get_by_label(label).focus()
        page.keyboard.type(text)
    page.get_by_label("Country").focus()
    page.keyboard.type("Germany")
    page.locator("form button").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Tick this if you may sign")
    assert page.locator("#sign-organization").input_value() == name
    for box in ("I am authorized", "I am at least 16"):
        page.get_by_label(box).focus()
        page.keyboard.press("Space")
    page.locator("form button").focus()
    page.keyboard.press("Enter")
    address = f"otto.{java_script}@example.org".lower()
    expect(page.get_by_text(address)).to_be_visible()
    confirm_by_mail(page, address)
    expect(page.get_by_text("Thank you").first).to_be_visible()
    page.goto("/statements/clean-the-alder-below-the-old-mill/signatories/")
    expect(page.get_by_text(name)).to_be_visible()
