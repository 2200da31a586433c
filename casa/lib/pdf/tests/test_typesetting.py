"""Formatted words as plain data, and documents made of it: the same words, the same bytes."""

from datetime import UTC, datetime

import pytest

from casa.lib.html.sanitizer import clean
from casa.lib.html.tree import DEEPEST, tree
from casa.lib.pdf import typesetting

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
TEMPLATE = """
#let it = json(bytes(sys.inputs.content))
#set document(title: "T")
#it.words
"""


def cells(html):
    (table,) = tree(html)
    return table["columns"], [
        (one["x"], one["y"], one["colspan"], one["rowspan"]) for one in table["cells"]
    ]


def test_words_and_their_formatting_are_kept():
    html = '<p>A <strong>b <em>c</em></strong><br>d <a href="https://example.org/">e</a></p>'
    (paragraph,) = tree(clean(html))
    text, bold, line, _, link = paragraph["children"]
    assert (text, bold["tag"], line["tag"]) == ("A ", "strong", "br")
    assert bold["children"][1] == {"tag": "em", "children": ["c"]}
    assert link["href"] == "https://example.org/"


def test_headings_never_skip_a_level():
    levels = [node["level"] for node in tree("<h3>a</h3><h2>b</h2><h3>c</h3><h2>d</h2>")]
    assert levels == [1, 1, 2, 1]


def test_numbered_lists_begin_where_they_say():
    assert [node["start"] for node in tree('<ol><li>a</li></ol><ol start="7"></ol>')] == [1, 7]
    assert tree('<ol start="99999999999999999999"></ol>')[0]["start"] == 1


def test_numbered_lists_count_as_they_say():
    html = '<ol type="i" data-type="lower-roman-parens"></ol><ol type="a"></ol><ol></ol>'
    assert [node["numbering"] for node in tree(clean(f"{html}<p>x</p>"))[:3]] == ["(i)", "a.", "1."]


def test_what_is_nested_too_deep_keeps_its_words():
    def depth(node):
        return 1 + max(map(depth, node["children"]), default=0) if isinstance(node, dict) else 0

    def words(node):
        return node if isinstance(node, str) else "".join(map(words, node["children"]))

    (quoted,) = tree("<blockquote>" * 500 + "<p>Deep <strong>words</strong></p>")
    assert depth(quoted) == DEEPEST
    assert words(quoted) == "Deep words"


@pytest.mark.parametrize(
    ("html", "formed"),
    [
        ("<table></table>", (0, [])),
        ("<table><tr><td>a</td><td>b</td></tr></table>", (2, [(0, 0, 1, 1), (1, 0, 1, 1)])),
        (  # a cell that reaches below the table, and one that would cover it
            '<table><tr><td rowspan="9">a</td><td>b</td></tr><tr><td colspan="2">c</td></tr>'
            "</table>",
            (3, [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 2, 1)]),
        ),
        (
            '<table><tr><td>a</td><td rowspan="2">b</td></tr><tr><td colspan="3">c</td>'
            "<td>d</td></tr></table>",
            (3, [(0, 0, 1, 1), (1, 0, 1, 2), (0, 1, 1, 1), (2, 1, 1, 1)]),
        ),
        ('<table><tr><td colspan="0">a</td></tr></table>', (1, [(0, 0, 1, 1)])),
    ],
)
def test_no_cell_of_a_table_covers_another(html, formed):
    assert cells(html) == formed


@pytest.mark.medium
def test_the_same_words_give_the_same_bytes(tmp_path):
    template = tmp_path / "t.typ"
    template.write_text(TEMPLATE)
    one, two = (typesetting.pdf(template, {"words": "a"}, made_at=NOON) for _ in range(2))
    assert one == two
    assert one.startswith(b"%PDF")


def test_a_template_that_fails_says_so(tmp_path):
    template = tmp_path / "t.typ"
    template.write_text("#panic(json(bytes(sys.inputs.content)).words)")
    with pytest.raises(RuntimeError, match="could not be set"):
        typesetting.pdf(template, {"words": "a"}, made_at=NOON)
