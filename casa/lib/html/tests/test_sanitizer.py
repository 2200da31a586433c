import time

import pytest
from django.core.exceptions import ValidationError

from casa.lib.html.paste import selectors
from casa.lib.html.sanitizer import (
    DEEPEST,
    LONGEST,
    MOST_ENTITIES,
    MOST_TAGS,
    RichTextField,
    clean,
    pasted,
)
from casa.lib.testing import PUMPS, cpu_seconds, slow_texts

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


# What each costs most with, as often as the limits let it stand, in a million characters.
HOSTILE = (
    "<div>", "<b><p>", "<p class=x>x</p>", "<ul><li>", "<ol start=4><li>x</li></ol>", "<ins>x",
    "<p style='display:none'>x", "<div>-- </div><div>x</div>", "<table><tr><td>", "<img src=x>",
    "<p style='mso-list:l0 level1 lfo1'><![if !supportLists]>i)<![endif]>x", "&amp;", "\u200c",
    f"<i class='{' '.join(f'c{n}' for n in range(20))}'>x</i>", "<a href=https://example.org>x</a>",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("pump", HOSTILE)
def test_no_paste_takes_long(pump):
    """It takes 1.5 seconds at most on a slow machine; without the limits it took 9 to 18."""
    times = (MOST_TAGS - 2) // pump.count("<") if "<" in pump else LONGEST
    text = "<br class=x>" + pump * min(times, (LONGEST - 12) // len(pump))
    assert cpu_seconds(pasted, f"{text:<{LONGEST}}") < 6


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p class=x>" + "x" * LONGEST, "too long"),
        ("<p class=x>" + "<b>" * MOST_TAGS, "too much formatting"),
        ("<p class=x>" + "&amp;" * MOST_ENTITIES + "&", "too much formatting"),
        ("<del><b><i>" * 40 + "deleted", "too much formatting"),
    ],
)
def test_what_cannot_be_read_for_sure_is_refused_with_a_sentence(html, said):
    found = pasted(html)
    assert (found.html, found.left_out) == ("", [])
    assert said in found.refusal
    field = RichTextField(blank=True)
    field.attname = "body"
    with pytest.raises(ValidationError, match=said):
        field.clean(html, None)
    with pytest.raises(ValidationError, match=said):
        field.get_prep_value(html)


def test_rules_that_take_too_long_to_apply_are_refused(monkeypatch):
    monkeypatch.setattr(selectors, "MOST_STEPS", 50)
    rules = "<style>.b .a{display:none}.c .a{display:none}</style>"
    assert pasted(f"{rules}{'<p class=a>x</p>' * 10}").refusal == ""
    assert "too much formatting" in pasted(f"{rules}{'<p class=a>x</p>' * 20}").refusal


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


@pytest.mark.medium
@pytest.mark.parametrize("tags", ["<b><i><p>", "<span><p>", "<strong><em><p>"])
def test_emphasis_in_emphasis_takes_the_time_of_its_length(tags):
    begun = time.process_time()
    assert "deep" in clean(tags * 3_000 + "deep")
    assert time.process_time() - begun < 2
