"""What is pasted from Word and Google Docs comes out as the editor would have written it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casa.lib.html.sanitizer import clean

DATA = Path(__file__).parent / "data"


def pasted(name):
    return re.sub(r"\s+", " ", clean((DATA / name).read_text(encoding="utf-8"))).replace(
        "> <", "><"
    )


def test_word():
    assert pasted("word.html") == (
        "<h2>Keep the reading room open</h2>"
        "<p>Pupils of <strong>three schools</strong> learn there on <em>Saturdays</em>."
        "<sup>[1]</sup></p>"
        "<ul><li><p>It is warm</p><ul><li><p>even in winter</p></li></ul></li>"
        "<li><p>It is <strong>free</strong></p></li></ul>"
        "<h3>What we ask</h3>"
        '<ol><li><p>Keep it open</p></li><li><p>See the <a href="https://example.org/plan"'
        ' rel="noopener">plan</a></p></li></ol>'
        "<table><tbody><tr><td><p>Day</p></td><td><p>Readers</p></td></tr></tbody></table>"
        "<p><sup>[1]</sup> Counted in May.</p>"
    )


def test_google_docs():
    assert pasted("docs.html") == (
        "<h2>Keep the reading room open</h2>"
        "<p>Pupils of <strong>three schools</strong> learn there on <em>Saturdays</em>."
        "<sup>1</sup></p>"
        "<ul><li><p>It is warm</p><ul><li><p>even in winter</p></li></ul></li></ul>"
        '<p><a href="https://example.org/plan" rel="noopener">the plan</a></p>'
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<b>b</b> <i>i</i>", "<strong>b</strong> <em>i</em>"),
        ("<h1>a</h1><h5>b</h5>", "<h2>a</h2><h3>b</h3>"),
        ("<div>One</div><div>Two</div>", "<p>One</p><p>Two</p>"),
        ("<div><p>One</p></div>", "<p>One</p>"),
        ("<p class=x>a <o:p></o:p>&lt;b&gt;</p>", "<p>a &lt;b&gt;</p>"),
        ("<div><script>x</script><p onclick=y>z</p></div>", "<p>z</p>"),
        ("<b><b>twice</b></b>", "<strong>twice</strong>"),
    ],
)  # fmt: skip
def test_small_things(html, expected):
    assert clean(html) == expected


TAGS = ["<b>", "</b>", "<div>", "</div>", "<p style='mso-list:l0 level2'>", "</p>", "<ul>", "<li>",
        "</ul>", "x", "&lt;", "<![if !supportLists]>", "<![endif]>", "<o:p>", "<a href='#_ftn1'>",
        "<script>", "</script>", "<span style='font-weight:700'>", "</span>", "<h1>", "<br>",
        "<a href='javascript:x'>", "<!--", "-->",
        "<del>", "</del>", "<ins>", "</ins>", "<s>", "<![foo]>", "<ol start=4 type=a>", "<h2>",
        "<p style='display:none'>", "<span style='mso-list:Ignore'>", "a)", "<table><tr><td>",
        "<span style='mso-element:field-begin'>", "<p style='mso-element:field-separator'>",
        "<li value=7>", "<a href='#cmnt_ref1'>", "-- ", "<br id=lineBreakAtBeginningOfSignature>",
        "<img src=x alt=y>", "<p class=MsoCommentText>", "<style>.a{}</style>"]  # fmt: skip


@pytest.mark.parametrize(
    "html",
    ["<p class=x>a<![end>b", "<p class=x>a<![foo[b]]>c", "<p class=x><![ >a", "<![CDATA[x]]>a"],
)
def test_no_section_is_an_error(html):
    assert clean(html)


@pytest.mark.slow
@given(st.lists(st.sampled_from(TAGS), max_size=20).map("".join))
def test_whatever_comes_is_clean_and_stays_as_it_is(html):
    once = clean(html)
    assert clean(once) == once
    assert not re.search(r"<(script|div|span|b>|[^>]*style=)", once)


@pytest.mark.parametrize(
    "text",
    ["&lt;!--&lt;p style='mso-list:l0 level2'&gt;<sup></sup>", "<p>a style=b</p><sup></sup>"],
)
def test_what_only_reads_like_a_documents_markup_stays_as_it_is(text):
    once = clean(text)
    assert clean(once) == once
