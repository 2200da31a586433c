"""A page is filled in with what was typed, and with nothing else."""

from casa.lib.html.filling import add, fill

PAGE = """<form method="get"><input name="q"></form>
<form method="post" class="a">
<input type="hidden" name="csrf" value="new"><input type="hidden" name="version" value="2">
<input name="title" value="Old &amp; gone"><textarea name="body">
Old</textarea>
<input type="checkbox" name="big" checked><input type="radio" name="way" value="a" checked>
<input type="radio" name="way" value="b">
<select name="kind"><option value="x" selected>X</option><option value="y">Y</option></select>
<select name="many" multiple><option>one</option><option>two</option></select>
<input type="password" name="word"><input type="file" name="file" required>
</form><form method="post"><input name="other"></form>"""

ROWS = """<form method="post">
<input type="hidden" name="r-TOTAL_FORMS" value="{total}"><input name="title" value="">
{rows}<div class="inline-related empty-form last" id="r-empty"><div>
<input type="hidden" name="r-__prefix__-id"><input name="r-__prefix__-name" value="">
</div></div></form>"""


def row(number, key, name, ticked=""):
    return (
        f'<div id="r-{number}"><input type="hidden" name="r-{number}-id" value="{key}">'
        f'<input name="r-{number}-name" value="{name}">'
        f'<input type="checkbox" name="r-{number}-on"{ticked}></div>'
    )


def typed_rows(*rows):
    fields = [("r-TOTAL_FORMS", str(len(rows))), ("title", "T")]
    for number, (key, name) in enumerate(rows):
        fields += [(f"r-{number}-id", key), (f"r-{number}-name", name)]
    return fields


def test_each_kind_of_field():
    typed = [
        ("title", 'New "<b>'), ("body", "<p>New</p>"), ("way", "b"), ("kind", "y"),
        ("many", "one"), ("many", "two"), ("csrf", "old"), ("version", "1"), ("word", "secret"),
    ]  # fmt: skip
    filled = fill(PAGE, typed, hidden=["version"])
    assert '<input name="title" value="New &quot;&lt;b&gt;">' in filled.page
    assert '<textarea name="body">\n&lt;p&gt;New&lt;/p&gt;</textarea>' in filled.page
    assert '<input type="checkbox" name="big">' in filled.page
    assert 'value="b" checked=""' in filled.page
    assert 'value="a" checked' not in filled.page
    assert '<option value="y" selected="">' in filled.page
    assert filled.page.count('selected=""') == 3
    assert 'name="csrf" value="new"' in filled.page
    assert 'name="version" value="1"' in filled.page
    assert "secret" not in filled.page
    assert filled.left == []


def test_what_has_no_field_is_left():
    typed = [("title", "New"), ("gone", "Words"), ("kind", "z")]
    filled = fill(PAGE, typed)
    assert filled.left == [("gone", "Words"), ("kind", "z")]


def test_a_page_without_the_form_stays_as_it_is():
    filled = fill("<p>Nothing</p>", [("title", "New")])
    assert (filled.page, filled.left) == ("<p>Nothing</p>", [("title", "New")])


def test_the_form_with_most_of_the_fields_is_filled_in():
    page = fill(PAGE, [("other", "Words")], inside="<!-- here -->").page
    assert page.endswith(
        '<form method="post"><!-- here --><input name="other" value="Words"></form>'
    )
    assert 'value="Old &amp; gone"' in page


def test_a_row_is_found_by_its_key_and_a_new_one_is_made():
    page = ROWS.format(
        total=2, rows=row(0, 7, "Theirs", " checked") + row(1, 5, "Mine before")
    )  # a colleague added 7 in front of 5
    filled = fill(page, typed_rows(("5", "Mine now"), ("", "New one"), ("", "")))
    assert 'name="r-0-name" value="Theirs"' in filled.page
    assert 'name="r-0-on" checked' in filled.page
    assert 'name="r-1-name" value="Mine now"' in filled.page
    assert 'name="r-2-name" value="New one"' in filled.page
    assert 'name="r-TOTAL_FORMS" value="3"' in filled.page
    assert "r-3-" not in filled.page
    assert 'id="r-empty"' in filled.page
    assert filled.left == []


def test_a_row_that_was_removed_meanwhile_comes_back_as_a_new_one():
    filled = fill(ROWS.format(total=0, rows=""), typed_rows(("5", "Mine")))
    assert '<input type="hidden" name="r-0-id">' in filled.page
    assert 'name="r-0-name" value="Mine"' in filled.page


def test_rows_that_the_page_cannot_make_are_left():
    page = '<form method="post"><input name="r-TOTAL_FORMS" value="0"><input name="title"></form>'
    filled = fill(page, typed_rows(("", "New one")))
    assert filled.left == [("r-gone-name", "New one")]


def test_pieces_stand_behind_their_files():
    page = add(PAGE, after_files={"file": "<i>kept</i>"})
    assert '<input type="file" name="file"><i>kept</i>' in page
    assert 'name="big" checked' in page
