"""The office's week in a real browser: draft, review, embargo, preview, signatures, correction."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from casa.tests.conftest import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Give the night buses back"
PASSWORD = "a-long-password-1"
MAKE_STAFF = f"""
from django.contrib.auth.models import Group
from casa.accounts.models import User
for name, role in (("ada", "Author"), ("edda", "Editor"), ("mo", "Moderator")):
    user = User.objects.create_user(f"{{name}}@example.org", "{PASSWORD}", name=name, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
"""
WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body>"
    "<p class=MsoNormal style='mso-margin-top-alt:auto'><span style='font-size:11.0pt'>"
    "The last bus leaves at <b style='mso-bidi-font-weight:normal'>ten</b>.<o:p></o:p></span></p>"
    "<p class=MsoNormal><span lang=EN-US>Nurses <del>and thieves </del>walk home.<o:p></o:p></span>"
    "</p><div style='mso-element:comment-list'><div style='mso-element:comment'><p"
    " class=MsoCommentText>We cannot prove this.</p></div></div></body></html>"
)
WITHHOLD = """
from signatories.models import Signature
from signatories.self_service import editing
signature = Signature.objects.get(name="{name}")
signature.statement.may_withhold = True
signature.statement.save()
editing.withhold(signature)
"""
PASTE = """(editor, html) => {
    const data = new DataTransfer();
    data.setData('text/html', html);
    editor.dispatchEvent(
        new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


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
    page.locator(".action-form input[type=submit]").click()


def newest_mail(page: Page, address: str, subject: str) -> None:
    """Opens the newest mail of this subject to `address`, once it has come."""
    row = page.locator("li").filter(has_text=address).filter(has_text=subject)
    for _ in range(240):
        page.goto("/demo/mail/")
        if row.count():
            break
        page.wait_for_timeout(250)
    row.first.get_by_role("link").click()


def sign(page: Page, url: str, name: str, address: str) -> None:
    page.goto(url)
    page.get_by_label("Your full name").fill(name)
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_label("Country").select_option("NO")
    page.locator("form button").last.click()
    expect(page.get_by_text(address)).to_be_visible()
    newest_mail(page, address, "Please confirm your signature")
    page.locator("a[href*='/sign/confirm/']").first.click()
    page.locator("main form button").click()
    expect(page.get_by_text("Thank you").first).to_be_visible()


def write_draft(page: Page) -> None:
    page.goto("/admin/statements/statement/add/")
    page.locator("#id_texts-0-title").fill(TITLE)
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    editor = page.locator("#texts-0 .tiptap")
    editor.click()
    editor.evaluate(PASTE, WORD)
    expect(editor.locator("strong")).to_have_text("ten")
    expect(editor).to_contain_text("Nurses walk home.")
    said = page.get_by_role("status").filter(has_text="1 tracked change taken as accepted")
    expect(said).to_have_text("1 tracked change taken as accepted, 1 comment left out.")
    page.locator("#id_texts-0-ask").fill("We ask the council to run buses until one.")
    page.get_by_role("tab", name="Azərbaycanca").click()
    page.locator("#texts-1").get_by_text("Add this translation").click()
    page.locator("#id_texts-1-title").fill("Gecə avtobuslarını qaytarın")
    page.locator("#texts-1 .tiptap").click()
    page.keyboard.type("Son avtobus saat onda gedir.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def misdate(page: Page) -> None:
    """Types a day that two readers read differently, as in a browser without date controls."""
    day = page.locator("#id_publish_at_0")
    day.evaluate("input => { input.type = 'text' }")
    day.fill("05/12/2026")
    page.locator("#id_publish_at_1").fill("10:00")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("can be 5 December 2026 or 12 May 2026")).to_be_visible()
    expect(day).to_have_value("05/12/2026")


def stop_publication(page: Page) -> None:
    page.get_by_role("link", name="Stop the publication").click()
    page.locator(".action-form input[type=submit]").click()
    expect(page.get_by_text("nothing of it was public")).to_be_visible()


def publish_for_later(page: Page, moment: datetime) -> None:
    page.locator("#id_publish_at_0").fill(moment.strftime("%Y-%m-%d"))
    page.locator("#id_publish_at_1").fill(moment.strftime("%H:%M:%S"))
    take_step(page, "Publish")
    expect(page.get_by_text("not public yet")).to_be_visible()


def preview_address(page: Page, name: str) -> str:
    page.locator(".bar").get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Preview links").click()
    page.get_by_label("For whom").fill(name)
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("Address, to copy").first.input_value()
    return address.partition("/preview/")[2]


def save_over_a_withheld_name(product: Product, page: Page, name: str) -> None:
    """A moderator has the signature open while its owner asks to have the name withheld."""
    page.goto(f"/admin/signatories/signature/?q={name}")
    page.locator("#result_list tbody th a").click()
    page.locator("#id_city").fill("Østerby")
    product.manage("shell", "-c", WITHHOLD.format(name=name))
    page.locator("[name=_save]").click()
    expect(page.get_by_text("Its signer had the name withheld")).to_be_visible()
    page.locator("#result_list tbody th a").first.click()
    expect(page.locator("#id_name_withheld")).to_be_checked()


def correct(page: Page) -> None:
    open_statement(page)
    page.locator("#texts-0 .tiptap").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Cleaners too.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Publish correction").click()
    expect(page.locator("ins").filter(has_text="Cleaners too").first).to_be_visible()
    page.get_by_label("What changed").fill("Cleaners were forgotten.")
    page.get_by_label("Yes").check()
    translation = page.get_by_role("group", name="Azərbaycanca")
    translation.get_by_label("It is behind").check()
    page.get_by_role("button", name="Publish the correction").click()
    expect(page.get_by_text("Behind the original: Azerbaijani.")).to_be_visible()


def test_the_week(product, visit):
    product.manage("shell", "-c", MAKE_STAFF)
    author, editor, visitor = (visit().page for _ in range(3))

    write_draft(sign_in(author, "ada"))
    take_step(author, "Submit for review", "Ready, I think.")

    open_statement(sign_in(editor, "edda"))
    take_step(editor, "Send back", "Say who walks home.")
    open_statement(author)
    expect(author.get_by_text("Say who walks home.").first).to_be_visible()
    take_step(author, "Submit for review", "It does, in the second paragraph.")

    open_statement(editor, "Dates")
    misdate(editor)
    publish_for_later(editor, datetime.now(UTC) + timedelta(days=6))
    stop_publication(editor)
    open_statement(editor, "Dates")
    moment = datetime.now(UTC) + timedelta(seconds=40)
    publish_for_later(editor, moment)
    link = preview_address(editor, "Ines Falk, The Evening Paper")
    journalist = visit().page
    journalist.goto(f"/preview/{link}")
    expect(journalist.get_by_text("for Ines Falk, The Evening Paper only").first).to_be_visible()
    expect(journalist.get_by_text("Nurses walk home.")).to_be_visible()
    url = "/statements/give-the-night-buses-back/"
    assert visitor.goto(url).status == 404

    visitor.wait_for_timeout(max(0, (moment - datetime.now(UTC)).total_seconds() * 1000) + 1000)
    assert visitor.goto(url).status == 200
    expect(visitor.get_by_text("Nurses walk home.")).to_be_visible()

    names = ("Nora Lind", "Otto Brandt", "Petra Holm")
    for name in names:
        sign(visitor, url, name, f"{name.split()[0].lower()}@example.org")
    visitor.goto(url)
    expect(visitor.get_by_text("3 people").first).to_be_visible()

    moderator = sign_in(visit().page, "mo")
    save_over_a_withheld_name(product, moderator, "Nora Lind")
    visitor.goto(url)
    expect(visitor.get_by_text("3 people").first).to_be_visible()
    assert not visitor.get_by_text("Nora Lind").count()

    correct(editor)
    editor.goto("/admin/")
    expect(editor.get_by_text("translation is behind")).to_be_visible()
    visitor.goto(f"/az{url}")
    expect(visitor.locator(".earlier-text").get_by_role("link").first).to_have_attribute(
        "href", url
    )
    visitor.goto(url)
    expect(
        visitor.get_by_text("3 people, all of whom signed an earlier text").first
    ).to_be_visible()
    for name, answer in zip(names, ("stay", "stay", "withdraw"), strict=True):
        newest_mail(visitor, f"{name.split()[0].lower()}@example.org", "was corrected")
        visitor.locator(f"a[href*='/{answer}/']").first.click()
        button = "Stay" if answer == "stay" else "Withdraw"
        with visitor.expect_navigation():
            visitor.get_by_role("button", name=re.compile(button)).first.click()

    visitor.goto(url)
    expect(visitor.get_by_text("2 people").first).to_be_visible()
    assert not visitor.get_by_text("Petra Holm").count()
    visitor.goto(f"{url}changes/2/")
    expect(visitor.locator("ins").filter(has_text="Cleaners too").first).to_be_visible()
    visitor.goto(f"{url}editions/1/")
    assert not visitor.get_by_text("Cleaners too").count()
    assert "equals" in product.manage("verify_tally")

    open_statement(editor)
    editor.get_by_role("link", name="History").click()
    for told in ("Say who walks home.", "Cleaners were forgotten.", "ada", "edda"):
        expect(editor.get_by_text(told).first).to_be_visible()
