"""What browsers are told with every answer, and how often one network gets what costs much."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from signatories.signing.antispam import rate_limits
from signatories.testing import make_signature
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.page]

COSTLY = {
    "names_file": ("signatories:csv", {}),
    "document": ("paper:statement", {}),
    "suggest": ("signatories:suggest", {"q": "nora"}),
    "search": ("signatories:list", {"q": "nora"}),
}

COSTLY_NAMES = ("_csv", "_image", "statement_list", "signature_list", "directory", "suggest")


@pytest.fixture
def slug():
    edition = make_edition()
    make_signature(edition)
    return edition.statement.slug


def answers(client, slug):
    statement = reverse("statements:detail", args=[slug])
    sign = reverse("signatories:sign", args=[slug])
    yield client.get(statement)
    yield client.get(sign)
    yield client.post(sign, {})
    yield client.get("/nothing-of-the-kind/")
    yield client.get(reverse("signatories:badge", args=[slug]))
    client.force_login(make_user())
    yield client.get(reverse("admin:index"))


@pytest.mark.slow
def test_no_page_may_use_what_none_asks_for(client, slug):
    for answer in answers(client, slug):
        policy = answer["Permissions-Policy"]
        assert {"camera=()", "geolocation=()", "microphone=()"} <= set(policy.split(", "))


@pytest.mark.slow
def test_every_answer_says_what_a_browser_may_do_with_it(client, slug):
    refused = (
        client.get("/statements/?page=%00"),
        client.get("/x%00/"),
        client.trace("/statements/"),
    )
    assert [answer.status_code for answer in refused] == [400, 400, 405]
    files = client.get("/static/casa/embed.js"), client.get("/static/casa/icons/favicon.svg")
    for answer in (*answers(client, slug), *refused, *files):
        policy = set(answer["Content-Security-Policy"].split("; "))
        assert {"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Permissions-Policy"]
        assert answer["Cross-Origin-Resource-Policy"]
    for file in files:
        file.close()


@pytest.mark.parametrize("path", ["/api/v1/statements", "/anymail/postmark/tracking/"])
def test_programs_are_not_sent_on_to_https(client, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get(path)
    assert answer.status_code == 403
    assert "use https" in answer.text
    assert client.get("/statements/").status_code == 301
    assert client.get("/api/v1/statements", secure=True).status_code == 200


@pytest.mark.slow
def test_only_what_is_made_for_other_sites_can_be_loaded_by_them(client, slug):
    *pages, badge, office = answers(client, slug)
    for page in (*pages, office):
        assert page["Cross-Origin-Resource-Policy"] == "same-origin"
    assert badge["Cross-Origin-Resource-Policy"] == "cross-origin"
    for name in ("signatories:embed", "signatories:qr", "signatories:count"):
        answer = client.get(reverse(name, args=[slug]))
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin", name


@pytest.mark.slow
def test_a_page_opened_from_a_sandboxed_frame_is_shown(client, slug):
    """Browsers refuse one there that asks for windows of its own; the back office does all the
    same."""
    *pages, office = answers(client, slug)
    for page in pages:
        assert page["Cross-Origin-Opener-Policy"] == "unsafe-none"
    assert office["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.medium
@pytest.mark.parametrize("name", sorted(COSTLY))
def test_what_costs_much_is_limited_by_network(client, slug, settings, monkeypatch, name):
    settings.SIGN_LIMITS = True
    monkeypatch.setitem(rate_limits.LIMITS, name, (rate_limits.Limit(rate_limits.DAY, 2, 9),))
    address, query = COSTLY[name]
    url = reverse(address, args=[] if name == "suggest" else [slug])
    statuses = []
    for number in range(3):
        # Another word each time, so that nothing of it is kept.
        asked = {key: f"{value}{number}" for key, value in query.items()}
        answer = client.get(url, asked)
        statuses.append(answer.status_code)
    assert statuses == [200, 200, 429]
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Retry-After"]
    if name == "search":  # the list itself stays open
        assert client.get(url).status_code == 200


def test_every_page_of_a_kind_that_costs_much_says_its_limit():
    """Documents, files and pictures made on request, and lists that can be searched."""
    views = {entry.callback for entry in patterns(get_resolver())}
    costly = {view for view in views if any(word in view.__name__ for word in COSTLY_NAMES)}
    assert len(costly) >= 5
    assert sorted(view.__qualname__ for view in costly if not hasattr(view, "limit")) == []


def patterns(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        elif isinstance(entry, URLPattern):
            yield entry
