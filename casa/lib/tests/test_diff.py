"""Two wordings side by side: what was taken out, what was put in, and nothing that could run."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casa.lib.diff import difference_in_text, is_different, word_difference
from casa.lib.html.sanitizer import clean


def plain(html):
    """The difference without its cues."""
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
    assert word_difference(html, html) == (
        '<p class="item">Item</p>\n<p class="quote">Said</p>\n<p class="cell first">Cell</p>\n'
        '<p class="cell">Two</p>\n'
        '<p class="paragraph">Note¹<br>x</p>'
    )


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
