"""Every public page is the same for everybody: whatever stands in its address beside what it knows,
whatever a browser says of itself, made anew or kept.
"""

from types import SimpleNamespace

import pytest
from django.core.cache import caches

from casa.lib import parameters
from casa.lib.kept_pages import kept, memory
from casa.lib.testing import headers_of
from casa.tests.public_site import make_public_site, public_addresses, read_names
from signatories.signing.antispam import honeypot

CODE = "abcDEF123_-x"
SHARED = f"fbclid=x&utm_source=y&via={CODE}&page_=2&Q=z&%71x=1"
ODD = {
    "Accept-Language": "az", "Accept": "application/xml", "Range": "bytes=0-9",
    "Cookie": f"sessionid={'x' * 32}; csrftoken={'y' * 32}; language=az",
    "X-Forwarded-Host": "elsewhere.example", "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "203.0.113.9", "X-Original-URL": "/admin/", "Forwarded": "host=x",
    "Origin": "https://elsewhere.example", "Referer": f"https://elsewhere.example/?via={CODE}",
    "Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site", "User-Agent": "curl/8",
    "X-Requested-With": "XMLHttpRequest", "Cache-Control": "no-cache",
}  # fmt: skip
NOT_KEPT = {"csv", "attachment", "attachment-by-name", "picture", "logo"}
"""Streams and redirects."""


@pytest.fixture
def addresses(settings, tmp_path, monkeypatch):
    """Every public page, at one moment: forms say when they were opened, and no page grows old."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(kept, "now", lambda: 2_000_000_000.0)
    monkeypatch.setattr(memory, "monotonic", lambda: 0.0)
    monkeypatch.setattr(honeypot, "time", SimpleNamespace(time=lambda: 2_000_000_000.0))
    site = make_public_site()
    return [
        one
        for one in public_addresses(site)
        if parameters.of_view(one.pattern.callback) is not None
    ]


def told(answer):
    """Status, headers and bytes, without how old it is."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = {name: value for name, value in headers_of(answer).items() if name != "Age"}
    return answer.status_code, headers, body


@pytest.mark.slow
@pytest.mark.django_db
def test_every_page_reads_only_what_it_declares(client, addresses):
    for address in addresses:
        with read_names() as names:
            told(client.get(address.path, dict.fromkeys(parameters.all_known(), "1")))
        assert names <= set(parameters.of_view(address.pattern.callback)), address.path


@pytest.mark.slow
@pytest.mark.django_db
def test_every_page_is_the_same_however_it_was_shared_and_whoever_asks(client, addresses, settings):
    caches["pages"].clear()
    number = 0
    for address in addresses:
        path = address.path
        plain = told(client.get(path))
        assert told(client.get(f"{path}?{SHARED}")) == plain, path
        assert told(client.get(path, headers=ODD)) == plain, path
        settings.KEPT_PAGES_MB = 16
        made, given = client.get(f"{path}?{SHARED}", headers=ODD), client.get(path)
        assert "Age" not in made, path
        is_kept = "Age" in given
        assert is_kept == (made.status_code == 200 and address.pattern.name not in NOT_KEPT), path
        assert told(made) == told(given) == plain, path
        if is_kept and (tag := given.get("ETag")):
            again = client.get(path, headers={"If-None-Match": tag})
            settings.KEPT_PAGES_MB = 0
            anew = client.get(path, headers={"If-None-Match": tag})
            assert (again.status_code, again.content) == (anew.status_code, anew.content), path
            assert told(anew)[1].items() <= told(again)[1].items(), path
        settings.KEPT_PAGES_MB = 0
        number += is_kept
    assert number > 40


def test_what_a_page_knows_is_in_one_order_once_and_not_empty(rf):
    asked = []
    middleware = parameters.KnownParametersMiddleware(
        lambda request: asked.append((request.META["QUERY_STRING"], request.GET.dict()))
    )
    for query in ("page=2&q=a", "q=b&utm=x&page=2&q=a&topic=", "q=a&page=2&q="):
        middleware(rf.get(f"/az/statements/?{query}"))
    assert asked == [("q=a&page=2", {"q": "a", "page": "2"})] * 3
    for left in (
        "/statements/?q=%00&x=1",
        "/admin/?x=1",
        "/nothing/at/all/?x=1",
        "/statements/?" + "&" * 200,
    ):
        middleware(rf.get(left))
        assert asked[-1][0] == left.partition("?")[2]
    middleware(rf.post("/statements/?x=1"))
    assert asked[-1][0] == "x=1"


def test_the_lists_know_what_they_are_narrowed_by():
    assert parameters.of_path("/statements/x/") == ()
    assert set(parameters.of_path("/statements/x/signatories/")) >= {"q", "country", "people"}
    assert set(parameters.of_path("/api/v1/statements/x/signatories")) == {"kind", "after"}
    assert parameters.of_path("/admin/") is None
    assert parameters.of_path("/sign/manage/x/") is None
    assert parameters.of_path("/" + "x" * 1000) is None
