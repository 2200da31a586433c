"""On a phone, with keys alone, with scripts and without: from the statement to "thank you".

On the way it goes wrong where people do: an empty form, a mail that does not come, a wrong code.
Every page it comes by is looked at by axe, in both themes.
"""

import pytest
from playwright.sync_api import expect

from casa.tests.axe import violations
from casa.tests.inbox import code_for, open_newest_mail

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

SLUG = "keep-every-branch-library-open-on-saturdays"
PHONE = {"viewport": {"width": 360, "height": 740}}
STOPS = 120  # more than any page of ours has between two things


class Keyboard:
    """Somebody who has no mouse, and looks at each page before going on."""

    def __init__(self, page, *, looks):
        self.page, self.looks = page, looks

    def to(self, target):
        """Tab until `target` has the focus, as often as it takes to go round the page."""
        expect(target).to_have_count(1)
        for _ in range(STOPS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"No key leads to {target}")

    def type(self, label, text):
        self.to(self.page.get_by_label(label))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def press(self, name, key="Enter", role="button"):
        self.to(self.page.get_by_role(role, name=name))
        self.page.keyboard.press(key)

    def correct(self, sentence, label, text):
        """From the sentence above the form to the field that it is about, and type there."""
        self.press(sentence, role="link")
        field = self.page.get_by_label(label).and_(self.page.locator("input"))
        expect(field).to_be_focused()
        self.page.keyboard.type(text)

    def look(self, heading):
        """The page of that heading has come, fits the phone, and axe finds nothing on it."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        self.page.wait_for_load_state()  # with its style sheet
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 360, heading
        if self.looks:
            assert violations(self.page) == [], heading


def open_form(page, keys):
    """From the statement, by its own link."""
    page.goto(f"/statements/{SLUG}/")
    keys.to(page.locator(".panel-open a"))
    page.keyboard.press("Enter")
    page.get_by_label("Your full name").wait_for()


@pytest.fixture(params=[True, False], ids=["js", "no-js"])
def scripts(request):
    return request.param


@pytest.fixture
def keys(visit, scripts):
    visitor = visit(java_script_enabled=scripts, **PHONE)
    # axe is itself a script, and pages are alike with and without: it looks once.
    yield Keyboard(visitor.page, looks=scripts)
    assert not visitor.context.cookies()


def test_a_person_signs_and_confirms_by_code(keys, scripts):
    page, address = keys.page, f"ida.{scripts}@example.org".lower()
    open_form(page, keys)
    keys.press("Sign")
    keys.look("Sign")
    keys.correct("Enter your name.", "Your full name", "Ida Holm-Əliyeva")
    expect(page.get_by_label("Your full name")).to_have_value("Ida Holm-Əliyeva")
    keys.type("Your e-mail address", address)
    keys.press("Sign")
    keys.look("Check your mail")
    keys.press("It did not come", role="link")
    keys.look("The mail did not come")
    keys.press("Send it once more")
    keys.look("Check your mail")
    code = code_for(page, address)
    page.bring_to_front()
    keys.type("six digits", "000 000" if code != "000 000" else "111 111")
    page.keyboard.press("Enter")
    keys.look("code")
    expect(page.get_by_text("This code does not fit.").first).to_be_visible()
    keys.type("Your e-mail address", address)
    keys.type("six digits", code)
    page.keyboard.press("Enter")
    keys.look("Confirm your signature")
    expect(page.get_by_text("Ida Holm-Əliyeva")).to_be_visible()
    personal = page.url
    keys.press("Confirm my signature", key="Space")
    keys.look("Your signature is confirmed")
    assert page.url.endswith(f"/statements/{SLUG}/")  # what a friend would be sent
    page.go_back()
    assert page.url == personal
    keys.look("This link was for Ida Holm-Əliyeva")


def test_an_organization_signs_and_confirms_by_link(keys, scripts):
    page, address = keys.page, f"otto.{scripts}@example.org".lower()
    name = "Alder Chess Circle" if scripts else "Harbour Choir"  # alike, they would be asked about
    open_form(page, keys)
    keys.to(page.get_by_label("as a person"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("for an organization")).to_be_checked()
    keys.press("Sign")
    keys.look("Sign")
    expect(page.get_by_label("for an organization")).to_be_checked()
    keys.correct("Enter the name of the organization.", "Name of the organization", name)
    keys.type("Your full name", "Otto Brandt")
    keys.type("Your e-mail address", address)
    keys.to(page.get_by_label("I am authorized"))
    page.keyboard.press("Space")
    keys.press("Sign")
    keys.look("Check your mail")
    window = page.context.new_page()
    open_newest_mail(window, address)
    link = window.locator("a[href*='/sign/confirm/']").first
    page.goto(link.get_attribute("href"))
    keys.look("Confirm")
    expect(page.get_by_text(name)).to_be_visible()
    keys.press("Confirm my signature")
    keys.look("signature is confirmed")
