"""Readers see every public edition unchanged, and what each changed; no other is shown."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.lib.testing import assert_flat_queries
from statements import lifecycle
from statements.models import Edition, Statement, StatementText
from statements.testing import make_draft, make_edition

pytestmark = pytest.mark.django_db

PAGES = ("editions/", "editions/1/", "editions/2/", "changes/2/")


def correct(statement, body="<p>Pupils learn there on Sundays.</p>", **how):
    StatementText.objects.filter(statement=statement, language="en").update(body=body)
    how = {"note": "The day was wrong.", "is_material": False, **how}
    return lifecycle.correct(statement, by=None, **how)


def address(statement, page):
    return f"/statements/{statement.slug}/{page}"


def test_the_list_names_every_edition(client):
    first = make_edition()
    (second,) = correct(first.statement, is_material=True)
    text = client.get(address(first.statement, "editions/")).text
    assert text.index("Edition 2") < text.index("Edition 1")
    for part in (first.sha256, second.sha256, "The day was wrong.", "changes the meaning"):
        assert part in text
    assert "noindex" not in text


@pytest.mark.medium
def test_an_edition_is_shown_as_it_was(client):
    statement = make_edition().statement
    correct(statement)
    first = client.get(address(statement, "editions/1/")).text
    second = client.get(address(statement, "editions/2/")).text
    assert "on Saturdays." in first
    assert "Sundays" not in first
    assert "is an earlier text" in first
    assert "on Sundays." in second
    assert "is what visitors read now" in second


@pytest.mark.page
def test_a_change_is_told_by_words_not_by_colour(client):
    statement = make_edition().statement
    correct(statement)
    text = client.get(address(statement, "changes/2/")).text
    struck, inserted = text.split("<del>")[1], text.split("<ins>")[1]
    assert struck.startswith('<span class="cue">[removed: </span>Saturdays')
    assert inserted.startswith('<span class="cue">[added: </span>Sundays')
    assert "The day was wrong." in text


@pytest.mark.page
@pytest.mark.slow
def test_the_page_says_which_edition_it_is_and_links_the_others(client):
    statement = make_edition().statement
    assert (
        reverse("statements:editions", args=[statement.slug])
        not in client.get(statement.get_absolute_url()).text
    )
    (second,) = correct(statement)
    text = client.get(statement.get_absolute_url()).text
    assert "Edition 2, published on" in text
    assert second.sha256 in text
    assert reverse("statements:changes", args=[statement.slug, 2]) in text
    assert reverse("statements:editions", args=[statement.slug]) in text


@pytest.mark.medium
def test_a_language_is_compared_with_itself(client):
    statement = make_draft()
    StatementText.objects.create(statement=statement, language="az", title="A", body="<p>Bir.</p>")
    lifecycle.publish(statement, by=None)
    StatementText.objects.filter(language="az").update(body="<p>İki.</p>")
    correct(statement)
    azerbaijani = client.get(f"/az{address(statement, 'changes/2/')}").text
    assert "Bir" in azerbaijani.split("<del>")[1]
    assert "Saturdays" not in azerbaijani


def test_a_new_language_has_nothing_to_compare(client):
    statement = make_edition().statement
    StatementText.objects.create(statement=statement, language="az", title="A", body="<p>Bir.</p>")
    correct(statement)
    answer = client.get(f"/az{address(statement, 'changes/2/')}")
    assert answer.status_code == 200
    assert "<del>" not in answer.text


@pytest.mark.parametrize("page", ["editions/3/", "editions/0/", "changes/1/", "changes/0/",
                                  "changes/3/", f"editions/{10**30}/", f"changes/{10**30}/",
                                  f"changes/{2**31}/"])  # fmt: skip
def test_what_was_never_published_is_not_there(client, page):
    statement = make_edition().statement
    correct(statement)
    assert client.get(address(statement, page)).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_nothing_of_a_hidden_statement_leaks(client, page):
    statement = make_edition().statement
    correct(statement)
    assert client.get(address(statement, page)).status_code == 200
    Statement.objects.update(publish_at=timezone.now() + timedelta(hours=1))
    embargoed = client.get(address(statement, page))
    Statement.objects.update(publish_at=timezone.now())
    lifecycle.withdraw(statement, by=None)
    withdrawn = client.get(address(statement, page))
    assert (embargoed.status_code, withdrawn.status_code) == (404, 410)
    for answer in (embargoed, withdrawn):
        assert "Pupils" not in answer.text
        assert "The day was wrong" not in answer.text


@pytest.mark.slow
def test_the_working_copy_is_on_no_page(client):
    statement = make_edition().statement
    correct(statement)
    StatementText.objects.update(title="Unpublished words", body="<p>Unpublished words.</p>")
    for page in ("", *PAGES):
        assert "Unpublished" not in client.get(address(statement, page)).text


@pytest.mark.page
@pytest.mark.slow
@pytest.mark.parametrize("page", ["editions/", "changes/2/"])
def test_the_number_of_editions_costs_no_query(client, page):
    statement = make_edition().statement

    def ask(rows):
        assert Edition.objects.count() == rows + 1
        assert client.get(address(statement, page)).status_code == 200

    assert_flat_queries(lambda number: correct(statement, f"<p>Wording {number}.</p>"), ask)


@pytest.mark.medium
@pytest.mark.page
@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_shared_by_all(client, page):
    statement = make_edition().statement
    correct(statement)
    answer = client.get(address(statement, page))
    assert answer["Cache-Control"].startswith("public, max-age=0, s-maxage=1")
    assert not answer.cookies
    assert client.post(address(statement, page)).status_code == 405
