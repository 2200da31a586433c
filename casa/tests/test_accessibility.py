"""No page of signing violates WCAG 2.2 AA by axe, in both themes; no page overflows.

The pages that visitors read are in test_accessibility_of_public_pages.py.
"""

import pytest
from playwright.sync_api import expect

from casa.tests.axe import violations
from casa.tests.test_accessibility_of_public_pages import PAGES as PUBLIC_PAGES
from casa.tests.test_columns_in_browser import at_each

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

LIBRARY = "/statements/keep-every-branch-library-open-on-saturdays/"
CLOSED = "/statements/count-heritage-language-lessons-as-schooling/"
ASKS_MORE = "/sign/clean-the-alder-below-the-old-mill/"
SIGN = "/sign/keep-every-branch-library-open-on-saturdays/"
PAGES = (
    SIGN, ASKS_MORE, "/sign/count-heritage-language-lessons-as-schooling/",
    "/sign/confirm/nothing/", "/demo/mail/", "/sign/correction/nothing/", "/preview/nothing/",
    "/sign/verify-again/nothing/",
    f"{SIGN}code/", f"{SIGN}no-mail/", "/sign/manage/nothing/", "/sign/unsubscribe/nothing/",
)  # fmt: skip


def test_axe_finds_nothing(visit):
    page = visit().page
    for url in PAGES:
        page.goto(url)
        assert violations(page) == [], url


def test_axe_finds_nothing_on_a_form_with_errors_or_after_it(visit):
    page = visit().page
    page.goto(SIGN)
    page.locator("form button").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
    assert violations(page) == []
    page.get_by_label("Your full name").fill("Wilma Lund")
    page.get_by_label("Your e-mail address").fill("wilma.lund@example.org")
    page.locator("form button").click()
    page.get_by_text("wilma.lund@example.org").wait_for()
    assert violations(page) == []
    page.get_by_role("link", name="It did not come").click()
    page.get_by_role("heading", name="The mail did not come").wait_for()
    assert violations(page) == []


# What links in a signer's mails lead to, in the order in which one can open them.
LINKS = """
from django.urls import reverse
from signatories.core import tokens
from signatories.models import Signature
for one in Signature.objects.filter(email=ADDRESS).order_by("-pk")[:1]:
    print(reverse("signatories:confirm", args=[tokens.make(one, tokens.CONFIRM)]))
    print(reverse("signatories:manage", args=[tokens.make(one, tokens.MANAGE)]))
    print(reverse("signatories:unsubscribe", args=[tokens.make(one, tokens.UPDATES)]))
"""
GRETE = f"grete{'wilma' * 10}@example.org"
OWN_STEPS = ("", "correct/", "show/", "withdraw/", "erase/")


def test_a_signers_own_pages_hold_on_the_smallest_phone(product, visit):
    page = visit(viewport={"width": 320, "height": 740}).page

    def look():
        assert violations(page) == [], page.url
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, page.url

    page.goto(SIGN)
    page.get_by_label("Your full name").fill("Wilhelmina" * 8)
    page.get_by_label("Your e-mail address").fill(GRETE)
    page.get_by_label("Do not show my name").check()
    page.locator("main form button").click()
    page.get_by_role("heading", name="Check your mail").wait_for()
    look()
    printed = product.manage("shell", "-v", "0", "-c", f"ADDRESS = {GRETE!r}\n{LINKS}")
    confirm, manage, unsubscribe = printed.split()
    page.goto(confirm)
    look()
    page.get_by_role("button", name="Confirm my signature").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    look()
    for url in (*(f"{manage}{step}" for step in OWN_STEPS), unsubscribe, "/your-signature/"):
        page.goto(url)
        look()
    page.goto(manage)
    page.get_by_role("link", name="Get no mail").click()
    look()
    page.get_by_role("button", name="Send me nothing more about").click()
    page.get_by_role("heading", name="We write to you no more").wait_for()
    look()
    page.goto("/your-signature/")
    page.get_by_label("Your e-mail address").fill("grete@example.org")
    page.get_by_role("button", name="Send me the link").click()
    page.get_by_role("heading", name="Check your mail").wait_for()
    look()
    page.goto(f"{manage}erase/")
    page.get_by_role("button", name="Erase for good").click()
    page.get_by_role("heading", name="erased").wait_for()
    look()


def test_no_page_is_wider_than_its_window(visit):
    page = visit(reduced_motion="reduce").page
    for url in (*PAGES, *PUBLIC_PAGES):
        page.goto(url)
        for width in at_each(page, (320, 768, 1280)):
            assert page.evaluate("document.documentElement.scrollWidth") <= width, url


def test_the_first_tab_stop_leads_past_the_navigation(visit):
    page = visit().page
    page.goto(LIBRARY)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"


def test_a_statement_is_light_and_stays_where_it_is(visit):
    page = visit().page
    sizes = {}
    page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()}))
    page.goto(LIBRARY)
    page.wait_for_load_state("networkidle")
    shift = page.evaluate(
        """() => new Promise(resolve => {
             let sum = 0;
             new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))
               .observe({type: 'layout-shift', buffered: true});
             setTimeout(() => resolve(sum), 300);
           })"""
    )
    weights = {url: size["responseBodySize"] for url, size in sizes.items()}
    fonts = sum(weight for url, weight in weights.items() if url.endswith(".woff2"))
    # Nothing but these is compressed here, so the true weight is far below.
    assert fonts < 32_000
    assert sum(weights.values()) - fonts < 100_000
    assert len(sizes) <= 15
    assert shift < 0.02
