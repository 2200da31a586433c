"""Only HTML that the editor can write is stored, however it comes in."""

import pytest

from casa.lib.html.sanitizer import clean
from statements.models import StatementText
from statements.testing import make_draft

HOSTILE = (
    '<p onclick="alert(1)">Words <script>alert(2)</script><img src=x onerror=alert(3)>'
    '<a href="javascript:alert(4)">link</a><svg onload=alert(5)></svg>'
    '<iframe src="https://example.org"></iframe><style>p{}</style></p>'
)
CLEAN = '<p>Words <a rel="noopener">link</a></p>'


def test_hostile_html_loses_its_teeth():
    assert clean(HOSTILE) == CLEAN


@pytest.mark.parametrize(
    "html",
    [
        "<h2>A</h2><h3>B</h3>",
        "<ul><li><p>One</p></li></ul>",
        "<blockquote><p>Said</p></blockquote>",
        "<p><strong>b</strong><em>i</em><sup>1</sup><br></p>",
        '<p><a href="https://example.org/x" rel="noopener">x</a></p>',
        "<table><tbody><tr><th><p>H</p></th><td><p>1</p></td></tr></tbody></table>",
    ],
)
def test_what_the_editor_writes_stays(html):
    assert clean(html) == html


@pytest.mark.parametrize(
    "address",
    ["//evil.example", r"\\evil.example", r"/\evil.example", r"\/evil.example", " //evil.example",
     "/\t/evil.example", "\n//evil.example", "\x01//evil.example"],
)  # fmt: skip
def test_a_link_that_hides_its_host_is_no_link(address):
    assert clean(f'<p><a href="{address}">x</a></p>') == '<p><a rel="noopener">x</a></p>'


@pytest.mark.parametrize("empty", ["", "<p></p>", "<p> </p>", "<script>x</script>", "<p><br></p>"])
def test_no_words_is_empty(empty):
    assert clean(empty) == ""


@pytest.mark.django_db
def test_every_way_into_the_database_cleans():
    statement = make_draft(body=HOSTILE)
    text = statement.texts.get()
    assert text.body == CLEAN
    text.body = HOSTILE
    text.save()
    assert statement.texts.get().body == CLEAN
    StatementText.objects.update(body=HOSTILE)
    assert statement.texts.get().body == CLEAN
    StatementText.objects.all().delete()
    StatementText.objects.bulk_create(
        [StatementText(statement=statement, language="en", title="T", body=HOSTILE)]
    )
    assert statement.texts.get().body == CLEAN
