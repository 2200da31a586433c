"""Friday night: 340 names in a mail become signatures, in a browser, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from casa.demo import content

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

GIVEN = (
    "Ada", "Nora", "Tomas", "Ines", "Quentin", "Lena", "Marek", "Oskar", "Ruth", "Sami", "Yara",
    "Ilse", "Piotr", "Hugo", "Dana", "Femi", "Karl", "Mina", "Paula", "Victor",
)  # fmt: skip
FAMILY = ("Abernath", "Bickerton", "Calloway", "Dunmore", "Eastwick", "Fenwick", "Garroway",
          "Hollis", "Inglewood", "Jarrow", "Kettering", "Lockwood", "Marlow", "Norbury", "Oakham",
          "Penrose", "Quarles")  # fmt: skip
SURE = [f"{given} {family}, Teacher, Leeds, UK" for given in GIVEN for family in FAMILY][:336]
UNSURE = ["Qxa", "Qxb", "Qxc", "Qxd"]
STATEMENT = "Keep every branch library open"


def reach(page, wanted):
    """Go to an element as somebody without a mouse does."""
    for _ in range(400):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The key Tab does not reach {wanted}.")


def press(page, wanted):
    reach(page, wanted)
    page.keyboard.press("Enter")


def signed(page):
    page.goto("/statements/")
    page.get_by_role("link", name=re.compile(STATEMENT)).first.click()
    found = re.search(r"([\d,]+)\s*people", page.locator("[data-count]").first.inner_text())
    return int(found[1].replace(",", ""))


def test_340_names_are_right_before_eight(visit):
    page = visit().page
    before = signed(page)
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill(content.LOGIN)
    page.get_by_label("Password").fill(content.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Imports").first).to_be_visible()

    page.goto("/admin/signatories/importbatch/new/")
    reach(page, page.locator("#id_statement"))
    page.keyboard.type(STATEMENT)
    reach(page, page.locator("#id_text"))
    page.keyboard.insert_text("\n".join([*SURE, *UNSURE]))
    reach(page, page.locator("input[name=consent]").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("By letter or e-mail")).to_be_checked()
    press(page, page.get_by_role("button", name="Read it"))
    expect(page.locator(".counts")).to_contain_text("340", timeout=30_000)

    press(page, page.get_by_role("button", name="Take all 336 sure lines"))
    expect(page.get_by_text("336 sure lines are taken.")).to_be_visible()
    lines = page.locator("article.import-line")
    expect(lines).to_have_count(4)
    reach(page, lines.nth(0).locator("select").first)
    page.keyboard.type("Leave")
    reach(page, lines.nth(1).get_by_label("Name", exact=True))
    page.keyboard.press("Control+a")
    page.keyboard.type("Quentin Xavier Boyle")
    press(page, page.get_by_role("button", name="Save, and take all on this page"))
    expect(page.get_by_text("No lines here.").or_(page.locator(".counts"))).to_be_visible()
    expect(page.locator(".counts div", has_text="To decide").locator("dd")).to_have_text("0")

    press(page, page.get_by_role("link", name="Put 339 under the statement"))
    expect(page.get_by_text("339 lines are taken")).to_be_visible()
    press(page, page.get_by_role("button", name="Put 339 under the statement"))
    said = page.get_by_text("339 names of this import stand under the statement.")
    expect(said).to_be_visible(timeout=120_000)
    assert signed(page) == before + 339
    page.get_by_role("link", name=re.compile("See all who signed")).click()
    expect(page.get_by_text("collected by the organizer: 339 people")).to_be_visible()
