"""Two wordings side by side: what was taken out, what was put in, and nothing that could run."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casa.lib.diff import difference_in_text, is_different, word_difference
from casa.lib.html.sanitizer import clean


def plain(html):
    """The difference without its cues."""
    html = re.sub(r'<div class="table"[^>]*>', '<div class="table">', html)
    return re.sub(r'<span class="cue">.*?</span>', "", html)


def test_a_changed_word_is_struck_and_its_successor_inserted():
    found = plain(word_difference("We ask the council.", "We ask the mayor."))
    assert found == "We ask the <del>council</del><ins>mayor</ins>."


def test_the_difference_is_told_without_style():
    assert "[removed: " in word_difference("a b", "a c")
    assert difference_in_text("<p>a b</p>", "<p>a c</p>") == "a [removed: b][added: c]"


def test_paragraphs_stay_paragraphs():
    found = plain(word_difference("<p>One.</p><p>Two.</p>", "<h2>Head</h2><p>One.</p><p>Two!</p>"))
    assert found == (
        '<p class="heading"><ins>Head</ins></p>\n<p class="paragraph">One.</p>\n'
        '<p class="paragraph">Two<del>.</del><ins>!</ins></p>'
    )


def test_a_paragraph_that_was_divided_is_marked():
    found = plain(word_difference("<p>One. Two.</p>", "<p>One.</p><p>Two.</p>"))
    assert "<ins>¶</ins>Two." in found


def test_a_link_that_leads_elsewhere_is_seen():
    found = word_difference(
        '<p><a href="https://one.example">law</a></p>',
        '<p><a href="https://two.example">law</a></p>',
    )
    assert "two" in found
    assert "<a" not in found


def test_lists_quotes_tables_and_notes_are_read():
    html = (
        "<ul><li><p>Item</p></li></ul><blockquote><p>Said</p></blockquote>"
        "<table><tbody><tr><td><p>Cell</p></td><td><p>Two</p></td></tr></tbody></table>"
        "<p>Note<sup>1</sup><br>x</p>"
    )
    assert plain(word_difference(html, html)) == (
        '<ul><li>Item</li></ul>\n<p class="quote">Said</p>\n<div class="table"><table><tbody>'
        "<tr><td>Cell</td><td>Two</td></tr></tbody></table></div>\n"
        '<p class="paragraph">Note¹<br>x</p>'
    )


def test_lists_stay_lists():
    old = "<ol><li><p>Open it.</p></li><li><p>Pay for it.</p></li></ol>"
    new = "<ol><li><p>Open it.</p></li><li><p>Heat it.</p></li><li><p>Pay for it.</p></li></ol>"
    assert plain(word_difference(old, new)) == (
        "<ol><li>Open it.</li><li><ins>Heat it.</ins></li><li>Pay for it.</li></ol>"
    )
    assert plain(word_difference(new, old)) == (
        '<ol><li>Open it.</li><li class="gone"><del>Heat it.</del></li><li>Pay for it.</li></ol>'
    )


def test_lists_keep_their_numbers_and_levels():
    html = (
        '<ol start="3" type="a" data-type="lower-alpha-paren"><li><p>One</p><p>and more</p>'
        "<ul><li><p>Deep</p></li></ul></li><li><p>Two</p></li></ol><ul><li><p>Else</p></li></ul>"
    )
    assert word_difference(html, html).replace("\n", "") == (
        '<ol start="3" type="a" data-type="lower-alpha-paren"><li>One<p>and more</p>'
        "<ul><li>Deep</li></ul></li><li>Two</li></ol><ul><li>Else</li></ul>"
    )
    assert not is_different("<ul><li><p>a</p></li></ul>", "<ol><li><p>a</p></li></ol>")


def test_tables_stay_tables():
    row = "<tr><td><p>{}</p></td><td>{}</td></tr>"
    head = "<tr><th><p>Branch</p></th><th><p>Hours</p></th></tr>"
    old = f"<table><tbody>{head}{row.format('Quay', '<p>6</p>')}</tbody></table>"
    rows = row.format("Quay", "<p>7</p>") + row.format("Mill", "<p></p>")
    new = f"<table><tbody>{head}{rows}</tbody></table>"
    assert plain(word_difference(old, new)) == (
        '<div class="table"><table><tbody><tr><th>Branch</th><th>Hours</th></tr>'
        "<tr><td>Quay</td><td><del>6</del><ins>7</ins></td></tr>"
        "<tr><td><ins>Mill</ins></td><td></td></tr></tbody></table></div>"
    )
    assert "\n\n\n" not in difference_in_text(old, new)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "a < b & c", "<p onclick=x>&lt;b&gt;"]
)
def test_nothing_typed_becomes_a_tag(text):
    for found in (word_difference("", text), word_difference(text, ""), word_difference("x", text)):
        rest = re.sub(r'</?(p|ins|del|br|span)( class="[a-z]+")?>', "", found)
        assert "<" not in rest


def test_emphasis_alone_is_no_other_wording():
    assert not is_different("<p>a <strong>b</strong></p>", "<p>a b</p>")
    assert is_different("<p>a b</p>", "<p>a c</p>")


@pytest.mark.slow
def test_a_long_text_takes_no_long_time():
    old = "".join(f"<p>{' '.join(f'w{n}x{m}' for m in range(60))}</p>" for n in range(100))
    assert "<ins>" in word_difference(old, old.replace("x3", "y3"))


WORDS = st.lists(st.sampled_from(["a", "b", "<", "&", "“c”", "ə", "\n", "字", "\x00"]), max_size=12)


@pytest.mark.medium
@given(WORDS, WORDS)
def test_both_wordings_can_be_read_from_it(old, new):
    old, new = " ".join(old), " ".join(new)
    found = plain(word_difference(old, new)).replace("<br>", "\n")
    kept_old = re.sub(r"<ins>.*?</ins>|</?del>", "", found, flags=re.DOTALL)
    kept_new = re.sub(r"<del>.*?</del>|</?ins>", "", found, flags=re.DOTALL)
    for kept, text in ((kept_old, old), (kept_new, new)):
        assert kept.replace("&lt;", "<").replace("&amp;", "&") == text.replace("\x00", "")


@pytest.mark.medium
@given(st.text(alphabet="<>/phli2 \n&;abrcd=\"'", max_size=60))
def test_odd_html_breaks_nothing(text):
    html = f"<p>{text}"
    for found in (word_difference(html, "<p>b</p>"), word_difference("<p>b</p>", clean(html))):
        for tag in ("p", "ins", "del", "span"):
            assert found.count(f"<{tag}>") + found.count(f"<{tag} ") == found.count(f"</{tag}>")
