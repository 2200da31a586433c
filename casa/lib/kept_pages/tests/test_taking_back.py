"""What must be gone is gone from kept pages at once; what only adds may wait for its second."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from casa.lib.kept_pages import generation, kept, memory
from casa.pages.models import SitePage, SitePageText
from signatories.core import states
from signatories.models import Organization, Signature
from signatories.moderation import decisions
from signatories.self_service import editing, privacy
from signatories.testing import make_logo, make_organization, make_signature
from statements import lifecycle
from statements.models import Reference, StatementText, Update
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

NAME = "Wilhelmina Sand"


@pytest.fixture(autouse=True)
def _kept(settings, tmp_path, monkeypatch):
    """Time stands still: what is seen no more was not merely old."""
    monkeypatch.setattr(kept, "now", lambda: 2_000_000_000.0)
    monkeypatch.setattr(memory, "monotonic", lambda: 0.0)
    settings.KEPT_PAGES_MB, settings.VAR_DIR, settings.MEDIA_ROOT = 16, tmp_path, tmp_path
    caches["pages"].clear()


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def edition():
    return make_edition("Keep the reading room open", may_withhold=True)


@pytest.fixture
def signature(edition):
    return make_signature(edition, NAME)


def correct_words(statement):
    StatementText.objects.filter(statement=statement).update(title="Open it on Sundays")
    statement.refresh_from_db()
    lifecycle.correct(statement, by=None, note="The hours", is_material=False)


TAKING_BACK = {
    "erase": privacy.erase,
    "withdraw": states.withdraw,
    "hide": lambda one: decisions.hide(one, by=make_user(), reason="asked by phone"),
    "invalidate": lambda one: decisions.invalidate(one, by=make_user(), reason="made up"),
    "correct": lambda one: editing.correct(one, {"name": "Wilma Strand"}),
    "withhold": editing.withhold,
    "withdraw the statement": lambda one: lifecycle.withdraw(one.statement, by=None),
}


@pytest.mark.medium
@pytest.mark.parametrize("verb", TAKING_BACK)
def test_a_name_that_was_taken_back_is_seen_no_more(client, committing, signature, verb):
    path = signature.statement.get_absolute_url()
    for url in (path, f"{path}signatories/"):
        assert NAME in client.get(url).text
        assert "Age" in client.get(url)
    with committing():
        TAKING_BACK[verb](signature)
    for url in (path, f"{path}signatories/"):
        answer = client.get(url)
        assert NAME not in answer.text, url
        assert "Age" not in answer


@pytest.mark.medium
def test_who_was_listed_as_withdrawn_is_so_no_more(client, committing, signature):
    states.withdraw(signature, shown=True)
    path = f"{signature.statement.get_absolute_url()}signatories/"
    assert NAME in client.get(path).text
    with committing():
        states.hide_withdrawal(signature)
    assert NAME not in client.get(path).text


@pytest.mark.medium
def test_an_organization_that_never_signed_is_gone_when_a_worker_rejects_it(client, committing):
    trust, staff = make_organization("River Trust", verification="verified"), make_user()
    for _ in range(2):
        assert "River Trust" in client.get("/organizations/").text
    with committing():
        decisions.reject(trust, by=staff, reason="It was dissolved.")
    assert "River Trust" not in client.get("/organizations/").text
    assert client.get(trust.get_absolute_url()).status_code == 404


def changes(edition, trust):
    statement, staff = edition.statement, make_user()
    reference = Reference.objects.create(statement=statement, title="The act")
    update = Update.objects.create(statement=statement, title="News", body="<p>x</p>")
    text = SitePageText.objects.first() or SitePageText.objects.create(
        page=SitePage.objects.get_or_create(key=SitePage.Key.ABOUT)[0], language="en", body="x"
    )
    yield "a part is changed", reference.save
    yield "a part is removed", reference.delete
    yield "news are put off", lambda: (
        setattr(update, "posted_at", timezone.now() + timedelta(days=1)), update.save()
    )  # fmt: skip
    yield "a page of the site is changed", text.save
    yield "an organization is renamed", trust.save
    yield "a logo is removed", trust.logos.first().delete
    yield "words are corrected", lambda: correct_words(statement)
    yield "an organization is rejected", lambda: decisions.reject(trust, by=staff, reason="none")
    yield "signing is paused", lambda: lifecycle.pause(statement, by=staff, sentence="Soon.")


@pytest.mark.medium
def test_whatever_is_shown_renews_when_it_changes(committing, edition):
    trust = make_organization("River Trust")
    make_logo(trust)
    make_signature(edition, organization=trust)
    for what, change in changes(edition, trust):
        before = generation.current()
        with committing():
            change()
        assert generation.current() != before, what


def test_what_only_adds_renews_nothing(committing, edition):
    """Whoever signs on a busy evening must not take the page from all others."""
    pending = make_signature(edition, state=Signature.State.PENDING)
    before = generation.current()
    with committing():
        make_signature(edition, "Nora Lind")
        Organization.objects.create(name="River Union", slug="river-union")
        states.change_state(pending, Signature.State.CONFIRMED, from_states=["pending"])
    assert generation.current() == before


def test_nothing_is_renewed_by_what_is_undone(committing, edition, signature):
    before = generation.current()
    with committing() as callbacks:
        generation.renew()
        assert generation.current() == before  # until the commit
    assert callbacks
    assert generation.current() != before


@pytest.mark.medium
def test_staff_see_what_is_so_now_and_their_changes_are_seen_by_all(
    client, committing, edition, settings
):
    path, staff = edition.statement.get_absolute_url(), make_user()
    client.get(path)
    assert "Age" in client.get(path)
    settings.SESSION_COOKIE_PATH = "/"
    client.force_login(staff)
    assert "Age" not in client.get(path)
    client.cookies[settings.SESSION_COOKIE_NAME] = "made-up-by-somebody"
    assert "Age" in client.get(path)
    before = generation.current()
    client.post("/admin/login/", {})
    assert generation.current() == before  # whoever has not signed in renews nothing
    client.force_login(staff)
    with committing():
        client.post("/admin/jsi18n/", {})
    assert generation.current() != before
