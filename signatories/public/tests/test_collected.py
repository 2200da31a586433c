"""Names that the organizer collected are told apart in the small print, wherever the count is."""

import json

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from casa.lib.text import unparted
from casa.site.pdf import document
from signatories.core import tally
from signatories.models import Signature
from signatories.testing import make_signature
from statements.reading import current_edition
from statements.testing import make_edition

pytestmark = pytest.mark.django_db
WORDS = unparted("Of these, collected by the organizer: 2 people.")


@pytest.fixture
def edition():
    edition = make_edition()
    make_signature(edition)
    for source in ("paper", "form"):
        make_signature(edition, consent_source=source)
    make_signature(edition, consent_source="mail", state="hidden")
    cache.clear()
    return edition


def places(client, edition):
    slug = edition.statement.slug
    yield "page", client.get(f"/statements/{slug}/").text
    yield "list", client.get(f"/statements/{slug}/signatories/").text
    yield "paper", client.get(reverse("statements:print", args=[slug])).text
    told = document.of_edition(current_edition(slug), timezone.now())
    yield "pdf", json.dumps(told, ensure_ascii=False)


@pytest.mark.medium
def test_the_small_print_says_how_many_were_collected(client, edition):
    assert [name for name, text in places(client, edition) if WORDS not in text] == []


@pytest.mark.medium
def test_programs_are_told_too(client, edition):
    slug = edition.statement.slug
    expected = {"organizations": 0, "people": 2}
    count = client.get(reverse("signatories:count", args=[slug])).json()
    api = client.get(f"/api/v1/statements/{slug}/tally").json()
    whole = client.get(f"/api/v1/statements/{slug}").json()["tally"]
    assert [one["collected"] for one in (count, api, whole)] == [expected] * 3
    assert api["people"] == 3, "They are a part of the count, and no number beside it."


@pytest.mark.medium
def test_without_any_nothing_is_said(client):
    edition = make_edition()
    make_signature(edition)
    assert [name for name, text in places(client, edition) if "collected" in text] == []


def test_whoever_confirms_themselves_is_not_collected(edition):
    Signature.objects.update(consent_source="")
    cache.clear()
    assert not tally.collected_in_words(edition.statement)
