"""count.json: what an open page asks for to keep its number right."""

import pytest
from django.urls import reverse

from casa.lib.testing import assert_flat_queries
from casa.lib.text import unparted
from signatories.testing import make_organization, make_signature
from statements.testing import make_draft, make_edition

pytestmark = pytest.mark.django_db


@pytest.mark.medium
def test_numbers_and_words_in_the_language_of_the_address(client):
    edition = make_edition()
    url = reverse("signatories:count", args=[edition.statement.slug])
    assert client.get(url).json() == {
        "organizations": 0, "people": 0, "earlier": {"organizations": 0, "people": 0},
        "collected": {"organizations": 0, "people": 0}, "paper": 0, "words": "",
        "numbers": [], "goal": None,
    }  # fmt: skip
    make_signature(edition)
    make_signature(edition, organization=make_organization())
    make_signature(edition, state="pending")
    answer = client.get(url)
    assert answer.json() == {
        "organizations": 1, "people": 1, "earlier": {"organizations": 0, "people": 0},
        "collected": {"organizations": 0, "people": 0}, "paper": 0,
        "words": unparted("Signed by 1 organization and 1 person"),
        "numbers": [["", "1", "\u00a0person"], ["", "1", "\u00a0organization"]], "goal": None,
    }  # fmt: skip
    assert unparted("1 təşkilat") in client.get(f"/az{url}").json()["words"]
    assert client.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304


@pytest.mark.medium
def test_it_costs_as_much_for_three_as_for_one(client):
    edition = make_edition()
    url = reverse("signatories:count", args=[edition.statement.slug])

    def ask(rows):
        assert client.get(url).json()["people"] == rows

    assert_flat_queries(lambda _number: make_signature(edition), ask)


def test_nothing_of_a_draft(client):
    assert client.get(f"/statements/{make_draft().slug}/count.json").status_code == 404
