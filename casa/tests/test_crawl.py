"""Every public page that can be reached from the front page, in both languages: it answers, loads
nothing from elsewhere, sets no cookie, says how long it may be kept, and is valid HTML.
"""

import re
from collections import deque

import pytest
from django.conf import settings

from casa.lib.http import POLICIES
from casa.tests.site import LIBRARY, furnish, links_of
from signatories.organizations.views import LOGO_KEPT
from statements.public import picture_views
from tools import html_validator

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]

# Where other people's pages may be linked to; nothing is ever loaded from there.
OUTSIDE = re.compile(r"https?://")
HERE = re.compile(r"http://testserver(/[^\s\"<>#\\]*)")
STATIC = settings.STATIC_URL
# Beside the front pages, what no page links to and programs ask for.
STARTS = ("/", "/az/", "/robots.txt", "/sitemap.xml", "/api/v1/docs/", "/api/v1/statements",
          "/api/v1/organizations", "/api/v1/organizations/aldermouth-readers-circle",
          f"/api/v1/statements/{LIBRARY}", "/organizations/suggest.json?q=river")  # fmt: skip
CACHED = {*POLICIES.values(), LOGO_KEPT, picture_views.KEPT}
REACHED = ("/organizations/aldermouth", "/organizations/aldermouth-readers-circle/feed.atom",
           "/az/organizations/", "/logo/", "/feed.atom", "/sitemap-organizations.xml", ".csv",
           "/picture/", "share-2-en.png", "/changes/2/", "/oembed/",
           "badge.svg", "qr.svg", "/site.webmanifest")  # fmt: skip
CRAWLED = pytest.StashKey()
MANY = 1_200  # pages; more means that the crawler runs in circles


def named_in(answer):
    """The addresses of this site that a feed, a sitemap or an answer of the API gives."""
    kind = answer.get("Content-Type", "")
    if answer.streaming or not ("xml" in kind or "json" in kind):
        return set()
    return {one.replace("&amp;", "&") for one in HERE.findall(answer.text)}


@pytest.fixture
def crawled(request, client, settings, tmp_path):
    """(answers by address, loaded addresses by page), of one crawl for all tests."""
    if CRAWLED not in request.config.stash:
        settings.MEDIA_ROOT = tmp_path
        settings.SITE_URL = "http://testserver"
        furnish()
        request.config.stash[CRAWLED] = crawl(client)
    return request.config.stash[CRAWLED]


def crawl(client):
    answers, loaded = {}, {}
    waiting, seen = deque(STARTS), set(STARTS)
    while waiting:
        url = waiting.popleft()
        answers[url] = answer = client.get(url)
        assert len(answers) < MANY, sorted(answers)[-50:]
        if "text/html" not in answer.get("Content-Type", ""):
            for close in answer._resource_closers:  # answer.close() would end the connection too
                close()
            links = named_in(answer)
        else:
            followed, loaded[url] = links_of(answer.text, url)
            links = followed | loaded[url]
        for link in sorted(links):
            if OUTSIDE.match(link) or link.startswith((STATIC, "/admin/")) or link in seen:
                continue
            seen.add(link)
            waiting.append(link)
    return answers, loaded


def test_the_public_site_holds_together(crawled):
    answers, loaded = crawled
    assert len(answers) > 40
    for part in REACHED:
        assert any(part in url for url in answers), part
    wrong = []
    for url, answer in answers.items():
        if answer.status_code >= 400:
            wrong.append(f"{url}: {answer.status_code}")
        if answer.cookies:
            wrong.append(f"{url}: sets a cookie")
        if answer.get("Cache-Control") not in CACHED:
            wrong.append(f"{url}: no cache policy ({answer.get('Cache-Control')})")
        wrong += [f"{url}: loads {link}" for link in loaded.get(url, ()) if OUTSIDE.match(link)]
    assert not wrong, "\n".join(wrong)


def test_every_page_is_valid_html(crawled):
    assert html_validator.is_installed(), "Run `python tools/html_validator.py` first."
    answers, loaded = crawled
    pages = {url: answers[url].text for url in loaded}
    assert len(pages) > 20
    wrong = html_validator.problems(pages)
    assert not wrong, "\n".join(wrong[:60])


def test_the_validator_finds_what_is_wrong():
    page = "<!doctype html><html lang=en><title>x</title><ul><p id=a>x</p></ul><p id=a>y</p></html>"
    assert len(html_validator.problems({"/": page})) >= 2
