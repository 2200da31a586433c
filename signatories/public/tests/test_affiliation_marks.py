"""What a signer asked to be said beside the affiliation is said wherever the affiliation is."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.site.pdf import document
from signatories.models import Signature
from signatories.testing import make_signature, own_url
from statements.reading import current_edition
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db
WORDS = "in a personal capacity"


@pytest.fixture
def person():
    return make_signature(
        make_edition(), affiliation="River School", affiliation_mark="personal_capacity"
    )


def places(client, person):
    slug = person.statement.slug
    names = f"/statements/{slug}/signatories"
    yield "page", client.get(f"/statements/{slug}/").text
    yield "list", client.get(f"{names}/").text
    yield "file", b"".join(client.get(f"{names}.csv").streaming_content).decode()
    yield "pdf", json.dumps(document.of_edition(current_edition(slug), timezone.now()))
    yield "private page", client.get(own_url(person)).text
    client.force_login(make_user())
    yield "office", client.get(reverse("admin:signatories_signature_change", args=[person.pk])).text
    api = client.get(f"/api/v1/statements/{slug}/signatories").json()
    yield "api", api["items"][0]["affiliation_mark"].replace("personal", "in a personal")


@pytest.mark.medium
def test_a_personal_capacity_is_said_wherever_the_affiliation_is(client, person):
    without = [name for name, text in places(client, person) if WORDS not in text.replace("_", " ")]
    assert not without


@pytest.mark.medium
def test_a_mark_without_an_affiliation_says_nothing(client, person):
    Signature.objects.update(affiliation="", role="")
    assert WORDS not in client.get(f"/statements/{person.statement.slug}/signatories/").text
