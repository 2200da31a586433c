"""A statement as a document to hand over: its words, who signed, and no navigation."""

import pytest
from django.urls import reverse

from casa.lib.testing import assert_flat_queries
from casa.lib.text import unparted
from signatories.testing import make_organization, make_signature
from statements.models import Target
from statements.public import printed_names
from statements.testing import make_draft, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.page]


@pytest.fixture
def edition():
    return make_edition()


def printed(client, edition):
    return client.get(reverse("statements:print", args=[edition.statement.slug]))


@pytest.mark.medium
def test_it_has_the_words_and_the_names_and_nothing_to_press(client, edition):
    Target.objects.create(statement=edition.statement, name="The council")
    make_signature(edition, "Nora Lind", lead_position=1)
    make_signature(edition, organization=make_organization("River Trust"))
    make_signature(edition, "Ilkin Dahl")
    make_signature(edition, "Someone Secret", name_withheld=True)
    page = printed(client, edition).text
    for words in (
        edition.title, "Pupils learn there", edition.ask, "The council", "Nora Lind",
        "River Trust", "Ilkin Dahl", edition.sha256, unparted("1 organization and 3 people"),
        unparted("1 person more"),
    ):  # fmt: skip
        assert words in page, words
    assert "Someone Secret" not in page
    assert "<form" not in page


@pytest.mark.medium
def test_it_carries_only_so_many_names_and_says_so(client, edition, monkeypatch):
    monkeypatch.setattr(printed_names, "PEOPLE_PRINTED", 2)
    for name in ("Ada First", "Bo Second", "Cy Third"):
        make_signature(edition, name)
    page = printed(client, edition).text
    assert "Ada First" in page
    assert "Cy Third" not in page
    assert unparted("And 1 person more") in page


@pytest.mark.medium
def test_it_costs_as_much_for_three_as_for_one(client, edition):
    def add(number):
        make_signature(edition)
        make_signature(edition, organization=make_organization(f"Trust {number}"))
        Target.objects.create(statement=edition.statement, name=f"Council {number}")

    assert_flat_queries(add, lambda _rows: printed(client, edition))


def test_a_draft_is_not_printed(client):
    draft = make_draft("Zanzibarium")
    assert client.get(f"/statements/{draft.slug}/print/").status_code == 404
