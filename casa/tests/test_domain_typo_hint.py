"""A slip in the address is asked about under the field, or on the next page; the code counts."""

import pytest
from playwright.sync_api import expect

from casa.tests.inbox import code_for
from signatories.signing import domain_typos

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

SIGN = "/sign/keep-every-branch-library-open-on-saturdays/"
PHONE = {"viewport": {"width": 360, "height": 740}}
TYPED = (
    "gmial.com", "GMAIL.CON", "gmail.co", "hotmial.con", "yahooo.com", "yandx.ru", "protonmial.com",
    "gmail.com", "ymail.com", "example.org", "hotmail.be", "gmx.at", "email.de", "",
)  # fmt: skip


def fill(page, email):
    page.goto(SIGN)
    page.get_by_label("Your full name").fill("Ida Holm")
    page.get_by_label("Your e-mail address").fill(email)


def test_the_hint_under_the_field_is_that_of_the_site(visit):
    page = visit(**PHONE).page
    page.goto(SIGN)
    field, hint = page.get_by_label("Your e-mail address"), page.locator(".typo-hint")
    for domain in TYPED:
        field.fill(f"Ida@{domain}")
        field.blur()
        meant = domain_typos.suggestion(f"Ida@{domain}")
        expect(hint).to_have_text(f"Did you mean {meant}?" if meant else "")
    field.fill("ida@gmial.com")
    field.blur()
    hint.get_by_role("button").click()
    expect(field).to_have_value("ida@gmail.com")
    expect(hint).to_have_text("")


@pytest.mark.parametrize("java_script", [True, False], ids=["js", "no-js"])
def test_it_is_corrected_and_confirmed_by_code(visit, java_script):
    page = visit(java_script_enabled=java_script, **PHONE).page
    right = f"ida.{java_script}@example.org".lower()
    fill(page, "ida@gmial.com")
    page.locator(".sign-form .send > button").click()
    expect(page.get_by_text("Did you mean ida@gmail.com?")).to_be_visible()
    page.get_by_role("link", name="It did not come").click()
    page.get_by_label("Your e-mail address").fill(right)
    page.get_by_role("button", name="Send it to this address").click()
    expect(page.get_by_text(right)).to_be_visible()
    page.get_by_label("six digits").fill(code_for(page, right))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Ida Holm")).to_be_visible()
    page.get_by_role("button", name="Confirm my signature").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your signature is confirmed")
