"""The sitemap, robots.txt and security.txt: what programs ask for first."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from casa.lib.sitemaps import SiteSitemap
from casa.lib.testing import assert_flat_queries
from statements import lifecycle
from statements.models import StatementText
from statements.testing import make_draft, make_edition

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
HOME = "https://letters.example.org"


@pytest.fixture(autouse=True)
def _site_url(settings):
    settings.SITE_URL = HOME


def read(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("public")
    return ElementTree.fromstring(answer.content)


def locations(root):
    return [one.text for one in root.iter(f"{MAP}loc")]


def alternates(root, location):
    url = next(one for one in root if one.findtext(f"{MAP}loc") == location)
    return {one.get("hreflang"): one.get("href") for one in url.findall(f"{XHTML}link")}


def in_two_languages(**fields):
    draft = make_draft(**fields)
    StatementText.objects.create(
        statement=draft, language="az", title="Oxu zalı qalsın", body="<p>Uşaqlar oxuyur.</p>"
    )
    return lifecycle.publish(draft, by=None)[0].statement


@pytest.mark.slow
def test_everything_listed_is_there_and_says_so_itself(client, settings):
    in_two_languages()
    make_edition("Only in English")
    listed = []
    for section in locations(read(client, "/sitemap.xml")):
        assert section.startswith(HOME)
        listed += locations(read(client, section.removeprefix(HOME)))
    assert len(listed) == len(set(listed)) == 2 + 1 + len(settings.LANGUAGES) * 6
    for url in listed:
        page = client.get(url.removeprefix(HOME))
        assert page.status_code == 200
        assert f'<link rel="canonical" href="{url}">' in page.text


def test_languages_of_a_statement_point_at_each_other(client):
    path = in_two_languages().get_absolute_url()
    single = make_edition("Only in English").statement.get_absolute_url()
    root = read(client, "/sitemap-statements.xml")
    both = {"en": f"{HOME}{path}", "az": f"{HOME}/az{path}", "x-default": f"{HOME}{path}"}
    assert alternates(root, f"{HOME}{path}") == alternates(root, f"{HOME}/az{path}") == both
    assert alternates(root, f"{HOME}{single}") == {}
    assert f"{HOME}/az{single}" not in locations(root)


def test_a_statement_in_another_language_alone_is_listed_there(client):
    path = make_edition("Oxu zalı qalsın", language="az").statement.get_absolute_url()
    assert locations(read(client, "/sitemap-statements.xml")) == [f"{HOME}/az{path}"]


def test_editions_are_listed_of_what_was_corrected(client):
    statement = make_edition().statement
    assert locations(read(client, "/sitemap-editions.xml")) == []
    text = statement.texts.get()
    text.title = "Keep the reading room open on Saturdays"
    text.save()
    statement.refresh_from_db()
    lifecycle.correct(statement, by=None, note="The day.", is_material=False)
    url = f"{HOME}{statement.get_absolute_url()}editions/"
    assert url in locations(read(client, "/sitemap-editions.xml"))


def test_it_names_nothing_that_is_not_public(client):
    secret = "Zanzibarium"
    make_draft(secret)
    lifecycle.publish(make_draft(secret, publish_at=timezone.now() + timedelta(hours=1)), by=None)
    withdrawn = make_edition(secret).statement
    lifecycle.withdraw(withdrawn, by=None)
    for url in ("/sitemap.xml", "/sitemap-statements.xml", "/sitemap-editions.xml"):
        assert secret.lower() not in client.get(url).text.lower()


@pytest.mark.medium
def test_long_ones_go_in_pages(client, monkeypatch):
    monkeypatch.setattr(SiteSitemap, "limit", 1)
    for number in range(2):
        make_edition(f"Statement {number}")
    assert f"{HOME}/sitemap-statements.xml?p=2" in locations(read(client, "/sitemap.xml"))
    pages = [locations(read(client, f"/sitemap-statements.xml?p={page}")) for page in (1, 2)]
    assert len(pages[0]) == len(pages[1]) == 1
    assert pages[0] != pages[1]
    for page in ("3", "0", "x"):
        assert client.get(f"/sitemap-statements.xml?p={page}").status_code == 404


@pytest.mark.medium
def test_it_costs_the_same_at_any_length(client):
    def ask(rows):
        assert len(locations(read(client, "/sitemap-statements.xml"))) == rows

    assert_flat_queries(lambda number: make_edition(f"Statement {number}"), ask)


def test_the_date_moves_with_the_words(client):
    make_edition(publish_at=timezone.now() - timedelta(days=40))
    last = read(client, "/sitemap-statements.xml").find(f".//{MAP}lastmod").text
    assert last == timezone.localdate().isoformat()  # its edition was made today


@pytest.mark.page
def test_robots_may_read_what_is_public(client, settings):
    others = {f"/{code}/sign/" for code, _name in settings.LANGUAGES[1:]}
    lines = client.get("/robots.txt").text.splitlines()
    forbidden = {line.split()[1] for line in lines if line.startswith("Disallow:")}
    assert forbidden == {"/admin/", "/sign/", *others}
    assert f"Sitemap: {HOME}/sitemap.xml" in lines


@pytest.mark.page
def test_a_weakness_can_be_reported(client, settings):
    settings.SECURITY_CONTACT = "security@example.org"
    fields = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines()
    )
    assert fields["Contact"] == "mailto:security@example.org"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=90) < left < timedelta(days=365)
    settings.SECURITY_CONTACT = "https://example.org/security"
    assert "Contact: https://example.org/security" in client.get("/.well-known/security.txt").text


@pytest.mark.page
def test_there_is_no_such_file_without_a_contact(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.medium
def test_whoever_has_it_is_told_so(client):
    make_edition()
    for url in ("/sitemap.xml", "/sitemap-statements.xml", "/robots.txt"):
        first = client.get(url)
        assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
