"""After the form: reloading the page, and going back and forth, send nothing and lose nothing."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

SIGN = "/sign/keep-every-branch-library-open-on-saturdays/"
MAILS = """
from casa.mail.models import OutgoingMail
print(OutgoingMail.objects.filter(to=ADDRESS).count())
"""


@pytest.mark.parametrize("java_script", [True, False], ids=["js", "no-js"])
def test_reload_and_back_send_nothing_and_lose_nothing(product, visit, java_script):
    page = visit(java_script_enabled=java_script).page
    email = f"ida.{java_script}@example.org".lower()
    posts = []
    page.on("request", lambda request: posts.append(request.url) if request.post_data else None)

    def has_come():
        expect(page.get_by_role("heading", level=1)).to_have_text("Check your mail")
        expect(page.get_by_text(f"We are sending a mail to {email}")).to_be_visible()

    page.goto(SIGN)
    page.get_by_label("Your full name").fill("Ida Holm")
    page.get_by_label("Your e-mail address").fill(email)
    page.locator(".sign-form .send > button").click()
    has_come()
    url = page.url
    assert email not in url
    page.reload()
    has_come()
    page.get_by_role("link", name="It did not come").click()
    expect(page.get_by_role("button", name="Send it once more")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Your e-mail address")).to_have_value(email)
    page.go_back()
    has_come()
    page.go_back()
    expect(page.get_by_label("Your full name")).to_have_value("Ida Holm")
    expect(page.get_by_label("Your e-mail address")).to_have_value(email)
    page.go_forward()
    has_come()
    assert page.url == url
    assert len(posts) == 1
    script = f"ADDRESS = {email!r}\n{MAILS}"
    assert product.manage("shell", "-v", "0", "-c", script).strip() == "1"


@pytest.mark.parametrize("java_script", [True, False], ids=["js", "no-js"])
def test_back_brings_back_what_was_too_much_at_once(visit, java_script):
    page = visit(java_script_enabled=java_script).page
    page.goto(SIGN)
    name = page.get_by_label("Your full name")
    name.evaluate("field => field.removeAttribute('maxlength')")
    name.fill("Ida Holm " * 8000)
    page.get_by_label("Your e-mail address").fill("ida@example.org")
    page.locator(".sign-form .send > button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This is too much at once")
    page.go_back()
    expect(page.get_by_label("Your full name")).to_have_value("Ida Holm " * 8000)
    expect(page.get_by_label("Your e-mail address")).to_have_value("ida@example.org")
