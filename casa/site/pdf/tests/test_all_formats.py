"""Whatever the editor can write can be set on paper."""

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from casa.lib.html.sanitizer import clean
from casa.lib.pdf import typesetter
from casa.lib.pdf.typesetting import FONTS
from casa.site.pdf import document
from casa.site.pdf.views import TEMPLATES
from statements import set_words
from statements.reading import current_edition
from statements.testing import make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.page]

words = st.text(max_size=30).map(lambda text: text.replace("<", "&lt;"))
numbers = st.sampled_from(["", "0", "1", "2", "3", "7", "-1", "x", "100000"])


def element(children):
    inner = st.lists(children, max_size=4).map("".join)
    tags = st.sampled_from(
        ["p", "strong", "em", "sup", "h2", "h3", "ul", "ol", "li", "blockquote", "table", "tr",
         "td", "th", "tbody", "thead"]
    )  # fmt: skip
    plain = st.builds("<{0}>{1}</{0}>".format, tags, inner)
    wide = st.builds('<td colspan="{}" rowspan="{}">{}</td>'.format, numbers, numbers, inner)
    link = st.builds('<a href="https://example.org/{}">{}</a>'.format, words.map(repr), inner)
    numbered = st.builds('<ol start="{}"><li>{}</li></ol>'.format, numbers, inner)
    rows = st.lists(st.lists(wide, max_size=3).map("".join).map("<tr>{}</tr>".format), max_size=3)
    table = rows.map("".join).map("<table>{}</table>".format)
    return st.one_of(plain, wide, link, numbered, table)


@pytest.fixture
def made():
    """Whether HTML from the editor becomes a document, as a function."""
    edition = current_edition(make_edition().statement.slug)
    content = document.of_edition(edition, timezone.now())
    templates = [str(TEMPLATES / name) for name in ("words.typ", "statement.typ")]
    job = {"templates": templates, "fonts": [str(FONTS)], "made_at": 0}

    def make(html):
        body = set_words.body(clean(html))
        return typesetter.set_document({**job, "content": {**content, "body": body}})

    return make


@pytest.mark.medium
@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<blockquote>", "</blockquote>"),
        ("<ul><li><p>", "</p></li></ul>"),
        ("<strong>", "</strong>"),
        ("<table><tr><td>", "</td></tr></table>"),
    ],
)
def test_words_in_a_hundred_boxes_can_be_set(made, opening, closing):
    assert made(opening * 100 + "deep" + closing * 100).startswith(b"%PDF")


@pytest.mark.slow
def test_whatever_the_editor_can_write_can_be_set(made):
    @settings(max_examples=150, deadline=None)
    @given(st.recursive(words, element, max_leaves=20))
    def check(html):
        assert made(html).startswith(b"%PDF")

    check()
