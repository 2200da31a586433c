"""The frame, what describes it, the badge and the QR code; only the frame may be framed."""

import json
from datetime import timedelta
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from casa import environment
from casa.lib.text import unparted
from signatories.testing import make_organization, make_signature, without_what_was_typed
from statements import lifecycle
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

SITE = "https://letters.example.org"


@pytest.fixture
def edition():
    edition = make_edition("Keep the “reading room” open")
    make_signature(edition)
    make_signature(edition, organization=make_organization())
    return edition


def embed_url(edition, **query):
    return reverse("signatories:embed", args=[edition.statement.slug], query=query)


def oembed(client, url, **query):
    return client.get(reverse("oembed"), {"url": url, **query})


@pytest.mark.page
@pytest.mark.medium
def test_the_frame_may_be_framed_and_nothing_else(client, edition):
    frame = client.get(embed_url(edition))
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame
    assert frame["Cache-Control"].startswith("public")
    assert not frame.cookies
    slug = edition.statement.slug
    for url in ("/", f"/statements/{slug}/", f"/sign/{slug}/", "/embed/nothing/", "/admin/login/"):
        answer = client.get(url)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], url
        assert answer["X-Frame-Options"] == "DENY", url


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize(
    ("sites", "said"),
    [
        (["https://partner.example"], "frame-ancestors https://partner.example"),
        ([], "frame-ancestors 'none'"),
    ],
)
def test_the_office_says_which_sites(client, edition, sites, said):
    with override_settings(EMBED_SITES=sites):
        assert said in client.get(embed_url(edition))["Content-Security-Policy"]


@pytest.mark.page
@pytest.mark.parametrize("value", ["partner.example", "https://a/b", "*,https://a.example", "x y"])
def test_what_is_no_site_stops_the_start(value):
    with pytest.raises(Exception, match="EMBED_SITES"):
        environment.sites("EMBED_SITES", value.split(","))


@pytest.mark.page
@pytest.mark.medium
def test_it_shows_form_or_tally_in_the_language_and_theme_asked_for(client, edition):
    answer = client.get(embed_url(edition))
    form = answer.text
    assert 'name="email"' in form
    assert '<base target="_blank">' in form
    tally = client.get(embed_url(edition, show="tally", theme="dark")).text
    assert 'name="email"' not in tally
    assert 'data-theme="dark"' in tally
    assert unparted("1 organization and 1 person") in tally
    unknown = client.get(embed_url(edition, show="<x>", theme="<x>"))
    # Hidden fields say when the form was opened.
    assert without_what_was_typed(unknown) == without_what_was_typed(answer)
    assert '<html lang="az"' in client.get(f"/az{embed_url(edition)}").text


@pytest.mark.medium
def test_a_closed_statement_leads_to_the_words(client, edition):
    lifecycle.close(edition.statement, by=None, note="Done.")
    page = client.get(embed_url(edition)).text
    assert 'name="email"' not in page
    assert "Read the statement" in page


@pytest.mark.page
@pytest.mark.medium
@override_settings(SITE_URL=SITE)
def test_oembed_describes_a_statement(client, edition):
    url = f"{SITE}{edition.statement.get_absolute_url()}"
    answer = oembed(client, url, maxwidth="400", format="json")
    described = answer.json()
    assert described["type"] == "rich"
    assert described["title"] == edition.title
    assert described["width"] == 400
    assert f'src="{SITE}/embed/{edition.statement.slug}/"' in described["html"]
    assert "“reading room”" in described["html"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    in_az = oembed(client, url.replace("/statements/", "/az/statements/")).json()
    assert f'src="{SITE}/az/embed/' in in_az["html"]
    page = client.get(edition.statement.get_absolute_url()).text
    assert 'type="application/json+oembed"' in page


@pytest.mark.page
@pytest.mark.medium
@override_settings(SITE_URL=SITE)
def test_oembed_knows_nothing_else(client, edition):
    draft = make_draft("Zanzibarium")
    later = make_edition("Later", publish_at=timezone.now() + timedelta(days=1)).statement
    for url in (
        "", "nonsense", "https://other.example/statements/x/", f"{SITE}/about/", "http://[",
        f"{SITE}/statements/{draft.slug}/", f"{SITE}{later.get_absolute_url()}",
        f"{SITE}/statements/\x00/",
    ):  # fmt: skip
        assert oembed(client, url).status_code in (400, 404), url
    lifecycle.withdraw(edition.statement, by=None, note="A mistake.")
    assert oembed(client, f"{SITE}{edition.statement.get_absolute_url()}").status_code == 410
    other = make_edition("Another").statement
    xml = oembed(client, f"{SITE}{other.get_absolute_url()}", format="xml")
    assert xml.status_code == 501


@pytest.mark.medium
@pytest.mark.page
@pytest.mark.parametrize("kind", ["badge", "qr"])
def test_badge_and_code_are_well_formed_pictures(client, edition, kind):
    answer = client.get(reverse(f"signatories:{kind}", args=[edition.statement.slug]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert ElementTree.fromstring(answer.text).tag == "{http://www.w3.org/2000/svg}svg"
    assert "<script" not in answer.text
    assert client.get(f"/statements/{make_draft().slug}/{kind}.svg").status_code == 404


@pytest.mark.medium
def test_the_badge_tells_the_count_of_now(client, edition):
    url = reverse("signatories:badge", args=[edition.statement.slug])
    assert unparted("1 organization and 1 person") in client.get(url).text
    make_signature(edition)
    assert unparted("1 organization and 2 people") in client.get(url).text
    assert unparted("2 nəfər") in client.get(f"/az{url}").text


@pytest.mark.page
def test_what_is_asked_for_by_machines_is_valid_json(client, edition):
    with override_settings(SITE_URL=SITE):
        url = f"{SITE}{edition.statement.get_absolute_url()}"
        json.loads(oembed(client, url).content)


@pytest.mark.page
@pytest.mark.slow
def test_page_and_back_office_give_out_the_snippet_in_each_language(client, edition):
    page = client.get(f"/az{edition.statement.get_absolute_url()}").text
    assert "/az/embed/" in page
    client.force_login(make_user())
    url = reverse("admin:statements_statement_part", args=[edition.statement.pk, "after"])
    assert f"/embed/{edition.statement.slug}/&quot;" in client.get(url).text


@pytest.mark.page
@pytest.mark.medium
def test_share_links_hold_the_address_and_load_nothing(client, edition):
    page = client.get(edition.statement.get_absolute_url()).text
    address = quote(f"{settings.SITE_URL}{edition.statement.get_absolute_url()}", safe="")
    for start in ("mailto:?subject=", "https://wa.me/?text=", "https://t.me/share/url?url="):
        link = page.partition(f'href="{start}')[2].partition('"')[0]
        assert address in link, start
