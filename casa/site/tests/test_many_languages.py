"""A site in every language that there is: what programs are told of the others is true."""

import re

import pytest
from django.conf.locale import LANG_INFO

from statements import lifecycle
from statements.models import StatementText
from statements.testing import make_draft
from tools import messages

pytestmark = [pytest.mark.django_db, pytest.mark.page, pytest.mark.slow]

CODES = ["en", *(code for code in messages.languages() if code != messages.SOURCE)]
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">')


@pytest.fixture(autouse=True)
def languages(settings):
    settings.SITE_URL = "http://testserver"
    settings.LANGUAGES = [(code, LANG_INFO[code]["name_local"]) for code in CODES]


@pytest.fixture
def statement(db):
    """In three languages."""
    statement = make_draft("Keep the room open")
    for code, title in (("ru", "Сохраните зал"), ("fa", "سالن را نگه دارید")):
        StatementText.objects.create(
            statement=statement, language=code, title=title, body=f"<p>{title}</p>"
        )
    lifecycle.publish(statement, by=None)
    return statement


def alternates(page):
    return dict(ALTERNATE.findall(page.text))


@pytest.mark.parametrize("path", ["/", "/statements/", "/organizations/", "/privacy/"])
def test_a_page_of_the_site_is_offered_in_each(client, path):
    pages = {code: client.get("" if code == "en" else f"/{code}{path}") for code in CODES[1:]}
    told = [alternates(page) for page in (client.get(path), *pages.values())]
    assert set(told[0]) == {*CODES, "x-default"}
    assert all(one == told[0] for one in told), "each names all of them, itself included"
    for code, page in pages.items():
        assert f'<html lang="{code}"' in page.text
        assert told[0][code].endswith(f"/{code}{path}")


def test_a_statement_is_offered_in_the_languages_that_it_has(client, statement):
    path = f"/statements/{statement.slug}/"
    assert set(alternates(client.get(path))) == {"en", "ru", "fa", "x-default"}
    german = client.get(f"/de{path}").text
    assert f'<link rel="canonical" href="http://testserver{path}">' in german
    assert f'href="/fa{path}"' in german, "and so is it to people"


def test_the_sitemap_has_each_page_once_in_each_language(client, statement):
    listed = client.get("/sitemap-statements.xml").text
    places = re.findall(r"<loc>([^<]+)</loc>", listed)
    assert len(places) == len(set(places))
    of_statement = [place for place in places if place.endswith(f"/statements/{statement.slug}/")]
    assert len(of_statement) == 3


@pytest.mark.parametrize("code", CODES[1:])
def test_a_feed_is_in_its_language_and_names_that_of_other_words(client, statement, code):
    feed = client.get(f"/{code}/feed.atom").text
    assert f'xml:lang="{code}"' in feed.partition("<entry")[0]
    entry = re.search(r"<entry[^>]*>", feed)[0]
    is_theirs = code in ("ru", "fa")
    assert ("xml:lang" in entry) != is_theirs


def test_robots_and_security_txt_name_them_all(client):
    robots = client.get("/robots.txt").text
    assert all(f"Disallow: /{code}/sign/" in robots for code in CODES[1:])
    security = client.get("/.well-known/security.txt").text
    assert f"Preferred-Languages: {', '.join(CODES)}" in security
