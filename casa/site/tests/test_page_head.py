"""Addresses, languages, cards and descriptions in the head of pages: right, and nobody's secret."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.appearance import reading
from casa.lib import structured_data
from casa.lib.testing import queries_of
from casa.site.page_descriptions import statement as described
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.models import Delivery, Edition, Reference, StatementText, Target
from statements.testing import make_draft, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.page]

HOME = "https://letters.example.org"


@pytest.fixture(autouse=True)
def _site_in_two_languages(settings):
    settings.SITE_URL = HOME
    settings.LANGUAGES = [("en", "English"), ("az", "Azərbaycanca")]


class Head(HTMLParser):
    """What stands in the head of a page, as programs read it."""

    def __init__(self, html):
        super().__init__()
        self.links, self.meta, self.data, self._is_data = [], {}, [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "link":
            self.links.append(attributes)
        if tag == "meta" and "content" in attributes:
            name = attributes.get("property") or attributes.get("name")
            assert name not in self.meta, name
            self.meta[name] = attributes["content"]
        self._is_data = attributes.get("type") == "application/ld+json"

    def handle_endtag(self, tag):
        self._is_data = False

    def handle_data(self, data):
        if self._is_data:
            self.data.append(json.loads(data))

    @property
    def canonical(self):
        found = [link["href"] for link in self.links if link["rel"] == "canonical"]
        assert len(found) <= 1
        return next(iter(found), None)

    @property
    def alternates(self):
        return {link["hreflang"]: link["href"] for link in self.links if link.get("hreflang")}


def head(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status
    return Head(answer.text)


def in_two_languages(**fields):
    draft = make_draft(**fields)
    StatementText.objects.create(
        statement=draft, language="az", title="Oxu zalı qalsın", body="<p>Uşaqlar oxuyur.</p>"
    )
    return lifecycle.publish(draft, by=None)[0].statement


def correct(statement, title):
    text = statement.texts.first()
    text.title = title
    text.save()
    statement.refresh_from_db()
    lifecycle.correct(statement, by=None, note="Better.", is_material=False)


PAGES = ["/", "/statements/", "/about/", "/privacy/", "/contact/", "statements:detail",
         "statements:editions", "signatories:list"]  # fmt: skip


def path_of(page, statement):
    return page if page.startswith("/") else reverse(page, args=[statement.slug])


@pytest.mark.medium
@pytest.mark.parametrize("page", PAGES)
def test_each_page_has_one_address_and_languages_that_name_each_other(client, page):
    path = path_of(page, in_two_languages())
    both = {"en": f"{HOME}{path}", "az": f"{HOME}/az{path}", "x-default": f"{HOME}{path}"}
    for code in ("en", "az"):
        found = head(client, both[code].removeprefix(HOME))
        assert found.canonical == both[code]
        assert found.alternates == {**both}
        assert "robots" not in found.meta


@pytest.mark.medium
def test_a_page_without_words_in_its_language_is_not_offered(client):
    path = make_edition().statement.get_absolute_url()
    found = head(client, f"/az{path}")
    assert found.canonical == f"{HOME}{path}"
    assert found.alternates == {}


@pytest.mark.medium
@pytest.mark.parametrize(
    ("url", "is_indexed"),
    [("/?utm_source=x", True), ("/statements/?page=2", False), ("/statements/?q=x", False)],
)
def test_parts_of_lists_are_no_pages_of_their_own(client, url, is_indexed):
    found = head(client, url)
    assert found.canonical == (f"{HOME}/" if is_indexed else None)
    assert found.meta.get("robots") == (None if is_indexed else "noindex")


@pytest.mark.medium
def test_earlier_editions_are_read_and_not_indexed(client):
    statement = make_edition().statement
    correct(statement, "Keep the reading room open on Saturdays")
    path = statement.get_absolute_url()
    earlier, current = (head(client, f"{path}editions/{number}/") for number in (1, 2))
    assert (earlier.canonical, earlier.meta["robots"]) == (None, "noindex")
    assert (current.canonical, current.alternates) == (f"{HOME}{path}", {})
    assert head(client, f"/sign/{statement.slug}/").canonical == f"{HOME}{path}"


@pytest.mark.parametrize(
    ("url", "status"),
    [("/nothing/", 404), ("/statements/nothing/", 404), ("/sign/confirm/nonsense/", 404)],
)
def test_errors_and_private_pages_are_not_indexed(client, url, status):
    found = head(client, url, status)
    assert found.meta["robots"].startswith("noindex")
    assert found.canonical is None
    assert "og:url" not in found.meta


@pytest.mark.medium
def test_private_answers_say_so_in_a_header_too(client):
    assert client.get("/sign/confirm/nonsense/")["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get("/")


@pytest.mark.slow
def test_what_other_sites_show_of_a_statement(client):
    statement = in_two_languages(summary="The reading room is to close.")
    found = head(client, statement.get_absolute_url()).meta
    assert found["og:title"] == "Keep the reading room open"
    assert found["description"] == "The reading room is to close."
    assert found["og:description"] == "We ask the council to keep it open."
    assert found["og:type"] == "article"
    assert found["og:url"] == f"{HOME}{statement.get_absolute_url()}"
    assert found["og:site_name"] == "Civic Coalition"
    assert (found["og:locale"], found["og:locale:alternate"]) == ("en", "az")
    assert found["twitter:card"] == "summary_large_image"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:alt"].startswith("Keep the reading room open")
    assert client.get(found["og:image"].removeprefix(HOME))["Content-Type"] == "image/png"
    azerbaijani = head(client, f"/az{statement.get_absolute_url()}").meta
    assert azerbaijani["og:title"] == "Oxu zalı qalsın"
    assert azerbaijani["og:image"].endswith("/share-1-az.png")


@pytest.mark.medium
@pytest.mark.parametrize("page", ["/", "/about/", "/contact/", "statements:detail"])
def test_cards_are_whole(client, page):
    path = path_of(page, make_edition().statement)
    for prefix in ("", "/az"):
        found = head(client, f"{prefix}{path}").meta
        for name in ("title", "description", "url", "site_name", "locale", "image", "image:alt"):
            assert found[f"og:{name}"], name
        assert client.get(found["og:image"].removeprefix(HOME)).status_code == 200


@pytest.mark.medium
def test_a_statement_is_described_as_it_reads(client):
    statement = in_two_languages(place="Exampletown")
    Reference.objects.create(statement=statement, title="The charter", url="https://example.org/c")
    edition = Edition.objects.get(statement=statement, language="en")
    make_signature(edition, organization=make_organization())
    for _ in range(2):
        make_signature(edition)
    correct(statement, "Keep it open")
    [data] = head(client, statement.get_absolute_url()).data
    current = Edition.objects.get(statement=statement, language="en", number=2)
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Article")
    assert data["url"] == f"{HOME}{statement.get_absolute_url()}"
    assert (data["headline"], data["inLanguage"], data["version"]) == ("Keep it open", "en", 2)
    assert data["identifier"]["value"] == current.sha256
    assert data["author"]["name"] == "Civic Coalition"
    assert data["datePublished"] < data["dateModified"]
    assert data["citation"][0]["url"] == "https://example.org/c"
    assert data["workTranslation"][0]["@id"] == f"{HOME}/az{statement.get_absolute_url()}"
    counts = {one["name"]: one["userInteractionCount"] for one in data["interactionStatistic"]}
    assert counts == {"Organizations": 1, "People": 2}


@pytest.mark.medium
def test_nothing_is_said_of_what_is_not_there(client):
    [data] = head(client, make_edition(summary="").statement.get_absolute_url()).data
    absent = {"abstract", "citation", "workTranslation", "interactionStatistic", "locationCreated"}
    assert not absent & set(data)


@pytest.mark.medium
def test_the_site_is_described_on_its_front_page(client):
    [data] = head(client, "/").data
    by_type = {one["@type"]: one for one in data["@graph"]}
    assert by_type["Organization"]["name"] == by_type["WebSite"]["name"] == "Civic Coalition"
    assert by_type["WebSite"]["publisher"]["@id"] == by_type["Organization"]["@id"]


@pytest.mark.medium
def test_a_title_cannot_end_the_description(client):
    title = 'Keep </script><script>alert("1")</script> & <!-- open'
    answer = client.get(make_edition(title).statement.get_absolute_url())
    assert "<script>alert" not in answer.text
    assert Head(answer.text).data[0]["headline"] == title


def test_the_description_is_escaped_by_itself():
    script = structured_data.as_script({"name": "</script><b>&"})
    assert not re.search("[<>&]", script.removeprefix('<script type="application/ld+json">')[:-9])


def test_the_description_costs_no_query():
    edition = make_edition()
    Reference.objects.create(statement=edition.statement, title="Library Act")
    edition = Edition.objects.with_tally().select_related("statement__lead_picture").get()
    references = list(edition.statement.references.all())
    reading.public()  # the look is kept by each process
    assert queries_of(lambda: described(edition, [edition], references)) == []


@pytest.mark.medium
def test_words_in_another_language_say_so(client):
    statement = in_two_languages()
    target = Target.objects.create(statement=statement, name="Town council")
    Delivery.objects.create(
        statement=statement, target=target, delivered_on=timezone.localdate(), note="By hand"
    )
    path = statement.get_absolute_url()
    page = client.get(f"/az{path}").text
    assert re.search(r'<dd lang="en" dir="ltr">.*Town council', page)
    assert re.search(r'<div lang="en" dir="ltr"><p>By hand', page)
    page = client.get(path).text
    assert re.search(r"<dd>.*Town council", page)
