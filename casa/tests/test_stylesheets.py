"""The style sheets of public pages: each in its layer, and nothing in them that no page has."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHEETS = sorted((ROOT / "static/casa/site").glob("*.css"))
LAYERS = "foundation", "components", "page", "print"
ALONE = {"paper.css"}  # of a document that the layers are not for
LAYERED = [sheet for sheet in SHEETS if sheet.name not in ALONE]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def rules_of(sheet):
    """What stands before each opening brace or, of a statement, its semicolon; with its depth."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    depth = 0
    for words, mark in re.findall(r"([^{};]*)([{};])", text):
        if mark == "{" or (mark == ";" and not depth):
            yield depth, " ".join(words.split())
        depth += {"{": 1, "}": -1}.get(mark, 0)
    assert depth == 0, f"{sheet.name}: braces do not match"


def linked_in(text):
    return re.findall(r"'casa/site/([\w-]+\.css)'", text)


@pytest.mark.parametrize(
    "sheet", sorted((ROOT / "static/casa").glob("*.css")), ids=lambda sheet: sheet.name
)
def test_every_rule_of_the_back_office_has_an_end(sheet):
    assert list(rules_of(sheet))


EVERY_SHEET = sorted((ROOT / "static/casa").rglob("*.css"))
DECLARATION = re.compile(r"(?<![\w-])([a-z-]+)\s*:\s*([^;{}]+?)\s*(?=[;}])")
PHYSICAL = re.compile(
    r"(scroll-)?(margin|padding)-(left|right)|border-(left|right)(-\w+)?|left|right"
    r"|border-(top|bottom)-(left|right)-radius"
)
SIDES = {"margin", "padding", "inset", "border-width", "border-style", "border-color",
         "scroll-margin", "scroll-padding"}  # fmt: skip
ONE_SIDED = {"text-align", "float", "clear"}


def parts_of(value):
    """The parts of a value that has several, with what stands in brackets kept together."""
    return re.findall(r"(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+", value.replace("!important", ""))


def is_physical(name, value):
    """Whether a declaration is about the left or the right, where pages may begin on either."""
    if PHYSICAL.fullmatch(name):
        return True
    parts = parts_of(value)
    if name in SIDES and len(parts) == 4:
        return parts[1] != parts[3]
    if name == "border-radius" and len(parts) > 2 and "/" not in value:
        top_left, top_right, bottom_right, bottom_left = [*parts, parts[1]][:4]
        return (top_left, bottom_left) != (top_right, bottom_right)
    return name in ONE_SIDED and value.split()[0] in ("left", "right")


@pytest.mark.parametrize("sheet", EVERY_SHEET, ids=lambda sheet: sheet.name)
def test_nothing_has_a_left_or_a_right(sheet):
    """`margin-inline-start` and its kin stand on the side on which a language begins."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    found = [f"{name}: {value}" for name, value in DECLARATION.findall(text)
             if is_physical(name, value)]  # fmt: skip
    assert found == [], "Write margin-inline-start, inset-inline-end, text-align: start and so on"


def test_nor_has_any_style_in_a_template():
    wrong = []
    for template in TEMPLATES:
        text = template.read_text("utf-8")
        styles = re.findall(r'style="([^"]*)"|<style>(.*?)</style>', text, flags=re.DOTALL)
        for attribute, block in styles:
            wrong += [(template.name, name, value)
                      for name, value in DECLARATION.findall(f"{attribute or block};")
                      if is_physical(name, value)]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize(("name", "value", "physical"), [
    ("margin-left", "1px", True), ("margin-inline", "1px", False), ("left", "0", True),
    ("padding", "0 0 0 12px", True), ("padding", "0 calc(1px + 2px) 0 calc(1px + 2px)", False),
    ("padding", "0 1px 2px", False), ("border-radius", "4px 4px 0 0", False),
    ("border-radius", "4px 0 0 4px", True), ("border-radius", "4px 0 0", True),
    ("text-align", "right", True), ("text-align", "start", False), ("float", "left", True),
])  # fmt: skip
def test_sides_are_told(name, value, physical):
    assert is_physical(name, value) == physical


def test_no_pill_floats_beside_a_form_on_a_tablet():
    text = (ROOT / "static/casa/admin.css").read_text("utf-8")
    narrow = re.findall(r"@media \(max-width: 1024px\) \{\n(.*?)\n\}", text, flags=re.DOTALL)
    rules = [rule for block in narrow for rule in re.findall(r"([^{}]+)\{([^}]*)\}", block)]
    assert [how for what, how in rules if what.strip() == "#content .object-tools"
            and "float: none" in how]  # fmt: skip


def office_rule(wanted, name="admin.css"):
    text = (ROOT / "static/casa" / name).read_text("utf-8")
    return re.search(rf"^{re.escape(wanted)} \{{\n(.*?)\}}", text, re.DOTALL | re.MULTILINE)[1]


def test_a_button_in_a_form_is_no_smaller_than_others():
    assert "padding: 10px 15px;" in office_rule("form .button")


def test_a_button_that_takes_away_is_no_red_on_the_accent():
    rule = office_rule("#content .button.deletelink")
    assert "background: none;" in rule
    assert "color: var(--error-fg);" in rule


def test_a_select_of_an_import_is_no_wider_than_its_form():
    assert "max-width: 100%;" in office_rule(".import-form select", "admin-imports.css")


def test_the_bar_that_saves_lines_sticks_at_every_width():
    text = (ROOT / "static/casa/admin-imports.css").read_text("utf-8")
    assert "position: static" not in text


def test_the_list_of_imports_has_its_filters_below_at_every_width():
    rule = office_rule(".change-list.model-importbatch #changelist.filtered")
    assert "flex-direction: column;" in rule


@pytest.mark.parametrize("sheet", LAYERED, ids=lambda sheet: sheet.name)
def test_every_rule_is_in_the_one_layer_of_its_file(sheet):
    outermost = {words for depth, words in rules_of(sheet) if not depth}
    named = {words for words in outermost if not words.startswith(("@layer foundation,", "@page"))}
    assert len(named) == 1, named  # what is in no layer wins over all of them
    assert named.pop() in {f"@layer {name}" for name in LAYERS}


def test_the_order_of_layers_is_said_once_where_every_page_begins():
    said = [(sheet.name, words) for sheet in LAYERED for _depth, words in rules_of(sheet)
            if words.startswith("@layer") and "," in words]  # fmt: skip
    assert said == [("foundation.css", f"@layer {', '.join(LAYERS)}")]


def test_templates_link_every_style_sheet_in_the_order_of_layers():
    found = set()
    for template in TEMPLATES:
        linked = linked_in(template.read_text("utf-8"))
        found |= set(linked)
        if "foundation.css" in linked:
            assert linked[:2] == ["foundation.css", "components.css"], template.name
            assert linked[-1] == "print.css", template.name
    assert found == {sheet.name for sheet in SHEETS}


def test_the_typeface_is_ours_small_and_moves_nothing():
    text = (ROOT / "static/casa/site/typeface.css").read_text("utf-8")
    fonts = {
        file.name: file.stat().st_size for file in (ROOT / "static/casa/fonts").glob("*.woff2")
    }
    assert sorted(re.findall(r'url\("../fonts/([\w-]+\.woff2)"\)', text)) == sorted(fonts)
    assert text.count("font-display: optional;") == text.count("url(") == len(fonts)
    # The punctuation of every page is in the first; few pages need more than that and two others.
    assert fonts["serif-latin.woff2"] + sum(sorted(fonts.values())[-2:]) < 60 * 1024
    assert fonts["serif-latin.woff2"] < 17 * 1024


@pytest.mark.medium
def test_every_class_is_one_that_pages_have():
    sources = [*TEMPLATES, *(ROOT / "static/casa").glob("*.js"), *(
        file for app in ("casa", "statements", "signatories") for file in (ROOT / app).rglob("*.py")
        if "tests" not in file.parts
    )]  # fmt: skip
    text = "\n".join(file.read_text("utf-8") for file in sources)
    # `signers-{{ statement.signers }}` stands for every class that begins so.
    begun = tuple(re.findall(r'class="[^"]*?([\w-]+-)\{\{', text))
    words = set(re.findall(r"[A-Za-z][\w-]*", text))
    unknown = {
        (sheet.name, name)
        for sheet in SHEETS
        for _depth, selector in rules_of(sheet)
        for name in re.findall(r"\.([A-Za-z][\w-]*)", selector)
        if name not in words and not name.startswith(begun) and not name.startswith("altcha-")
    }
    assert not unknown
