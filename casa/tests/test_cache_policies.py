"""Every address has a named cache policy, and public pages are what the policy promises."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from casa.lib.http import POLICIES
from signatories.testing import make_signature
from statements.testing import make_draft, make_edition, make_user


def patterns(resolver, namespace=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, namespace or (entry.namespace or ""))
        elif isinstance(entry, URLPattern):
            yield namespace, entry


def test_every_url_has_a_cache_policy():
    without = [
        f"{namespace}:{entry.name} ({entry.pattern})"
        for namespace, entry in patterns(get_resolver())
        if getattr(entry.callback, "cache_policy", None) not in POLICIES
    ]
    assert not without


@pytest.mark.page
@pytest.mark.slow
@pytest.mark.django_db
def test_public_pages_can_be_shared_by_all(client):
    edition = make_edition()
    make_signature(edition)
    slug = edition.statement.slug
    for url in (
        "/", "/statements/", f"/statements/{slug}/", f"/statements/{slug}/signatories/",
        f"/sign/{slug}/", f"/az/statements/{slug}/", "/statements/none/",
        f"/statements/{slug}/editions/", f"/statements/{slug}/editions/1/",
    ):  # fmt: skip
        stale = {"Cookie": f"sessionid={'x' * 32}; csrftoken={'y' * 32}", "Accept-Language": "az"}
        answer = client.get(url, headers=stale)
        assert answer["Cache-Control"].startswith("public, max-age=0, s-maxage=1"), url
        assert not answer.cookies, url
        assert "Vary" not in answer or answer["Vary"] == "Accept-Encoding", (url, answer["Vary"])
        assert "csrf" not in answer.text, url
        assert "nonce" not in answer["Content-Security-Policy"], url


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.django_db
def test_the_language_is_in_the_address_alone(client):
    edition = make_edition()
    english = client.get(edition.statement.get_absolute_url(), headers={"Accept-Language": "az"})
    azerbaijani = client.get(f"/az{edition.statement.get_absolute_url()}")
    assert (english["Content-Language"], azerbaijani["Content-Language"]) == ("en", "az")
    assert '<html lang="az"' in azerbaijani.text


@pytest.mark.page
@pytest.mark.slow
@pytest.mark.django_db
def test_the_admin_is_kept_by_nobody(client):
    statement = make_draft()
    client.force_login(make_user())
    for url in (
        reverse("admin:index"),
        reverse("admin:statements_statement_change", args=[statement.pk]),
        reverse("admin:statements_statement_action", args=[statement.pk, "publish"]),
    ):
        answer = client.get(url)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.page
@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/statements/nothing/", "/nothing/", "/sign/nothing/"])
def test_what_is_not_there_is_said_in_the_look_of_the_site(client, url):
    answer = client.get(url)
    assert answer.status_code == 404
    assert "site/foundation.css" in answer.text
    assert 'href="/' in answer.text  # a way on


@pytest.mark.page
@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(client, method):
    assert getattr(client, method)("/statements/").status_code == 405


@pytest.mark.medium
@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    ["people=x", "people=99999999999999999999-1", "people=-1--1", "people=1-9" + "9" * 60,
     "organizations=1-1.newer", "people=oldest"],
)  # fmt: skip
def test_odd_questions_get_a_page(client, query):
    edition = make_edition()
    make_signature(edition)
    url = reverse("signatories:list", args=[edition.statement.slug])
    assert client.get(f"{url}?{query}").status_code == 200
    assert client.get(f"/statements/?{query}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "request_",
    [
        {"path": "/statements/?page=%00"},
        {"path": "/statements/", "headers": {"Content-Type": "multipart/form-data; charset=idna"}},
    ],
)
def test_what_is_no_text_is_refused(client, request_):
    assert client.get(**request_).status_code == 400


@pytest.mark.page
@pytest.mark.django_db
@pytest.mark.parametrize("header", ["Origin", "Referer"])
@pytest.mark.parametrize("value", ["http://[", "http://a℀b", "nonsense"])
def test_malformed_headers_are_no_reason_to_fail(client, header, value):
    edition = make_edition()
    url = reverse("signatories:sign", args=[edition.statement.slug])
    assert client.post(url, {}, headers={header: value}).status_code == 403


@pytest.mark.page
@pytest.mark.django_db
@pytest.mark.parametrize("path", ["//elsewhere.example/statements/", "//[foo/"])
def test_no_link_leads_to_another_site(client, path):
    answer = client.get("/", PATH_INFO=path)
    assert answer.status_code == 404
    assert 'href="//' not in answer.text


@pytest.mark.medium
@pytest.mark.page
@pytest.mark.django_db
def test_an_error_is_kept_no_longer_than_the_page_would_be(client):
    edition = make_edition()
    gone = reverse("signatories:sign", args=["nothing"])
    assert client.post(gone)["Cache-Control"] == "private, no-store"
    assert client.get(gone)["Cache-Control"].startswith("public")
    assert client.put(edition.statement.get_absolute_url())["Cache-Control"]


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.django_db
@pytest.mark.parametrize("length", [100, 10_000])
def test_an_address_that_is_too_long_is_refused(client, length):
    expected = {100: (404, 200, 422), 10_000: (414, 414, 414)}[length]
    asked = (
        f"/sign/confirm/{'a' * length}/", f"/statements/?q={'a' * length}",
        f"/api/v1/statements?after={'a' * length}",
    )  # fmt: skip
    assert tuple(client.get(path).status_code for path in asked) == expected


@pytest.mark.page
@pytest.mark.django_db
def test_an_address_with_a_thousand_parameters_is_refused(client):
    assert client.get(f"/?{'&' * 2000}").status_code == 400
    assert client.get(f"/?{'&' * 50}").status_code == 200
