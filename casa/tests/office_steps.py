"""What people in the office and signers do in a browser, step by step."""

import re

from playwright.sync_api import Page, expect

from casa.tests.inbox import open_newest_mail

TITLE = "Give the night buses back"
PASSWORD = "a-long-password-1"


def sign_in(page: Page, name: str) -> Page:
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill(f"{name}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("#login-form [type=submit]").click()
    expect(page.get_by_text("What needs me")).to_be_visible()
    return page


def open_statement(page: Page, part: str = "Words") -> None:
    page.goto("/admin/statements/statement/")
    page.get_by_role("link", name=TITLE).click()
    if part != "Words":
        page.get_by_role("navigation", name="Parts").get_by_role("link", name=part).click()


def take_step(page: Page, label: str, note: str = "") -> None:
    """Presses the step's button, in the bar or in its menu, which saves what is typed first."""
    bar = page.locator(".bar")
    button = re.compile(f"{label}.* …$", re.IGNORECASE)
    if not bar.get_by_role("button", name=button).or_(bar.get_by_role("link", name=button)).count():
        bar.get_by_text("More", exact=True).click()
    bar.get_by_role("button", name=button).or_(bar.get_by_role("link", name=button)).click()
    if note:
        page.locator("#action-note").fill(note)
    with page.expect_navigation():
        page.locator(".action-form input[type=submit]").click()


def sign(page: Page, url: str, name: str, address: str) -> None:
    page.goto(url)
    page.get_by_label("Your full name").fill(name)
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_label("Write to me when there is news").check()
    page.locator("form button").last.click()
    expect(page.get_by_text(address)).to_be_visible()
    open_newest_mail(page, address)
    page.locator("a[href*='/sign/confirm/']").first.click()
    page.locator("main form button").click()
    expect(page.get_by_text("Thank you").first).to_be_visible()


def mailbox(name: str) -> str:
    return f"{name.split(maxsplit=1)[0].lower()}@example.org"
