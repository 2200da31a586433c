"""In a browser: an ended session, another account, Back, a closed page, a word before leaving."""

import re

import pytest
from playwright.sync_api import expect

from casa.accounts.testing import PASSWORD
from casa.demo import content
from casa.tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

WORD = "zanzibarium"
SIGN = "/sign/keep-every-branch-library-open-on-saturdays/"
MAKE_OTHER = (
    "from casa.accounts.testing import make_staff; "
    "make_staff('other@example.org', is_superuser=True)"
)


def sign_in(page):
    page.get_by_label("E-mail address").fill(content.LOGIN)
    page.get_by_label("Password").fill(content.PASSWORD)
    page.locator("#login-form [type=submit]").click()


@pytest.fixture
def page(visit):
    page = visit().page
    page.goto("/admin/")
    sign_in(page)
    page.get_by_text("What needs me").wait_for()
    return page


def open_topic(page):
    page.goto("/admin/statements/topic/add/")
    return page.locator("#id_names-0-name")


def kept(page):
    """The copies in the browser."""
    return page.evaluate(
        "() => Object.entries(localStorage).filter(([name]) => name.startsWith('unsaved:'))"
    )


def wait_for_copy(page):
    page.wait_for_function(
        "() => Object.keys(localStorage).some((name) => name.startsWith('unsaved:'))"
    )


def on_leaving(page, act):
    """Whether the browser asks before the page is left."""
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    act()
    page.wait_for_load_state()
    page.remove_listener("dialog", answer)
    return asked == ["beforeunload"]


def test_after_an_ended_session_it_is_saved_once_signed_in_in_another_tab(page):
    name = open_topic(page)
    name.fill(WORD)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Your session has ended")
    with page.context.expect_page() as opened:
        dialog.get_by_role("link", name="Sign in in another tab").click()
    sign_in(opened.value)
    opened.value.get_by_text("Go back to the tab with your form").wait_for()
    opened.value.close()
    page.bring_to_front()
    dialog.get_by_role("button", name="Save now").click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    expect(page.locator("#result_list")).to_contain_text(WORD)
    assert kept(page) == []


def test_without_the_script_signing_in_fills_the_form_in(page, visit):
    other = visit(java_script_enabled=False).page
    other.goto("/admin/statements/topic/add/")
    sign_in(other)
    other.locator("#id_names-0-name").fill(f"{WORD} 2")
    other.context.clear_cookies(name="sessionid")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_text("What you typed is kept")).to_be_visible()
    sign_in(other)
    expect(other.get_by_text("it was not saved")).to_be_visible()
    expect(other.locator("#id_names-0-name")).to_have_value(f"{WORD} 2")
    other.get_by_role("button", name="Discard it").click()
    expect(other.get_by_text("It is discarded")).to_be_visible()


def test_a_closed_page_offers_it_back_and_nobody_else_reads_it(page):
    open_topic(page).fill(f"{WORD} 3")
    wait_for_copy(page)
    page.wait_for_timeout(2000)
    [(_name, copy)] = kept(page)
    assert WORD not in copy
    context = page.context
    page.close(run_before_unload=False)
    again = context.new_page()
    name = open_topic(again)
    expect(again.get_by_text("You typed something here; it was not saved")).to_be_visible()
    expect(again.locator(".unsaved .moment")).to_have_text(
        re.compile(r"^\d\d? \w+ \d{4}, \d\d:\d\d$")
    )
    assert name.input_value() == ""
    again.get_by_role("button", name="Bring it back").click()
    expect(again.get_by_text("You typed this on")).to_be_visible()
    expect(again.locator("#id_names-0-name")).to_have_value(f"{WORD} 3")
    assert [one for one in violations(again) if "unsaved" in str(one)] == []
    again.get_by_role("button", name="Discard it").click()
    open_topic(again).fill(f"{WORD} 3")
    again.context.clear_cookies(name="sessionid")
    again.get_by_role("button", name="Save", exact=True).click()
    again.get_by_role("dialog").wait_for()
    assert violations(again) == []


def test_signing_out_leaves_nothing_in_the_browser(page):
    open_topic(page).fill(f"{WORD} 4")
    wait_for_copy(page)
    page.get_by_role("button", name="Log out").click()
    page.get_by_text("Logged out").or_(page.get_by_text("Log in again")).first.wait_for()
    assert kept(page) == []


def test_a_page_with_changes_is_not_left_without_a_word(page):
    name = open_topic(page)
    assert not on_leaving(page, lambda: page.goto("/admin/"))
    name = open_topic(page)
    name.fill(WORD)
    assert on_leaving(page, lambda: page.goto("/admin/"))


def test_after_back_what_is_seen_is_what_is_saved(page):
    name = open_topic(page)
    name.fill(f"{WORD} 5")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    page.go_back()
    expect(page.locator("#id_names-0-name")).to_have_value("")
    expect(page.get_by_text("it was not saved")).to_have_count(0)


def test_what_is_typed_into_the_editor_counts(page):
    page.goto("/admin/statements/statement/add/")
    words = page.locator("#texts-0 .tiptap")
    words.click()
    assert not on_leaving(page, lambda: page.goto("/admin/"))
    page.goto("/admin/statements/statement/add/")
    words.click()
    page.keyboard.type(WORD)
    wait_for_copy(page)
    assert on_leaving(page, lambda: page.goto("/admin/statements/statement/add/"))
    page.get_by_role("button", name="Bring it back").click()
    expect(words).to_contain_text(WORD)
    page.get_by_role("button", name="Discard it").click()
    expect(words).not_to_contain_text(WORD)


def test_a_form_is_not_saved_in_the_name_of_another_account(page, product):
    product.manage("shell", "-v0", "-c", MAKE_OTHER)
    open_topic(page).fill(f"{WORD} 6")
    other = page.context.new_page()
    other.goto("/admin/")
    other.get_by_role("button", name="Log out").click()
    other.goto("/admin/login/")
    other.get_by_label("E-mail address").fill("other@example.org")
    other.get_by_label("Password").fill(PASSWORD)
    other.locator("#login-form [type=submit]").click()
    other.get_by_text("What needs me").wait_for()
    page.bring_to_front()
    page.get_by_role("button", name="Save", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Somebody else is signed in")
    dialog.get_by_role("button", name="Back to the form").click()
    expect(page.locator("#id_names-0-name")).to_have_value(f"{WORD} 6")


def test_visitors_keep_what_they_typed_when_a_page_refuses_it(visit):
    """And they are asked before they leave it behind."""
    page = visit().page
    page.goto(SIGN)
    assert not on_leaving(page, lambda: page.goto("/"))
    page.goto(SIGN)
    name = page.locator(".sign-form input[name=name]").first
    name.fill(WORD)
    assert on_leaving(page, lambda: page.goto("/"))
    page.goto(SIGN)
    name.fill(WORD)
    page.route("**/sign/**", lambda route: route.fulfill(status=429, body="Later"))
    page.locator(".sign-form .send > button").first.click()
    page.get_by_text("Later").wait_for()
    page.unroute("**/sign/**")
    page.go_back()
    expect(name).to_have_value(WORD)


def test_after_back_the_editor_shows_what_would_be_saved(page):
    page.goto("/admin/statements/statement/")
    page.locator("#result_list").get_by_role("link", name="bus stop").click()
    words, field = page.locator("#texts-0 .tiptap"), page.locator("#id_texts-0-body")
    words.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {WORD}")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    page.goto("/admin/")
    page.go_back()
    page.go_back()
    expect(words).to_contain_text(WORD)  # what is stored, not what the page was opened with
    assert WORD in field.input_value()
    expect(page.get_by_text("it was not saved")).to_have_count(0)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(words).to_contain_text(WORD)
