"""An author at the statement's screen, in a browser: pasting, languages, order, two windows."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from casa.demo import content

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

DATA = Path(__file__).parents[1] / "lib/html/tests/data"
DRAFT = "A bench at every bus stop"
PASTE = """([selector, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "not this");
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  document.querySelector(selector).dispatchEvent(new ClipboardEvent("paste", options));
}"""
WORDS = "#texts-0 .tiptap"


@pytest.fixture
def screen(visit):
    """The screen of the demo's draft."""
    return open_screen(visit)


def open_screen(visit, part="", **options):
    return open_draft(visit(**options).page, part)


def open_draft(page, part=""):
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill(content.LOGIN)
    page.get_by_label("Password").fill(content.PASSWORD)
    page.locator("#login-form [type=submit]").click()
    page.goto("/admin/statements/statement/")
    page.locator("#result_list").get_by_role("link", name="bus stop").click()
    if part:
        page.get_by_role("navigation", name="Parts").get_by_role("link", name=part).click()
    return page


def paste(page, name):
    page.locator(WORDS).click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.evaluate(PASTE, [WORDS, (DATA / name).read_text(encoding="utf-8")])


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


@pytest.mark.parametrize("name", ["word.html", "docs.html"])
def test_what_is_pasted_arrives_as_what_it_is(screen, name):
    paste(screen, name)
    words = screen.locator(WORDS)
    expect(words.locator("h2")).to_have_text("Keep the reading room open")
    expect(words.locator("strong").first).to_have_text("three schools")
    expect(words.locator("em")).to_have_text("Saturdays")
    expect(words.locator("sup").first).to_contain_text("1")
    expect(words.locator("ul ul li")).to_have_text("even in winter")
    expect(words.get_by_role("link")).to_have_attribute("href", "https://example.org/plan")
    expect(words.locator("span, b, i, h1, [class^=Mso]")).to_have_count(0)
    before = words.inner_text()
    save(screen)
    expect(screen.get_by_text("was changed successfully")).to_be_visible()
    assert screen.locator(WORDS).inner_text() == before


SAMPLES = DATA.parent / "clipboard"


def sample(name):
    return (SAMPLES / name).read_text(encoding="utf-8").partition("\n=== clipboard\n")[2]


def paste_html(page, html):
    page.locator(WORDS).click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.evaluate(PASTE, [WORDS, html])


def test_what_was_left_out_is_said_below_the_editor(screen):
    paste_html(screen, sample("word/everything-at-once.txt"))
    said = screen.get_by_role("status").filter(has_text="2 tracked changes taken as accepted")
    expect(said).to_have_text("2 tracked changes taken as accepted, 1 comment, 1 picture left out.")
    expect(screen.locator(WORDS)).to_have_text("The fee would rise by 5 percent.")
    screen.get_by_text("See what that was").click()
    expect(screen.locator(".pasted li").filter(has_text="Comment")).to_contain_text("Source?")


def test_what_was_left_out_can_be_put_back(screen):
    paste_html(screen, sample("word/signature-with-disclaimers.txt"))
    screen.get_by_text("See what that was").click()
    expect(screen.locator(WORDS)).to_have_text("The room is warm.")
    screen.get_by_role("button", name="Put it back at the cursor").click()
    paragraphs = screen.locator(f"{WORDS} p")
    expect(paragraphs.nth(1)).to_have_text("Nora Hall")
    expect(paragraphs.nth(2)).to_have_text("Tel. 555 01 00")
    assert screen.locator(WORDS).inner_text().count("whoever has it by mistake") == 11
    expect(screen.get_by_role("button", name="Put back")).to_be_disabled()


DROP = """([selector, html]) => {
  const words = document.querySelector(selector);
  const { x, y } = words.getBoundingClientRect();
  const data = new DataTransfer();
  data.setData("text/html", html);
  words.dispatchEvent(new DragEvent("drop", {
    dataTransfer: data, bubbles: true, cancelable: true, clientX: x + 5, clientY: y + 5,
  }));
}"""


def test_what_is_dropped_is_cleaned_as_well(screen):
    screen.locator(WORDS).click()
    screen.evaluate(DROP, [WORDS, sample("word/deleted-and-inserted.txt")])
    expect(screen.locator(WORDS)).to_contain_text("The fee would rise by 5 percent.")
    expect(screen.locator(".pasted")).to_contain_text("2 tracked changes taken as accepted.")


def test_numbers_of_lists_are_kept_by_the_editor(screen):
    paste_html(screen, sample("word/list-in-levels.txt"))
    words = screen.locator(WORDS)
    expect(words.locator("ol ol")).to_have_count(2)
    words.get_by_text("We offer").click()
    screen.keyboard.press("End")
    screen.keyboard.type(" to help")  # the editor writes all of it anew
    save(screen)
    expect(screen.get_by_text("was changed successfully")).to_be_visible()
    styles = "all => all.map(one => getComputedStyle(one).listStyleType)"
    kinds = ["decimal", "lower-alpha-paren", "lower-roman-parens"]
    assert screen.locator(f"{WORDS} ol").evaluate_all(styles) == kinds
    drawn = screen.evaluate("""() => {
        const inner = (rule) => rule.styleSheet?.cssRules ?? rule.cssRules ?? [];
        const all = (rules) => [...rules].flatMap((rule) => [rule, ...all(inner(rule))]);
        return [...document.styleSheets].flatMap((sheet) => all(sheet.cssRules))
            .filter((rule) => rule instanceof CSSCounterStyleRule).map((rule) => rule.name);
    }""")
    assert set(kinds) - {"decimal"} <= set(drawn)
    expect(screen.locator(WORDS)).to_contain_text("We offer to help")


def test_a_pasted_picture_waits_among_the_files(screen):
    picture = "data:image/png;base64,iVBORw0KGgo="
    paste_html(screen, f'<p class=x>The map:<img alt="Map" src="{picture}"></p>')
    with screen.context.expect_page() as opened:
        screen.get_by_role("button", name="Add it to the files").click()
    expect(screen.get_by_role("button", name="It waits among the files")).to_be_disabled()
    expect(screen.locator(WORDS)).to_have_text("The map:")  # they wait to be saved, untouched
    files = opened.value
    file = files.locator("#attachments-group input[type=file]:not([name*=__prefix__])").last
    expect(files.locator("#id_attachments-0-title")).to_have_value("Map")
    assert file.evaluate("one => one.files[0].name") == "Map.png"


def test_nothing_is_pasted_uncleaned_after_the_end_of_a_session(screen):
    page = {"status": 200, "content_type": "text/html", "body": "<p>Sign in.</p>"}
    screen.route("**/pasted/", lambda route: route.fulfill(**page))
    paste_html(screen, sample("word/everything-at-once.txt"))
    expect(screen.get_by_role("status").filter(has_text="nothing was pasted")).to_be_visible()
    expect(screen.locator(WORDS)).to_have_text("")


def test_a_missing_language_is_a_tab_that_says_so(screen):
    tab = screen.get_by_role("tab", name="Azərbaycanca")
    expect(tab).to_contain_text("missing")
    screen.get_by_role("tab", name="English").focus()
    screen.keyboard.press("ArrowRight")
    expect(tab).to_be_focused()
    expect(screen.locator("#id_texts-1-title")).to_be_hidden()
    screen.get_by_text("Add this translation").click()
    screen.locator("#id_texts-1-title").fill("Hər dayanacaqda oturacaq")
    screen.locator("#texts-1 .tiptap").click()
    screen.keyboard.type("Gözləmək də yoldur.")
    save(screen)
    expect(screen.get_by_text("was changed successfully")).to_be_visible()
    expect(screen.get_by_role("tab", name="Azərbaycanca")).not_to_contain_text("missing")


def test_the_order_is_changed_by_keyboard_and_by_dragging(visit):
    screen = open_screen(visit, "Addressees")
    screen.set_viewport_size({"width": 1280, "height": 1800})  # nothing scrolls while it is dragged
    for number, name in enumerate(("First", "Second", "Third")):
        screen.locator("#targets-group .add-row a").click()
        screen.locator(f"#id_targets-{number}-name").fill(name)
    screen.locator("#targets-2 .move").first.focus()
    screen.keyboard.press("Enter")
    screen.locator("#targets-0 .handle").drag_to(screen.locator("#targets-1 h3"))
    save(screen)
    expect(screen.get_by_text("was changed successfully")).to_be_visible()
    names = [screen.locator(f"#id_targets-{number}-name").input_value() for number in range(3)]
    assert names == ["Third", "First", "Second"]


def test_the_second_window_is_asked_and_loses_nothing(screen, visit):
    other = open_screen(visit)
    other.locator("#id_texts-0-title").fill(f"{DRAFT}, please")
    other.locator("#id_place").fill("Millbrook")
    save(other)
    expect(other.get_by_text("was changed successfully")).to_be_visible()
    screen.locator("#id_texts-0-title").fill("Benches for who waits")
    screen.locator("#id_texts-0-summary").fill("Waiting is part of the way.")
    save(screen)
    alert = screen.locator(".conflict")
    expect(alert).to_be_focused()
    alert.get_by_role("link", name="Title").click()
    versions = screen.locator(".versions")
    expect(versions).to_have_count(1)
    expect(versions).to_contain_text("You changed this in another window on")
    expect(versions).to_contain_text(f"{DRAFT}, please")
    versions.get_by_label("As in the other window").check()
    save(screen)
    expect(screen.get_by_text("was changed successfully")).to_be_visible()
    expect(screen.locator("#id_texts-0-title")).to_have_value(f"{DRAFT}, please")
    expect(screen.locator("#id_texts-0-summary")).to_have_value("Waiting is part of the way.")
    expect(screen.locator("#id_place")).to_have_value("Millbrook")


def test_without_scripts_languages_are_sections_and_rows_can_be_added(visit):
    page = open_screen(visit, java_script_enabled=False)
    for name in ("English", "Azərbaycanca"):
        expect(page.get_by_role("region", name=name)).to_be_visible()
    page.get_by_role("link", name="Addressees and sources").click()
    page.get_by_role("link", name="Add another: addressee").click()
    row = page.locator("#targets-group .inline-related:not(.empty-form)").last
    row.locator("[name$=-name]").fill("The transport authority")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
