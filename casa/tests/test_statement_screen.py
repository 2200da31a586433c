"""The statement's screen in a browser: parts, bar, steps, keys; on a phone and without scripts."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from casa.tests.axe import violations
from casa.tests.test_statement_editor import open_draft, open_screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

PARTS = (
    "Words", "Who signs and what is asked", "Dates", "Addressees and sources", "Files",
    "After publication", "Comments and steps",
)  # fmt: skip
PHONE = {"viewport": {"width": 360, "height": 740}, "reduced_motion": "reduce"}


def go_to(page, part):
    page.get_by_role("navigation", name="Parts").get_by_role("link", name=part).click()


def test_no_part_is_wider_than_a_phone_or_breaks_a_rule_of_accessibility(visit):
    visitor = visit(**PHONE)
    page = open_draft(visitor.page)
    for part in PARTS:
        go_to(page, part)
        expect(page.get_by_role("link", name=part)).to_have_attribute("aria-current", "page")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, part
        judge(visitor)
    for menu in ("Before you publish", "More"):
        page.locator(".bar summary", has_text=menu).click()
        judge(visitor)


def judge(visitor):
    """What axe itself writes into the page, the page's own policy refuses: that is no problem."""
    assert visitor.problems == []
    assert violations(visitor.page) == [], visitor.page.url
    visitor.problems.clear()


def test_what_is_typed_is_told_saved_by_key_and_by_the_step(visit):
    page = open_screen(visit)
    state = page.locator("#save-state")
    expect(state).to_have_text("Everything is saved")
    step = page.locator(".bar > [name=_step][value=publish]")
    expect(step).to_have_text("Publish at once …")
    page.locator("#id_texts-0-summary").fill("Waiting is part of the way.")
    expect(state).to_have_text("Not saved yet")
    expect(step).to_have_text("Save and publish …")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(state).to_have_text("Everything is saved")
    page.locator("#id_texts-0-summary").fill("Waiting is half of the way.")
    expect(step).to_have_text("Save and publish …")
    step.click()
    expect(page.get_by_role("button", name="Publish at once")).to_be_visible()
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator("#id_texts-0-summary")).to_have_value("Waiting is half of the way.")


def test_a_line_of_the_list_leads_to_its_field_and_opens_what_hides_it(visit):
    page = open_screen(visit, "Dates")
    page.locator(".bar summary", has_text="Before you publish").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="No translation into Azerbaijani").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/change/#texts-1$"))
    expect(page.locator("#id_texts-1-title")).to_be_focused()


def test_a_menu_closes_with_escape_and_leaves_the_focus_where_it_was(visit):
    page = open_screen(visit)
    summary = page.locator(".bar summary", has_text="More")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Delete this draft")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Delete this draft")).to_be_hidden()
    expect(summary).to_be_focused()


def test_old_addresses_lead_to_the_part_that_has_the_rows_now(visit):
    page = open_screen(visit)
    page.goto(f"{page.url}#attachments-group")
    expect(page).to_have_url(re.compile(r"/change/files/#attachments-group$"))


def test_a_title_is_enough_and_the_rest_comes_part_by_part_without_scripts(visit):
    page = open_screen(visit, java_script_enabled=False)
    page.goto("/admin/statements/statement/add/")
    page.locator("#id_texts-0-title").fill("Lights on the towpath")
    page.get_by_role("button", name="Save as a draft").click()
    go_to(page, "Dates")
    late = datetime.now(UTC) + timedelta(days=500)
    page.locator("#id_publish_at_0").fill(f"{late:%Y-%m-%d}")
    page.locator("#id_publish_at_1").fill("10:00")
    page.locator(".bar").get_by_role("button", name="Save and publish …").click()
    expect(page.get_by_role("heading", name="Before you publish")).to_be_visible()
    expect(page.get_by_role("link", name="No words in English yet.")).to_be_visible()
    expect(page.get_by_text("in more than a year")).to_be_visible()
