"""A region is offered of the chosen country alone, and without scripts of all."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.page]

SIGN = "/sign/clean-the-alder-below-the-old-mill/"


def test_the_regions_follow_the_country(visit):
    page = visit().page
    page.goto(SIGN)
    page.locator(".more > summary").click()
    region = page.get_by_label("State or region")
    expect(region).to_be_hidden()
    page.get_by_label("Country").select_option("US")
    region.select_option("US-NY")
    assert region.locator("option").count() < 70
    page.get_by_label("Country").select_option("NO")
    expect(region).to_be_hidden()
    page.get_by_label("Your comment").fill("We swim here every summer.")
    page.get_by_text("26 / 1,000").wait_for()
    # After an error the choice stands, and the summary has the focus.
    page.get_by_label("Country").select_option("CA")
    region.select_option("CA-ON")
    page.get_by_role("button", name="Sign").click()
    page.get_by_role("alert").wait_for()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(region).to_have_value("CA-ON")


def test_without_scripts_a_region_of_another_country_is_refused_at_its_field(visit):
    page = visit(java_script_enabled=False).page
    page.goto(SIGN)
    page.locator(".more > summary").click()
    page.get_by_label("Country").select_option("NO")
    page.get_by_label("State or region").select_option("US-NY")
    page.get_by_role("button", name="Sign").click()
    expect(page.get_by_text("New York is not in Norway")).to_have_count(2)
    expect(page.get_by_label("State or region")).to_have_value("US-NY")
