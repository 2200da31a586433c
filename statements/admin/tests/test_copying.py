"""A statement as the pattern for a new draft."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from signatories.testing import make_signature
from statements import copying
from statements.models import Reference, Statement, StatementText, Target, Update
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pattern():
    """A published statement with everything that a statement has."""
    edition = make_edition(
        "Mend the bridge", kind="petition", place="Millbrook", signers="people",
        premoderated=True, dated_on=date(2026, 3, 2),
        signing_closes_at=timezone.now() + timedelta(days=9),
    )  # fmt: skip
    statement = edition.statement
    StatementText.objects.create(statement=statement, language="az", title="K", body="<p>K</p>")
    Target.objects.create(statement=statement, name="The council", position=2)
    Reference.objects.create(statement=statement, title="Bridges Act")
    Update.objects.create(statement=statement, title="News", body="<p>x</p>")
    make_signature(edition)
    return statement


def test_words_settings_and_addressees_come_along(pattern):
    user = make_user()
    draft = copying.copy_as_draft(pattern, by=user)
    draft.refresh_from_db()
    for name in ("kind", "place", "signers", "premoderated", "language"):
        assert getattr(draft, name) == getattr(pattern, name)
    words = ("language", "title", "summary", "body", "ask")
    assert list(draft.texts.values_list(*words)) == list(pattern.texts.values_list(*words))
    assert [(one.name, one.position) for one in draft.targets.all()] == [("The council", 2)]
    assert [one.title for one in draft.references.all()] == ["Bridges Act"]
    assert (draft.status, draft.slug, draft.created_by) == ("draft", "mend-the-bridge-2", user)


def test_signatures_editions_dates_and_news_do_not(pattern):
    draft = copying.copy_as_draft(pattern, by=None)
    for name in ("signatures", "editions", "events", "updates", "tally_slots"):
        assert not getattr(draft, name).exists(), name
    for name in ("dated_on", "publish_at", "signing_opens_at", "signing_closes_at"):
        assert getattr(draft, name) is None


@pytest.mark.medium
def test_the_pattern_stays_as_it_is(pattern):
    before = list(Statement.objects.filter(pk=pattern.pk).values())
    copying.copy_as_draft(pattern, by=None)
    assert list(Statement.objects.filter(pk=pattern.pk).values()) == before
    assert (pattern.texts.count(), pattern.targets.count(), pattern.editions.count()) == (2, 1, 1)


@pytest.mark.slow
def test_it_is_a_button(client, pattern):
    client.force_login(make_user())
    url = reverse("admin:statements_statement_copy", args=[pattern.pk])
    assert url in client.get(reverse("admin:statements_statement_change", args=[pattern.pk])).text
    answer = client.post(url, follow=True)
    assert "This is the copy" in answer.text
    assert answer.context["original"] == Statement.objects.latest("pk") != pattern
    assert client.get(url).status_code == 405


@pytest.mark.medium
def test_it_needs_the_permissions(client, pattern):
    user = make_user(is_superuser=False)
    client.force_login(user)
    url = reverse("admin:statements_statement_copy", args=[pattern.pk])
    for name in ("view_statement", "add_statement"):
        assert client.post(url).status_code == 403
        user.user_permissions.add(Permission.objects.get(codename=name))
    assert client.post(url).status_code == 302
