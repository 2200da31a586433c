"""Take the pictures of docs/screenshots and of "How we publish" from the demo."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import typst
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from casa.lib.testing import wait_for_answer
from tools import chromium
from tools.look import pictures

TARGET = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
SLUG = "keep-every-branch-library-open-on-saturdays"
LIBRARY = f"/statements/{SLUG}/"
CORRECTED = "/statements/count-heritage-language-lessons-as-schooling/"
PAGES = {
    "front": "/",
    "list": "/statements/",
    "search": "/statements/?q=saturdays",
    "statement": LIBRARY,
    "statement-az": f"/az{LIBRARY}",
    "signatories": f"{LIBRARY}signatories/",
    "editions": f"{CORRECTED}editions/",
    "changes": f"{CORRECTED}changes/2/",
    "print": f"{LIBRARY}print/",
    "organizations": "/organizations/",
    "organization": "/organizations/aldermouth-readers-circle/",
    "about": "/about/",
    "sign": f"/sign/{SLUG}/",
    "embed": f"/embed/{SLUG}/",
    "api": "/api/v1/docs/",
    "not-found": "/statements/nothing/",
}
"""Public pages by the names of their pictures, which show what is seen without scrolling."""

PAPER = f"""
import json
from django.utils import timezone
from casa.site.pdf import document
from statements.reading import current_edition
print(json.dumps(document.of_edition(current_edition("{SLUG}"), timezone.now())))
"""
"""What the demo's site would set as the PDF of its first statement."""

PASTE = """(editor, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    editor.dispatchEvent(
        new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
WORD = """<html><head><meta name=Generator content="Microsoft Word 15"></head><body>
<p class=MsoNormal>A bench lets people rest who <del cite="mailto:ada">seldom</del><ins
 cite="mailto:ada">often</ins> wait for a bus.</p>
<p class=MsoNormal><span style='display:none;mso-hide:all'>Ask the garage first.</span></p>
<div style='mso-element:comment-list'><div style='mso-element:comment'><div id="_com_1"
 class=msocomtxt><p class=MsoCommentText>Do we know how many wait?</p></div></div></div>
</body></html>"""
"""What Word puts on the clipboard with a tracked change, hidden words and a comment."""

NEWS = f"""
from casa.accounts.models import User
from signatories.models import Signature
from signatories.testing import make_mailing
from statements.models import Statement
statement = Statement.objects.get(slug="{SLUG}")
signed = Signature.objects.filter(statement=statement, state="confirmed")
for one in signed[:190]:
    key = f"reader{{one.pk}}@example.org"
    Signature.objects.filter(pk=one.pk).update(email=key, email_key=key, wants_updates=True)
mailing = make_mailing(statement, by=User.objects.get(email="demo@example.org"))
mailing.words.create(language="az", subject="Şura məsələni gündəliyə saldı",
                     body="<p>Cümə axşamı şura bu barədə danışacaq.</p>")
print(mailing.pk)
"""
"""News that nobody has sent yet, and signers who asked for it."""

MAIN = ("front", "statement", "statement-az", "organizations")
"""Those that are taken in dark as well."""

COLOURS = 48
"""Of a picture's palette: the pages have few, and so all pictures stay below three megabytes."""
STAFF_PAGES = {
    "dashboard": "/admin/",
    "admin-statement": "/admin/statements/statement/1/change/",
    **{
        f"admin-statement-{part}": f"/admin/statements/statement/1/change/{part}/"
        for part in ("signing", "dates", "addressees", "files", "after", "comments")
    },
    "admin-statement-new": "/admin/statements/statement/add/",
    "admin-preview": "/admin/statements/statement/1/preview/",
    "admin-search": "/admin/search/?q=saturdays",
    "admin-export": "/admin/signatories/signature/export/?preset=handover",
    "admin-signature": "/admin/signatories/signature/20/change/",
    "correction": "/admin/statements/statement/1/correct/",
    "my-mails": "/admin/my-mails/",
}
HELP = Path(__file__).resolve().parents[1] / "static" / "casa" / "help"
# The pictures of "How we publish", small ones; tests hold them to their size.
HELP_PAGES = {
    "dashboard": STAFF_PAGES["dashboard"],
    "statement": STAFF_PAGES["admin-statement"],
    "correction": STAFF_PAGES["correction"],
    "signatures": "/admin/signatories/signature/",
    "history": "/admin/statements/statement/1/history/",
}
Theme = Literal["light", "dark"]
LOOKS: tuple[tuple[int, Theme], ...] = ((360, "light"), (1280, "light"), (1280, "dark"))


def shoot_public(browser: Browser) -> None:
    for width, theme in LOOKS:
        context = browser.new_context(
            base_url=SITE, viewport={"width": width, "height": 900}, color_scheme=theme
        )
        page = context.new_page()
        for name, path in PAGES.items():
            if theme == "light" or name in MAIN:
                shoot(page, path, TARGET / f"{name}-{width}-{theme}.png")
        if theme == "light":
            shoot_signing(page, width)
        context.close()


def shoot_signing(page: Page, width: int) -> None:
    """What a signer meets, in this order: an organization's form, the mail, thanks, their page."""
    page.goto(PAGES["sign"])
    page.get_by_label("for an organization").check()
    take(page, TARGET / f"sign-organization-{width}-light.png")
    page.get_by_label("as a person").check()
    page.get_by_label("Your full name").fill("Wilma Lund")
    page.get_by_label("Your e-mail address").fill(f"wilma.{width}@example.org")
    page.locator("form button").click()
    page.wait_for_load_state("networkidle")
    take(page, TARGET / f"check-mail-{width}-light.png")
    follow_mail(page, f"wilma.{width}@example.org", "/sign/confirm/")
    page.locator("main form button").click()
    page.wait_for_load_state("networkidle")
    take(page, TARGET / f"thank-you-{width}-light.png")
    follow_mail(page, f"wilma.{width}@example.org", "/sign/manage/")
    take(page, TARGET / f"manage-{width}-light.png")


def follow_mail(page: Page, address: str, beginning: str) -> None:
    """Open such a link in the newest mail to `address`, once the demo's worker has sent it."""
    letter = page.locator("main li", has_text=address).locator("a")
    link = page.locator(f'main a[href*="{beginning}"]')
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        page.goto("/demo/mail/")
        if letter.count():
            letter.first.click()
            if link.count():
                page.goto(str(link.first.get_attribute("href")))
                return
        time.sleep(0.5)
    sys.exit(f"No such mail came for {address}.")


def shoot_admin(browser: Browser, environment: dict[str, str]) -> None:
    from casa.demo import content  # noqa: PLC0415 - needs Django's settings

    page = browser.new_page(base_url=SITE, viewport={"width": 1280, "height": 900})
    page.goto("/admin/")
    page.fill("#id_username", content.LOGIN)
    page.fill("#id_password", content.PASSWORD)
    page.click("input[type=submit]")
    give_the_office_something_to_do(page)
    for width in (1280, 768):
        page.set_viewport_size({"width": width, "height": 900})
        for name, path in STAFF_PAGES.items():
            shoot(page, path, TARGET / f"{name}-{width}.png")
        for menu in ("before", "more"):
            page.goto("/admin/statements/statement/4/change/")
            page.wait_for_load_state("networkidle")
            page.click(f".bar .{menu} summary")
            take(page, TARGET / f"admin-statement-{menu}-{width}.png")
    page.set_viewport_size({"width": 1280, "height": 900})
    for name, path in HELP_PAGES.items():
        shoot(page, path, HELP / f"{name}.png")
    shoot_news(page, environment)
    shoot_pasted(page)
    shoot_dates(page)
    shoot_unsaved(page)


def shoot_pasted(page: Page) -> None:
    """What is said after words of a word processor were pasted, and what was left out."""
    page.goto("/admin/statements/statement/4/change/")
    page.wait_for_load_state("networkidle")  # the editor takes what is pasted once its script runs
    editor = page.locator("#texts-0 .tiptap")
    editor.click()
    editor.evaluate(PASTE, WORD)
    page.get_by_text("See what that was").click()
    page.get_by_text("Put it back at the cursor").first.scroll_into_view_if_needed()
    take_at_both_widths(page, "admin-pasted")
    press(page, "[name=_save]")  # else it would be offered back in the pictures that follow


def shoot_dates(page: Page) -> None:
    """Dates that are refused and asked about, and what is possible until a statement is public."""
    dates = "/admin/statements/statement/4/change/dates/"
    page.goto(dates)
    page.evaluate(
        "document.querySelectorAll('.moment input').forEach(one => { one.type = 'text' })"
    )
    typed = {"publish_at": ("05/12/2026", "9:5"), "signing_closes_at": ("0202-12-01", "00:00")}
    for name, parts in typed.items():
        for number, text in enumerate(parts):
            page.fill(f"#id_{name}_{number}", text)
    press(page, "[name=_save]")
    take_at_both_widths(page, "admin-dates-asked")
    page.goto(dates)
    page.fill("#id_publish_at_0", (date.today() + timedelta(days=6)).isoformat())  # noqa: DTZ011
    page.fill("#id_publish_at_1", "10:00")
    press(page, "[name=_save]")
    page.goto("/admin/statements/statement/4/action/publish/")
    take_at_both_widths(page, "admin-publish")
    press(page, ".action-form input[type=submit]")
    page.goto("/admin/statements/statement/4/change/")
    page.locator("#id_texts-0-summary").fill(
        "Waiting is part of every journey, standing need not be."
    )
    press(page, "[name=_save]")
    for name, path in (("replacement", "correct/"), ("stop", "action/stop/")):
        page.goto(f"/admin/statements/statement/4/{path}")
        take_at_both_widths(page, f"admin-{name}")


def give_the_office_something_to_do(page: Page) -> None:
    """A draft that awaits review, a date that comes, and words that differ from their edition."""
    page.goto("/admin/statements/statement/4/action/submit/")
    press(page, ".action-form input[type=submit]")
    page.goto("/admin/statements/statement/2/change/dates/")
    closes = date.today() + timedelta(days=5)  # noqa: DTZ011 - the demo's clock is this machine's
    page.fill("#id_signing_closes_at_0", closes.isoformat())
    page.fill("#id_signing_closes_at_1", "18:00")
    press(page, "[name=_save]")
    page.goto("/admin/statements/statement/1/change/")
    summary = page.locator("#id_texts-0-summary")
    summary.fill(summary.input_value() + " A fifth is to open later in the day.")
    press(page, "[name=_save]")
    add_files(page)


def add_files(page: Page) -> None:
    """A table and a picture; each is a row that stands there without a script too."""
    taken = (TARGET / "front-1280-light.png").read_bytes()
    picture = FilePayload(name="page.png", mimeType="image/png", buffer=taken)
    table = FilePayload(name="costs.csv", mimeType="text/csv", buffer=b"town,cost\nAldermouth,5\n")
    named = (("What Saturdays cost", table), ("The page that neighbours read", picture))
    for number, (title, file) in enumerate(named):
        page.goto("/admin/statements/statement/1/change/files/?more=attachments")
        page.fill(f"#id_attachments-{number}-title", title)
        page.fill(f"#id_attachments-{number}-alt_text", "A page with a title and a form")
        page.set_input_files(f"#id_attachments-{number}-file", file)
        press(page, "[name=_save]")


def press(page: Page, button: str) -> None:
    """Send a form, which first asks the site whether one is still signed in."""
    with page.expect_navigation():
        page.click(button)


def shoot_unsaved(page: Page) -> None:
    """A form whose session ended: what is asked before it is sent, and what is offered back."""
    from casa.demo import content  # noqa: PLC0415 - needs Django's settings

    form = "/admin/statements/topic/add/"
    page.goto(form)
    page.fill("#id_names-0-name", "Reading rooms and late hours")
    page.context.clear_cookies(name="sessionid")
    page.click("input[name=_save]")
    page.get_by_role("dialog").wait_for()
    take_at_both_widths(page, "session-ended")
    page.goto(f"/admin/login/?next={form}")
    page.fill("#id_username", content.LOGIN)
    page.fill("#id_password", content.PASSWORD)
    page.click("#login-form [type=submit]")
    page.get_by_role("button", name="Bring it back").click()
    page.get_by_text("You typed this on").wait_for()
    take_at_both_widths(page, "unsaved")


def shoot_news(page: Page, environment: dict[str, str]) -> None:
    """News before it is sent, the page that asks, and the minute in which it can be stopped."""
    made = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", NEWS],
        env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    mailing = f"/admin/signatories/updatemailing/{made.stdout.strip()}"
    page.goto(f"{mailing}/send/")
    take_at_both_widths(page, "news-look")
    page.goto(f"{mailing}/confirm/")
    take_at_both_widths(page, "news-confirm")
    press(page, ".final .send")
    page.goto(f"{mailing}/send/?still")
    take_at_both_widths(page, "news-leaves")


def take_at_both_widths(page: Page, name: str) -> None:
    for width in (1280, 768):
        page.set_viewport_size({"width": width, "height": 900})
        take(page, TARGET / f"{name}-{width}.png")


def shoot(page: Page, path: str, file: Path) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    take(page, file)


def shoot_paper(environment: dict[str, str]) -> None:
    """The first page of the PDF, set as the site sets it."""
    from casa.lib.pdf.typesetting import FONTS  # noqa: PLC0415 - needs Django's settings
    from casa.site.pdf.views import TEMPLATES  # noqa: PLC0415

    content = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", PAPER],
        env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    sheets: Any = typst.compile(
        b"".join((TEMPLATES / name).read_bytes() for name in ("words.typ", "statement.typ")),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[FONTS]),
        ignore_system_fonts=True,
        sys_inputs={"content": content.stdout},
        format="png",
        ppi=90,
    )
    file = TARGET / "pdf.png"
    file.write_bytes(sheets[0])
    pictures.reduce_colours(file, COLOURS)


def take(page: Page, file: Path) -> None:
    pictures.take(page, file)
    pictures.reduce_colours(file, COLOURS)


def main() -> None:
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casa.settings")
    django.setup()
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.png"):
        old.unlink()
    HELP.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ENV_FILE": "", "VAR_DIR": folder, "PORT": str(PORT)}
        environment["SIGN_LIMITS"] = "0"  # nobody types as fast as this
        demo = subprocess.Popen([sys.executable, "manage.py", "demo"], env=environment)
        try:
            wait_for_answer(SITE, 60)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(**chromium.launch_options())
                shoot_public(browser)
                shoot_admin(browser, environment)
                browser.close()
            shoot_paper(environment)
        finally:
            demo.send_signal(signal.SIGINT)
            demo.wait(30)


if __name__ == "__main__":
    main()
