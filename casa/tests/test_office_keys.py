"""Keys of the back office, in a browser: the next signature, the search, the list of keys, none."""

import pytest
from playwright.sync_api import expect

from casa.demo import content

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]


@pytest.fixture
def office(visit):
    page = visit().page
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill(content.LOGIN)
    page.get_by_label("Password").fill(content.PASSWORD)
    page.locator("#login-form [type=submit]").click()
    page.goto("/admin/signatories/signature/?kind__exact=person")
    return page


def _arrive_at(office, name):
    expect(office.locator("h2").first).to_contain_text(name.split("\n")[0])
    office.wait_for_load_state()  # the script of the keys runs by then


def test_keys_lead_through_a_list_and_stop_where_somebody_types(office):
    names = office.locator("#result_list tbody th a")
    first, second = names.nth(0).inner_text(), names.nth(1).inner_text()
    office.keyboard.press("j")
    expect(names.nth(0)).to_be_focused()
    office.keyboard.press("j")
    expect(names.nth(1)).to_be_focused()
    office.keyboard.press("k")
    expect(names.nth(0)).to_be_focused()
    office.keyboard.press("Enter")
    _arrive_at(office, first)
    office.keyboard.press("j")
    _arrive_at(office, second)
    office.keyboard.press("k")
    _arrive_at(office, first)
    # In a field a letter is a letter.
    field = office.locator("#id_name")
    if field.count():
        field.focus()
        office.keyboard.press("End")
        office.keyboard.type("j/?")
        assert field.input_value().endswith("j/?")
        expect(office.locator("#keys")).not_to_be_visible()
        field.evaluate("one => one.blur()")
        office.reload()
    # A decision's page opens by its key, and decides nothing.
    office.keyboard.press("h")
    expect(office.locator("form.decision")).to_be_visible()


def test_the_keys_are_listed_and_can_be_switched_off(office):
    office.keyboard.press("/")
    expect(office.locator("#office-search-words")).to_be_focused()
    office.locator("#office-search-words").evaluate("one => one.blur()")
    office.keyboard.press("?")
    dialog = office.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Search everything")
    office.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    office.get_by_role("button", name="Keys").click()
    dialog.get_by_role("checkbox").uncheck()
    dialog.get_by_role("button", name="Close this list").click()
    office.reload()
    office.keyboard.press("/")
    expect(office.locator("#office-search-words")).not_to_be_focused()
    office.keyboard.press("j")
    expect(office.locator("#result_list tbody th a").first).not_to_be_focused()
    office.get_by_role("button", name="Keys").click()
    dialog.get_by_role("checkbox").check()
    dialog.get_by_role("button", name="Close this list").click()
    office.locator("body").press("/")
    expect(office.locator("#office-search-words")).to_be_focused()
