from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from statements import lifecycle
from statements.models import Statement, StatementText
from statements.models.events import STEPS
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db


def test_publishing_makes_edition_one_in_every_language_and_a_history_row():
    user, statement = make_user(), make_draft()
    StatementText.objects.create(
        statement=statement, language="az", title="Oxu zalı açıq qalsın", body="<p>Şənbə.</p>"
    )
    lifecycle.publish(statement, by=user, note="agreed on Monday")
    editions = statement.editions.order_by("language")
    assert [(e.number, e.language) for e in editions] == [(1, "az"), (1, "en")]
    step = statement.events.get()
    assert (step.from_status, step.to_status, step.by, step.note) == (
        "draft", "published", user, "agreed on Monday",
    )  # fmt: skip


def test_the_fingerprint_can_be_computed_by_a_reader():
    statement = make_draft(title="T", summary="S", body="<p>B</p>", ask="A")
    edition = lifecycle.publish(statement, by=None)[0]
    # printf 'T\n\nS\n\n<p>B</p>\n\nA' | sha256sum
    assert edition.sha256 == "bed812b5b5118eef2f2e7f2d76fd42e57c823d2994c4a98f36b29bdbe02dc94f"


def test_a_statement_is_published_once_even_by_two_editors():
    mine = make_draft()
    theirs = Statement.objects.get(pk=mine.pk)
    lifecycle.publish(mine, by=None)
    with pytest.raises(lifecycle.LifecycleError, match="“Published”"):
        lifecycle.publish(theirs, by=None)
    assert mine.editions.count() == 1


@pytest.mark.parametrize("missing", [{"title": " "}, {"body": "<p> </p>"}])
def test_an_empty_text_is_not_published(missing):
    statement = make_draft(**missing)
    with pytest.raises(lifecycle.LifecycleError, match="title and words"):
        lifecycle.publish(statement, by=None)
    statement.refresh_from_db()
    assert statement.status == "draft"


def test_words_in_another_language_alone_are_not_enough():
    statement = make_draft()
    statement.texts.update(language="az")
    with pytest.raises(lifecycle.LifecycleError, match="own language"):
        lifecycle.publish(statement, by=None)


def test_an_embargo_ends_by_the_clock():
    later = timezone.now() + timedelta(hours=2)
    statement = make_draft(publish_at=later)
    lifecycle.publish(statement, by=None)
    assert statement.is_embargoed()
    assert not Statement.objects.public().exists()
    assert Statement.objects.public(at=later).exists()


@pytest.mark.parametrize(
    ("verbs", "status"),
    [
        (["submit", "send_back", "submit", "publish"], "published"),
        (["publish", "close", "reopen"], "published"),
        (["publish", "close", "archive"], "archived"),
        (["publish", "withdraw"], "withdrawn"),
    ],
)
def test_steps_follow_each_other(verbs, status):
    statement = make_draft()
    for verb in verbs:
        getattr(lifecycle, verb)(statement, by=None)
    assert Statement.objects.get().status == status
    assert statement.events.count() == len(verbs)


@pytest.mark.parametrize(
    ("verbs", "refused"),
    [
        ([], "close"),
        (["publish"], "submit"),
        (["publish", "close", "archive"], "withdraw"),
        (["publish", "withdraw"], "reopen"),
    ],
)
def test_other_steps_are_refused(verbs, refused):
    statement = make_draft()
    for verb in verbs:
        getattr(lifecycle, verb)(statement, by=None)
    with pytest.raises(lifecycle.LifecycleError):
        getattr(lifecycle, refused)(statement, by=None)
    assert statement.events.count() == len(verbs)


def test_addresses_are_made_of_titles_and_never_twice():
    slugs = [make_draft(title).slug for title in ("Ağ çay", "Ağ Çay", "", "x" * 300)]
    assert slugs == ["ag-cay", "ag-cay-2", "statement", "x" * 75]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_drafts_of_one_title_made_at_once_get_addresses_of_their_own():
    def make(_):
        try:
            return make_draft("One title").slug
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(make, range(16)))) == 16


def test_closing_before_signing_opens_leaves_its_days():
    opens = timezone.now() + timedelta(days=3)
    closes = opens + timedelta(days=7)
    statement = make_edition(signing_opens_at=opens, signing_closes_at=closes).statement
    lifecycle.close(statement, by=None)
    statement.refresh_from_db()
    assert (statement.signing_opens_at, statement.signing_closes_at) == (opens, closes)


def test_every_step_that_can_be_taken_has_a_name():
    possible = {(before, after) for before, all_ in lifecycle.TRANSITIONS.items() for after in all_}
    assert set(STEPS) == possible
