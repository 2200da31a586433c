"""Texts that mark what they hold: HTML, Markdown, JSON, address cards."""

import json

import pytest

from casa.lib.documents.reading import DocumentRefused, Kind, TableBlock, TextBlock
from casa.lib.documents.tests.here import read_here as read


def blocks(text, kind):
    document = read(text.encode())
    assert document.kind is kind
    return document.blocks


PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Not seen</title>
<style>p { color: red }</style><script>var names = "John Poe"</script></head><body>
<h1>Signed by</h1>
<ul><li>Jane Roe, <b>Director</b></li><li>Ana&nbsp;Lima</li></ul>
<ol start="3"><li>Omar Said</ol>
<table><tr><th>Name<th>Organization<th>Town</tr>
<tr><td>Li Wei<td rowspan="2">River<br>Watch<td>Millbrook</tr>
<tr><td>Noor Aziz<td>Aldermouth</tr></table>
<p>Kim Park<br>Clerk<br>Friends of Libraries</p>
<p style="display:none">John Poe</p><p><del>John Poe</del></p>
</body></html>"""


def test_a_page_is_what_is_seen_of_it():
    document = read(PAGE.encode(), "page.html")
    assert document.kind is Kind.HTML
    assert document.blocks == [
        TextBlock([(1, "Signed by"), (2, "• Jane Roe, Director"), (3, "• Ana Lima"),
                   (4, "3. Omar Said")]),
        TableBlock("", [(5, ["Name", "Organization", "Town"]),
                        (6, ["Li Wei", "River\nWatch", "Millbrook"]),
                        (7, ["Noor Aziz", "River\nWatch", "Aldermouth"])]),
        TextBlock([(8, "Kim Park"), (9, "Clerk"), (10, "Friends of Libraries")]),
    ]  # fmt: skip
    assert document.notes == [(0, "1 tracked change taken as accepted, 1 hidden passage left out.")]


def test_paragraphs_of_several_lines_are_groups():
    (block,) = blocks("<div><p>Jane<br>Clerk</p><p>John<br>Judge</p></div>", Kind.HTML)
    assert [line for _number, line in block.lines] == ["Jane", "Clerk", "", "John", "Judge"]


def test_a_table_that_only_gives_a_page_its_form_is_lines():
    (block,) = blocks("<table><tr><td><p>Jane Roe</p><p>John Poe</p></table>", Kind.HTML)
    assert block.lines == [(1, "Jane Roe"), (2, "John Poe")]


def test_what_a_page_says_of_its_encoding_is_believed():
    page = '<html><meta charset="windows-1251"><p>Иван Петров</p></html>'
    document = read(page.encode("windows-1251"))
    assert document.blocks == [TextBlock([(1, "Иван Петров")])]
    assert not document.encoding_guessed


def test_a_page_that_is_called_a_workbook_is_said_to_be_one():
    document = read(b"<table><tr><td>Jane<td>Org</table>", "export.xls")
    assert document.blocks == [TableBlock("", [(1, ["Jane", "Org"])])]
    assert document.notes == [(0, "export.xls is a web page; it was read as one.")]


def test_a_page_of_a_depth_that_no_page_has_is_refused():
    with pytest.raises(DocumentRefused, match="cannot be told for sure"):
        read(("<div>" * 20_000 + "Jane Roe").encode())


def test_tables_in_markdown_are_tables_and_the_rest_is_lines():
    text = "# Signed\n\n- Jane *Roe*\n\n| Name | Org |\n|:--|---|\n| Ana | A \\| B |\nEnd"
    assert blocks(text, Kind.MARKDOWN) == [
        TextBlock([(1, "# Signed"), (2, ""), (3, "- Jane *Roe*")]),
        TableBlock("", [(5, ["Name", "Org"]), (7, ["Ana", "A | B"])]),
        TextBlock([(8, "End")]),
    ]


PEOPLE = [{"name": "Jane Roe", "at": {"org": "River Watch"}}, {"name": "Ana", "tags": ["a", 2]}]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(PEOPLE),
        json.dumps({"count": 2, "signatories": PEOPLE, "pages": []}),
        "\n".join(map(json.dumps, PEOPLE)),
    ],
)
def test_objects_in_json_are_rows_below_the_names_of_their_fields(text):
    rows = [
        (0, ["name", "at.org", "tags"]), (1, ["Jane Roe", "River Watch"]), (2, ["Ana", "", "a, 2"]),
    ]  # fmt: skip
    assert blocks(text, Kind.JSON) == [TableBlock("", rows)]


def test_names_in_json_are_lines():
    assert blocks('["Jane Roe", "Ana"]', Kind.JSON) == [TextBlock([(1, "Jane Roe"), (2, "Ana")])]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"name": "Jane"},\n{"name" "Ana"}]', "error stands in line 2"),
        ("[" * 100_000 + '"' + "]" * 100_000, "more memory or time"),
        ('["' + "9" * 10 + '", ' + "9" * 5_000 + "]", "no valid JSON"),
        ('[[], [], ""]', "No words"),
    ],
)  # fmt: skip
def test_broken_json_is_a_sentence(text, said):
    with pytest.raises(DocumentRefused, match=said):
        read(text.encode())


CARDS = r"""BEGIN:VCARD
VERSION:3.0
N:Roe;Jane;;Dr.;
FN:Dr. Jane Roe
ORG:Friends of Libraries\, Millbrook;Board
TITLE:Direc
 tor
item1.ADR;TYPE=WORK:;;1 High Street;Aldermouth;;12345;Norland
EMAIL:jane@example.org
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lima;Jos=C3=
=A9
END:VCARD
"""


def test_address_cards_are_rows():
    (table,) = blocks(CARDS, Kind.VCARD)
    assert table.rows[1:] == [
        (1, ["Dr. Jane Roe", "Director", "", "Friends of Libraries, Millbrook, Board",
             "Aldermouth", "Norland", "jane@example.org"]),
        (11, ["José Lima"]),
    ]  # fmt: skip
