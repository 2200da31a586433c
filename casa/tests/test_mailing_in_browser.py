"""News to many in a real browser: nothing leaves by a slip, and a slip is stopped whole."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

LONG = 30_000  # milliseconds
PREPARE = """
from casa.accounts.models import User
from signatories.models import Signature
from signatories.testing import make_mailing
from statements.models import Statement
statement = Statement.objects.get(slug="keep-every-branch-library-open-on-saturdays")
for signature in Signature.objects.filter(statement=statement, state="confirmed")[:3]:
    key = f"reader{signature.pk}@example.org"
    Signature.objects.filter(pk=signature.pk).update(email=key, email_key=key, wants_updates=True)
print(make_mailing(statement, by=User.objects.get(email="demo@example.org")).pk)
"""
SENT = """
from casa.mail.models import OutgoingMail
print(OutgoingMail.objects.filter(kind="signatories.update").count())
"""


def run(product, script):
    return product.manage("shell", "-v", "0", "-c", script).strip()


def sign_in(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill("demo@example.org")
    page.get_by_label("Password").fill("open-the-library")
    page.locator("#login-form [type=submit]").click()
    expect(page.get_by_text("What needs me")).to_be_visible(timeout=LONG)


@pytest.mark.parametrize("java_script", [True, False], ids=["js", "no-js"])
def test_news_is_asked_about_once_and_called_off_whole(product, visit, java_script):
    page = visit(java_script_enabled=java_script).page
    sign_in(page)
    mailing = run(product, PREPARE)
    page.goto(f"/admin/signatories/updatemailing/{mailing}/send/")
    trial = page.get_by_role("button", name="Send a test to myself")
    onward = page.get_by_role("link", name="Go on: send it to 3 mailboxes …")
    assert _colour(trial) != _colour(onward)
    assert page.get_by_role("button", name="Send it").count() == 0
    # By the key: Chromium's frames of other sites swallow a click right after a scroll.
    with page.expect_navigation():
        onward.press("Enter")
    expect(page.get_by_role("heading", name="3 mailboxes get it")).to_be_visible(timeout=LONG)
    expect(page.get_by_text("On Thursday the council speaks about it.")).to_be_visible(timeout=LONG)
    # Tomorrow, so that a slow machine has more than the minute to stop it.
    page.get_by_label("At a moment that you choose").check()
    page.locator("[name=at_0]").fill(str(timezone.localdate() + timedelta(days=1)))
    page.locator("[name=at_1]").fill("10:00")
    press(page, page.get_by_role("button", name="Send it to 3 mailboxes"))
    expect(page.get_by_text("Until then nobody has it.")).to_be_visible(timeout=LONG)
    page.go_back()
    page.goto(f"/admin/signatories/updatemailing/{mailing}/confirm/")
    expect(page.get_by_text("It has been sent already: once.")).to_be_visible(timeout=LONG)
    press(page, page.get_by_role("button", name="Stop it"))
    expect(page.get_by_text("Nobody got it, and you can change its words")).to_be_visible(
        timeout=LONG
    )
    expect(onward).to_be_visible(timeout=LONG)
    assert run(product, SENT) == "0"


def press(page: Page, element: Locator) -> None:
    with page.expect_navigation():
        element.click()


def _colour(element: Locator) -> str:
    return str(element.evaluate("one => getComputedStyle(one).backgroundColor"))
