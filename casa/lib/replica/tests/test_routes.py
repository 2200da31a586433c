"""Which address may be answered from the replica: each one is decided here."""

import pytest
from django.db import DatabaseError, connections, transaction
from django.urls import get_resolver

from casa.lib.db import reading
from casa.lib.db.reading import ALIAS
from casa.lib.kept_pages import generation
from casa.lib.replica import middleware
from casa.lib.replica.middleware import ReplicaMiddleware, may_read
from casa.tests.test_cache_policies import patterns
from signatories.models import Signature
from signatories.testing import make_signature
from statements.models import Statement
from statements.testing import make_edition, make_user

MAY = {
    "": "oembed robots sitemap-index sitemap security",
    "api-1": "openapi-json openapi-view statement_list statement tally edition_list edition"
    " signatory_list organization_list organization seal_list api-root",
    "appearance": "picture",
    "free-pages": "page",
    "lead_pictures": "size",
    "pages": "about privacy contact",
    "paper": "statement volume sheet whole_sheet",
    "share": "edition edition-photo site icon-192 icon-512 icon-maskable-192 icon-maskable-512"
    " touch-icon favicon manifest",
    "signatories": "list csv count badge qr mastodon follow embed suggest logo organizations"
    " organization organization-feed sign how_we_count sealed_days sealed_day seal-feed",
    "statements": "home feed list detail statement-feed editions edition print changes attachment"
    " attachment-by-name picture",
}
"""What is the same for everybody. Whatever is not named is read from the primary: the back office,
and all that shows one person's data or was reached by a link from a mail."""


def test_it_is_decided_for_every_address():
    may = {(space, name) for space, names in MAY.items() for name in names.split()}
    found = {
        (namespace, entry.name)
        for namespace, entry in patterns(get_resolver())
        if may_read(entry.callback)
    }
    assert found == may
    others = {space for space, entry in patterns(get_resolver()) if not may_read(entry.callback)}
    assert "admin" in others
    assert not [name for space, name in found if space == "admin"]


@pytest.fixture
def asked(transactional_db, settings, monkeypatch):
    """The databases that queries go to, while the replica is fresh; it is the same database."""
    settings.DATABASE_ROUTERS = ["casa.lib.db.reading.ReplicaRouter"]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "casa.lib.replica.middleware.ReplicaMiddleware"]
    monkeypatch.setattr(middleware.watch, "is_enough", lambda since: True)
    connections[ALIAS] = connections["default"]
    found, choose = [], reading.ReplicaRouter.db_for_read

    def noting(self, model, **hints):
        found.append(choose(self, model, **hints))
        return found[-1]

    monkeypatch.setattr(reading.ReplicaRouter, "db_for_read", noting)
    yield found
    del connections[ALIAS]


@pytest.fixture
def slug(asked):
    edition = make_edition()
    make_signature(edition)
    asked.clear()
    return edition.statement.slug


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize(
    "path", ["/", "/statements/", "/statements/{}/", "/statements/{}/signatories/", "/feed.atom"]
)
def test_public_pages_are_read_from_it(client, asked, slug, path):
    assert client.get(path.format(slug)).status_code == 200
    assert ALIAS in asked
    assert not reading.is_on()


@pytest.mark.page
@pytest.mark.medium
def test_the_back_office_and_what_is_posted_never(client, asked, slug):
    client.force_login(make_user())
    asked.clear()
    assert client.get("/admin/").status_code == 200
    client.post(f"/statements/{slug}/", {"confirm": "no-token"})
    client.post(f"/sign/{slug}/", {"name": "Nora Lind"})
    client.get("/sign/manage/no-token/")
    assert set(asked) == {"default"}


@pytest.mark.page
@pytest.mark.medium
def test_one_that_is_behind_is_not_read(client, asked, slug, monkeypatch):
    monkeypatch.setattr(middleware.watch, "is_enough", lambda since: False)
    assert client.get(f"/statements/{slug}/").status_code == 200
    assert set(asked) == {"default"}


@pytest.mark.medium
@pytest.mark.parametrize("path", ["/", "/statements/{}/", "/api/v1/statements"])
def test_when_it_fails_the_primary_answers(client, asked, slug, path, caplog):
    """It went away since it was asked last, or cancels a query that stands in its way."""
    default = connections["default"]
    gone = type(default)({**default.settings_dict, "NAME": "/nowhere/casa"}, ALIAS)
    connections[ALIAS] = gone
    with pytest.raises(DatabaseError):
        gone.ensure_connection()
    assert client.get(path.format(slug)).status_code == 200
    assert "The replica failed" in caplog.text
    assert {ALIAS, "default"} <= set(asked)


def test_whoever_writes_reads_what_was_written(asked):
    reading.begin()
    assert Statement.objects.db == ALIAS
    with transaction.atomic():
        assert Statement.objects.db == "default"
    reading.end()
    assert Statement.objects.db == "default"


def test_a_write_ends_reading(asked):
    reading.begin()
    Signature.objects.filter(pk=0).update(name="")
    assert not reading.is_on()


def test_what_is_kept_and_dropped_is_read_from_the_primary(asked):
    reading.begin()
    with reading.from_primary():
        assert Statement.objects.db == "default"
    assert reading.is_on()
    reading.end()


def test_it_has_no_tables_of_its_own():
    router = reading.ReplicaRouter()
    assert router.allow_migrate(ALIAS, "statements") is False
    assert router.allow_migrate("default", "statements") is None
    assert router.allow_relation(Statement(), Signature())


def test_after_something_was_taken_back_it_has_to_show_that(monkeypatch):
    marks, since = iter(["one", "one", "two"]), []
    monkeypatch.setattr(generation, "current", lambda: next(marks))
    monkeypatch.setattr(middleware.watch, "is_enough", since.append)
    asking = ReplicaMiddleware(lambda request: None)
    for _ in range(3):
        asking._is_fresh()
    first, again, afterwards = since
    assert first == again < afterwards


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_marked_even_where_no_page_is_kept(settings, tmp_path):
    settings.VAR_DIR, settings.KEPT_PAGES_MB = tmp_path, 0
    generation.renew()
    assert generation.current() == ""
    settings.DATABASE_ROUTERS = ["casa.lib.db.reading.ReplicaRouter"]
    generation.renew()
    assert generation.current() != ""
