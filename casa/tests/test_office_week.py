"""The office's week in a real browser, with each of its steps going wrong once on purpose.

Draft, review, files, embargo, preview, signatures, correction, news.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect
from xlsxwriter import Workbook

from casa.tests.conftest import Visitor
from casa.tests.inbox import open_newest_mail
from casa.tests.office_steps import (
    PASSWORD,
    TITLE,
    mailbox,
    open_statement,
    sign,
    sign_in,
    take_step,
)
from casa.tests.products import Product

Visit = Callable[..., Visitor]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

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
UNSUBSCRIBE = """
from signatories.mailings import updates
from signatories.models import Signature
updates.unsubscribe(Signature.objects.get(name="Nora Lind"), how="link")
"""
LET_THE_MINUTE_PASS = """
from django.utils import timezone
from signatories.mailings import updates
from signatories.models import UpdateMailing
assert UpdateMailing.objects.filter(state="waiting").update(leaves_at=timezone.now()) == 1
updates.send_updates()
"""
NAMES = "Nora Lind", "Otto Brandt", "Petra Holm"
URL = "/statements/give-the-night-buses-back/"
PASTE = """(editor, html) => {
    const data = new DataTransfer();
    data.setData('text/html', html);
    editor.dispatchEvent(
        new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


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


def review(author: Page, editor: Page, visitor: Page) -> None:
    """An author submits, is sent back with a note, and submits again; each hears of it by mail."""
    take_step(author, "Submit for review", "Ready, I think.")
    open_newest_mail(visitor, "edda@example.org", "A draft waits for your review")
    expect(visitor.get_by_text("Ready, I think.")).to_be_visible()
    open_statement(sign_in(editor, "edda"))
    take_step(editor, "Send back", "Say who walks home.")
    open_newest_mail(visitor, "ada@example.org", "Your draft came back")
    expect(visitor.get_by_text("Say who walks home.")).to_be_visible()
    open_statement(author)
    expect(author.get_by_text("Say who walks home.").first).to_be_visible()
    take_step(author, "Submit for review", "It does, in the second paragraph.")


def publish_under_embargo(editor: Page, visitor: Page, visit: Visit) -> None:
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
    assert visitor.goto(URL).status == 404
    visitor.wait_for_timeout(max(0, (moment - datetime.now(UTC)).total_seconds() * 1000) + 1000)
    assert visitor.goto(URL).status == 200
    expect(visitor.get_by_text("Nurses walk home.")).to_be_visible()


def read_that_a_translation_is_behind(editor: Page, visitor: Page) -> None:
    editor.goto("/admin/")
    expect(editor.get_by_text("translation is behind")).to_be_visible()
    visitor.goto(f"/az{URL}")
    original = visitor.locator(".earlier-text").get_by_role("link").first
    expect(original).to_have_attribute("href", URL)
    see(visitor, URL, "3 people, all of whom signed an earlier text")


def answer_the_correction(visitor: Page) -> None:
    for name, answer in zip(NAMES, ("stay", "stay", "withdraw"), strict=True):
        open_newest_mail(visitor, mailbox(name), "was corrected")
        visitor.locator(f"a[href*='/{answer}/']").first.click()
        with visitor.expect_navigation():
            visitor.get_by_role("button", name=re.compile(answer.capitalize())).first.click()
    see(visitor, URL, "2 people")
    assert not visitor.get_by_text("Petra Holm").count()
    visitor.goto(f"{URL}changes/2/")
    expect(visitor.locator("ins").filter(has_text="Cleaners too").first).to_be_visible()
    visitor.goto(f"{URL}editions/1/")
    assert not visitor.get_by_text("Cleaners too").count()


def read_the_history(editor: Page) -> None:
    open_statement(editor)
    editor.get_by_role("link", name="History").click()
    for told in ("Say who walks home.", "Cleaners were forgotten.", "ada", "edda"):
        expect(editor.get_by_text(told).first).to_be_visible()


def see(page: Page, url: str, words: str) -> None:
    page.goto(url)
    expect(page.get_by_text(words).first).to_be_visible()


# --- Files: staff open them while nobody else may, and an address outlives what it led to ---


def attach_files(author: Page, visitor: Page) -> None:
    """A file that may not be published is refused, and the one beside it is kept."""
    open_statement(author, "Files")
    add_file(author, 0, "Last buses", "buses.csv", b"line;last\n7;22:00\n")
    add_file(author, 1, "Costs", "costs.exe", b"MZ\x90")
    save(author)
    expect(author.get_by_text("costs.exe:").first).to_be_visible()
    expect(author.get_by_text("buses.csv is kept.")).to_be_visible()
    author.locator("#id_attachments-1-file").set_input_files(upload("costs.xlsx", table()))
    save(author)
    for title, beginning in (("Last buses", b"line;last"), ("Costs", b"PK")):
        address = file_line(author, title).get_attribute("href")
        assert author.request.get(address).body().startswith(beginning)
        assert visitor.request.get(address, max_redirects=0).status == 302  # to sign in


def find_files(editor: Page, visitor: Page) -> None:
    """Another order and another file; what was removed is gone, what was linked still leads on."""
    open_statement(editor, "Files")
    row = editor.locator("#attachments-0")
    address = row.get_by_role("link", name="View on site").get_attribute("href")
    assert visitor.request.get(address).body().startswith(b"line;last")
    row.get_by_role("button", name="Move down").click()
    row.locator("summary").click()
    row.locator("input[type=file]").set_input_files(upload("newer.csv", b"line;last\n7;01:00\n"))
    save(editor)
    lines = editor.locator("#attachments-group .inline_label")
    expect(lines.nth(0)).to_have_text("Costs")
    expect(lines.nth(1)).to_have_text("Last buses")
    assert b"01:00" in visitor.request.get(address).body()
    editor.locator("#attachments-0 .delete input").check()
    save(editor)
    expect(editor.get_by_role("link", name="Costs")).to_have_count(0)
    editor.get_by_role("link", name="History").click()
    before = editor.get_by_role("link", name="Download the file that stood there before")
    expect(before).to_have_count(2)  # the one that was replaced, the one that was removed
    found = [editor.request.get(one.get_attribute("href")).body() for one in before.all()]
    assert any(b"22:00" in one for one in found)
    assert any(one.startswith(b"PK") for one in found)


def add_file(page: Page, number: int, title: str, name: str, content: bytes) -> None:
    page.get_by_text("Add another Attachment").click()
    page.locator(f"#id_attachments-{number}-title").fill(title)
    page.locator(f"#id_attachments-{number}-file").set_input_files(upload(name, content))


def upload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def table() -> bytes:
    """A spreadsheet of one cell."""
    with BytesIO() as file:
        with Workbook(file) as book:
            book.add_worksheet().write_string(0, 0, "Costs")
        return file.getvalue()


def file_line(page: Page, title: str) -> Locator:
    return page.locator("#attachments-group").get_by_role("link", name=title)


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()


# --- Mail to many: what is sent by a slip is seen, asked about or stopped -------------------

NEWS = "The council speaks about the night buses"


def mail_to_many(product: Product, editor: Page, visitor: Page) -> None:
    write_news(editor)
    refuse_a_moment_that_has_passed(editor)
    lose_a_reader_meanwhile(product, editor)
    press(editor, "Send it to 1 mailbox")
    expect(editor.get_by_text("Until then nobody has it.")).to_be_visible()
    press(editor, "Stop it")
    expect(editor.get_by_text("Nobody got it, and you can change its words")).to_be_visible()
    visitor.goto("/demo/mail/")
    assert not visitor.get_by_text(NEWS).count()

    editor.get_by_role("link", name="Go on: send it to 1 mailbox").click()
    press(editor, "Send it to 1 mailbox")
    product.manage("shell", "-c", LET_THE_MINUTE_PASS)
    open_newest_mail(visitor, mailbox("Otto Brandt"), NEWS)
    assert replies_to_the_office(product)
    visitor.goto("/demo/mail/")
    assert visitor.get_by_text(NEWS).count() == 1
    # The page loads itself anew while the mails leave.
    expect(editor.get_by_text("1 mail sent of 1 prepared")).to_be_visible()


def write_news(editor: Page) -> None:
    open_statement(editor, "After publication")
    editor.get_by_role("link", name="Mail news to signers").click()
    editor.locator("#id_words-0-subject").fill(NEWS)
    editor.locator("#words-0 .tiptap").click()
    editor.keyboard.type("It meets on Thursday at six.")
    save(editor)
    editor.get_by_role("link", name="Go on: send it to 2 mailboxes").click()
    expect(editor.get_by_role("heading", name="2 mailboxes get it")).to_be_visible()
    expect(editor.get_by_text("It meets on Thursday at six.")).to_be_visible()


def refuse_a_moment_that_has_passed(editor: Page) -> None:
    editor.get_by_label("At a moment that you choose").check()
    editor.locator("[name=at_0]").fill("2020-12-05")
    editor.locator("[name=at_1]").fill("10:00")
    press(editor, "Send it to 2 mailboxes")
    expect(editor.get_by_text("This moment has passed. Choose a later one.")).to_be_visible()


def lose_a_reader_meanwhile(product: Product, editor: Page) -> None:
    """What was asked about is not what would happen now: it is asked again."""
    product.manage("shell", "-c", UNSUBSCRIBE)
    editor.get_by_label("In a minute").check()
    press(editor, "Send it to 2 mailboxes")
    expect(editor.get_by_text("The number of readers has changed since.")).to_be_visible()


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def replies_to_the_office(product: Product) -> bool:
    letters = Path(product.environment["VAR_DIR"], "mail").glob("*.eml")
    mails = [message_from_bytes(one.read_bytes(), policy=policy.default) for one in letters]
    (news,) = [one for one in mails if one["Subject"] == NEWS]
    return news["Reply-To"] is not None and news["Reply-To"] != news["To"]


# --- The week ------------------------------------------------------------------------------


def test_the_week(product, visit):
    product.manage("shell", "-c", MAKE_STAFF)
    author, editor, visitor = (visit().page for _ in range(3))
    write_draft(sign_in(author, "ada"))
    attach_files(author, visitor)
    review(author, editor, visitor)
    publish_under_embargo(editor, visitor, visit)
    find_files(editor, visitor)
    for name in NAMES:
        sign(visitor, URL, name, mailbox(name))
    see(visitor, URL, "3 people")

    moderator = sign_in(visit().page, "mo")
    save_over_a_withheld_name(product, moderator, "Nora Lind")
    see(visitor, URL, "3 people")
    assert not visitor.get_by_text("Nora Lind").count()

    correct(editor)
    read_that_a_translation_is_behind(editor, visitor)
    answer_the_correction(visitor)
    assert "equals" in product.manage("verify_tally")
    mail_to_many(product, editor, visitor)
    read_the_history(editor)
