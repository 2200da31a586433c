"""Sharing on Mastodon: the reader's own server, and no way to be led anywhere else."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from signatories.public.mastodon import host_of, share_url
from statements.testing import make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.page]

CODE = "abcDEF123_-x"


@pytest.fixture
def page():
    return reverse("signatories:mastodon", args=[make_edition("Keep it open").statement.slug])


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("mastodon.social", "mastodon.social"),
        ("  Mastodon.Social ", "mastodon.social"),
        ("https://mastodon.social/@nora", "mastodon.social"),
        ("HTTP://mastodon.social", "mastodon.social"),
        ("@nora@mastodon.social", "mastodon.social"),
        ("nora@mastodon.social", "mastodon.social"),
        ("straße.de", "xn--strae-oqa.de"),
        ("social.example.co.uk", "social.example.co.uk"),
    ],
)
def test_a_server_is_known_by_its_name_its_address_or_an_account(typed, host):
    assert host_of(typed) == host


@pytest.mark.parametrize(
    "typed",
    [
        "localhost", "mastodon", "127.0.0.1", "[::1]", "2130706433", "0x7f.1", "10.0.0.1.",
        "printer.local", "db.internal", "mastodon.social:8080", "co.uk", "social", ".social",
        "mastodon.social\r\nSet-Cookie: a=b", "mastodon.social?x=y", "mastodon.social#x",
        "evil.com\\mastodon.social", "javascript:alert(1)", "//evil.com", "-a.com", "a..com",
        "<b>.com", "mastodon.social\0", "x" * 260 + ".com", "@", "@@", "https://", "me@", " ", "",
        "mastodon.social,evil.com", "xn--a.com", "mastodon.social evil.com",
    ],
)  # fmt: skip
def test_what_no_registry_has_is_refused(typed):
    with pytest.raises(ValidationError):
        host_of(typed)


def test_the_link_is_to_share_alone_whatever_the_words_are():
    url = urlsplit(share_url("mastodon.social", "A & b?\r\n#@evil.com/ https://example.org/?via=x"))
    assert url[:3] == ("https", "mastodon.social", "/share")
    assert not url.fragment
    assert parse_qs(url.query) == {"text": ["A & b?\r\n#@evil.com/ https://example.org/?via=x"]}


@pytest.mark.medium
def test_the_page_asks_and_then_links_without_a_redirect(client, page):
    asked = client.get(page)
    assert asked.headers["Cache-Control"].startswith("public")
    answer = client.post(page, {"server": "@nora@mastodon.social"})
    assert answer.status_code == 200
    assert "Location" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert 'href="https://mastodon.social/share?text=Keep%20it%20open%20' in answer.text
    assert 'rel="noopener noreferrer nofollow"' in answer.text
    assert not answer.cookies


@pytest.mark.medium
def test_the_code_of_a_signers_link_goes_along(client, page):
    referer = f"http://testserver{page}?via={CODE}"
    answer = client.post(page, {"server": "mastodon.social"}, headers={"Referer": referer})
    assert f"via%3D{CODE}" in answer.text
    answer = client.post(page, {"server": "mastodon.social", "via": '"><script>'})
    assert "script%3E" not in answer.text


@pytest.mark.parametrize("typed", ["", "evil", '"><script>alert(1)</script>', "x" * 5000])
def test_what_is_wrong_is_said_at_the_field_and_kept(client, page, typed):
    answer = client.post(page, {"server": typed})
    assert answer.status_code == 422
    assert "/share?text" not in answer.text
    assert "<script>alert" not in answer.text
    assert 'href="#mastodon-server"' in answer.text


def test_another_site_cannot_post_it(client, page):
    answer = client.post(page, {"server": "a.com"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_what_is_not_public_is_not_shared(client):
    assert client.get(reverse("signatories:mastodon", args=["nothing"])).status_code == 404


def test_a_network_that_asks_too_often_is_told_so(client, page, settings, monkeypatch):
    monkeypatch.setattr("signatories.public.mastodon.rate_limits.allow", lambda *_args: False)
    assert client.post(page, {"server": "mastodon.social"}).status_code == 429
