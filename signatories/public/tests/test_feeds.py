"""What an organization signed, for programs: a feed, the sitemap, a description. Public alone."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import timezone

from casa.lib.testing import assert_flat_queries
from signatories.models import OrganizationAlias
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.testing import make_draft, make_edition

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SECRET = "Zanzibarium"


@pytest.fixture
def trust():
    return make_organization("River Trust", city="Leeds", country="GB")


def sign(edition, organization, days=0, **fields):
    moment = timezone.now() - timedelta(days=days)
    return make_signature(edition, organization=organization, confirmed_at=moment, **fields)


def titles(client, url="/organizations/river-trust/feed.atom"):
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("public")
    return [
        entry.findtext(f"{ATOM}title")
        for entry in ElementTree.fromstring(answer.content).iter(f"{ATOM}entry")
    ]


@pytest.mark.slow
def test_the_newest_signature_comes_first(client, trust):
    sign(make_edition("Earlier signed"), trust, days=3)
    sign(make_edition("Lately signed"), trust, days=1)
    sign(make_edition("Signed by another"), make_organization("Mill Friends"))
    assert titles(client) == titles(client, "/az/organizations/river-trust/feed.atom")
    assert titles(client) == ["Lately signed", "Earlier signed"]


@pytest.mark.medium
def test_nothing_of_what_is_not_public(client, trust):
    sign(make_edition("Public"), trust)
    later = {"publish_at": timezone.now() + timedelta(hours=1)}
    sign(lifecycle.publish(make_draft(f"{SECRET} later", **later), by=None)[0], trust)
    withdrawn = make_edition(f"{SECRET} withdrawn")
    sign(withdrawn, trust)
    lifecycle.withdraw(withdrawn.statement, by=None)
    sign(make_edition(f"{SECRET} pending"), trust, state="pending")
    sign(make_edition(f"{SECRET} withheld"), trust, name_withheld=True)
    assert titles(client) == ["Public"]


def test_an_organization_that_nobody_may_know_of_has_none(client):
    hidden = make_organization(f"{SECRET} Union")
    sign(make_edition(), hidden, state="pending")
    for prefix in ("", "/az"):
        assert client.get(f"{prefix}/organizations/{hidden.slug}/feed.atom").status_code == 404
    assert SECRET.lower() not in client.get("/sitemap-organizations.xml").text


@pytest.mark.slow
def test_it_costs_the_same_at_any_length(client, trust):
    def ask(rows):
        assert len(titles(client)) == rows

    assert_flat_queries(lambda number: sign(make_edition(f"Statement {number}"), trust), ask)


@pytest.mark.medium
def test_the_sitemap_costs_the_same_at_any_length(client):
    edition = make_edition()

    def ask(rows):
        places = client.get("/sitemap-organizations.xml").text
        assert places.count("<loc>") == len(settings.LANGUAGES) * rows

    assert_flat_queries(lambda number: sign(edition, make_organization(f"Club {number}")), ask)


@pytest.mark.medium
def test_its_page_names_the_feed_and_describes_it(client, trust):
    OrganizationAlias.objects.create(organization=trust, name="RT")
    sign(make_edition(), trust)
    page = client.get("/organizations/river-trust/").text
    assert 'type="application/atom+xml" href="/organizations/river-trust/feed.atom"' in page
    assert '<meta property="og:title" content="River Trust">' in page
    data = json.loads(page.partition('ld+json">')[2].partition("</script>")[0])
    assert (data["@type"], data["name"], data["alternateName"]) == (
        "Organization", "River Trust", ["RT"]
    )  # fmt: skip
    assert data["address"] == {
        "@type": "PostalAddress", "addressLocality": "Leeds", "addressCountry": "GB"
    }  # fmt: skip
    assert "/organizations/river-trust/</loc>" in client.get("/sitemap-organizations.xml").text
