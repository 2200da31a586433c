"""The demo's mailbox in a browser: waits for a mail, opens it, and reads what it brings."""

import re

from playwright.sync_api import Page, expect

CONFIRM = "Please confirm your signature"
CODE = re.compile(r"(?<!\d)\d{3} \d{3}(?!\d)")


def open_newest_mail(page: Page, address: str, subject: str = CONFIRM) -> None:
    """Shows the newest mail of this subject to `address`, once it has come."""
    row = page.locator("li").filter(has_text=address).filter(has_text=subject)
    for _ in range(240):
        page.goto("/demo/mail/")
        if row.count():
            break
        page.wait_for_timeout(250)
    row.first.get_by_role("link").click()
    # A click does not wait for the page that it leads to.
    page.wait_for_url(re.compile(r"/demo/mail/.+"))


def code_for(page: Page, address: str) -> str:
    """The six digits that were mailed to `address`, read in a window of its own."""
    window = page.context.new_page()
    open_newest_mail(window, address)
    expect(window.locator("main")).to_contain_text(CODE)
    found = CODE.search(window.locator("main").inner_text())
    assert found
    return found[0]
