"""Numbers of headings and lists, from the clipboard to everything that readers are given."""

import io
import re
from pathlib import Path

import pytest
from django.urls import reverse
from pypdf import PdfReader

from casa.lib.html.sanitizer import pasted
from statements import lifecycle, new_editions
from statements.models import Update
from statements.testing import make_draft, make_edition, make_user, screen_data, screen_url

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]

SAMPLES = Path(__file__).parents[1] / "lib/html/tests/clipboard/word"
LISTS = ("numbered-headings", "list-goes-on", "list-in-levels", "list-of-clauses")


def clipboard(name):
    return (SAMPLES / f"{name}.txt").read_text("utf-8").partition("\n=== clipboard\n")[2]


@pytest.fixture
def words():
    return "".join(pasted(clipboard(name)).html for name in LISTS)


@pytest.fixture
def statement(client, words):
    """Published after somebody saved its words in the back office."""
    statement = make_draft()
    client.force_login(make_user())
    saved = client.post(screen_url(statement), screen_data(statement, **{"texts-0-body": words}))
    assert saved.status_code == 302
    lifecycle.publish(statement, by=None)
    client.logout()
    return statement


def test_the_edition_has_them(statement, words):
    edition = statement.editions.get()
    assert edition.body == words
    assert edition.sha256 == new_editions.fingerprint(
        edition.title, edition.summary, words, edition.ask
    )


@pytest.mark.parametrize("path", ["", "print/"])
def test_pages_have_them(client, statement, path):
    text = client.get(statement.get_absolute_url() + path).text
    for part in (
        "<h2>1. Why we write</h2>", "<h2>1.1 What is planned</h2>", '<ol start="3">',
        '<ol type="a" data-type="lower-alpha-paren">',
        '<ol type="i" data-type="lower-roman-parens">', "<p>1.2 It closes at eight.</p>",
    ):  # fmt: skip
        assert part in text, part
    assert "numbering.css" in text


def test_a_page_without_such_a_list_does_not_ask_for_their_signs(client):
    url = make_edition().statement.get_absolute_url()
    assert "numbering.css" not in client.get(url).text


def test_the_document_has_them(client, statement):
    document = PdfReader(io.BytesIO(client.get(f"/statements/{statement.slug}.pdf").content))
    found = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    for part in ("1.1 What is planned", "3. Mend the roof", "a) the council to pay",
                 "b) the mayor to sign", "(i) by June", "1.2 It closes at eight."):  # fmt: skip
        assert part in found, part


def test_feeds_have_them_as_text(client, statement):
    body = pasted(clipboard("list-in-levels")).html
    Update.objects.create(statement=statement, language="en", title="News", body=body)
    feed = client.get(reverse("statements:statement-feed", args=[statement.slug])).text
    assert re.search(r"a\) the council to pay.*\(i\) by June", feed, re.DOTALL)
