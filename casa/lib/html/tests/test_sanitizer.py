import time

import pytest

from casa.lib.html.sanitizer import DEEPEST, clean
from casa.lib.testing import PUMPS, slow_texts

# Tags that never end, or stand within one another.
TAGS = ("<!--", "<p style=", "<b x='", "<p>", "<ul><li>", "<p <", "<table><tr><td>", "</", "&#")


@pytest.mark.slow
@pytest.mark.parametrize("before", ["", "<p class=MsoNormal>From Word.</p>"])
def test_no_text_keeps_the_sanitizer_busy(before):
    """A foreign text is gone through twice, so it may take longer; squared it took minutes."""
    assert not slow_texts(lambda text: clean(before + text), pumps=PUMPS + TAGS, limit=3)
    assert not slow_texts(lambda text: clean(before + text), limit=1 if before else 0.2)


# What each part of the reader of pasted documents goes through.
MARKED = (
    "<del>x", "<ins><b>x</b></ins>", "<p style='display:none'>x", "<p>-- </p>x",
    "<p style='mso-list:l0 level1 lfo1'><![if !supportLists]>i)<![endif]>x", "<ol start=4><li>x",
    "<span style='mso-element:field-begin'></span>x", "<p><a href='#cmnt_ref1'>x</a>",
    "<style>.a{color:red}</style><i class='a b c'>x</i>",
)  # fmt: skip


@pytest.mark.slow
def test_no_document_keeps_the_reader_of_pasted_ones_busy():
    assert not slow_texts(lambda text: clean(f"{text}<br>"), pumps=MARKED, limit=3)


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<p>3 < 5</p> 5 < 6", "<p>3 &lt; 5</p> 5 &lt; 6"),
        ("<p>Seen</p><p ", "<p>Seen</p>&lt;p"),
        ("<p>Seen</p><!-- not", "<p>Seen</p>&lt;!-- not"),
        ("<p>Seen</p><!-- <!-- not --> again", "<p>Seen</p> again"),
        ("<p>Seen</p><<p ", "<p>Seen</p>&lt;&lt;p"),
    ],
)
def test_tags_that_never_end_are_words(html, cleaned):
    assert clean(html) == cleaned


def test_what_is_hidden_deep_down_stays_hidden():
    deep = "<div>" * 60 + "seen <span style='display:none'>not seen</span>" + "</div>" * 60
    assert clean(deep) == "<p>seen </p>"


def test_what_stands_deep_keeps_its_words():
    deep = "<ul><li>" * 80 + "in the well" + "</li></ul>" * 80
    assert clean(f"{deep}<ul><li>above</li></ul>").count("<ul>") == DEEPEST + 1
    assert "in the well" in clean(deep)
    assert clean(f"{deep}<ul><li>above</li></ul>").endswith("<ul><li>above</li></ul>")


def test_a_joiner_of_persian_stays_beside_emphasis():
    html = "<p><strong>کتاب</strong>\u200cها و NGO\u200cها</p>"
    assert clean(html) == html


def test_titles_are_stored_of_links_alone():
    link = '<a href="https://example.org" title="Plan" rel="noopener">x</a>'
    assert clean(f'<p title="Not seen">{link}</p>') == f"<p>{link}</p>"


@pytest.mark.parametrize("tags", ["<b><i><p>", "<span><p>", "<strong><em><p>"])
def test_emphasis_in_emphasis_takes_the_time_of_its_length(tags):
    begun = time.process_time()
    assert "deep" in clean(tags * 3_000 + "deep")
    assert time.process_time() - begun < 2
