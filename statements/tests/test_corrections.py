"""A correction is the next edition of what changed, and changes nothing else."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection

from statements import lifecycle
from statements.lifecycle import LifecycleError
from statements.models import Edition, Statement, StatementEvent, StatementText
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db


def rewrite(statement, body="<p>Pupils learn there on Sundays.</p>", language="en"):
    StatementText.objects.filter(statement=statement, language=language).update(body=body)
    return statement


def correct(statement, **how):
    return lifecycle.correct(
        statement, **{"by": None, "note": "Sundays.", "is_material": True, **how}
    )


def test_it_makes_the_next_edition_and_leaves_the_first():
    first, user = make_edition(), make_user()
    statement = rewrite(first.statement)
    (second,) = correct(statement, by=user)
    assert (second.number, second.language, second.change_note) == (2, "en", "Sundays.")
    assert (second.is_material, second.published_by, second.published_at) == (
        True, user, statement.events.last().at,
    )  # fmt: skip
    assert second.body == "<p>Pupils learn there on Sundays.</p>"
    assert second.sha256 != first.sha256
    assert Edition.objects.get(pk=first.pk).body == first.body
    statement.refresh_from_db()
    assert (statement.edition_number, statement.status) == (2, "published")


def test_the_step_is_in_the_history():
    statement, user = rewrite(make_edition().statement), make_user()
    correct(statement, by=user)
    step = StatementEvent.objects.last()
    assert (step.from_status, step.to_status, step.by, step.note) == (
        "published", "published", user, "Sundays.",
    )  # fmt: skip


def test_languages_with_new_words_get_the_number_and_new_ones_come_along():
    draft = make_draft()
    StatementText.objects.create(statement=draft, language="az", title="Oxu zalı", body="<p>A</p>")
    lifecycle.publish(draft, by=None)
    rewrite(draft)
    rewrite(draft, "<p>Bazar günləri.</p>", "az")
    StatementText.objects.create(statement=draft, language="fr", title="Lire", body="<p>F</p>")
    made = correct(draft)
    assert {(one.language, one.number) for one in made} == {("en", 2), ("az", 2), ("fr", 2)}


@pytest.mark.parametrize("note", ["", "  \n"])
def test_a_note_is_required(note):
    with pytest.raises(LifecycleError, match="Say what changed"):
        correct(rewrite(make_edition().statement), note=note)
    assert Edition.objects.count() == 1


def test_nothing_changed_is_said():
    with pytest.raises(LifecycleError, match="Nothing changed"):
        correct(make_edition().statement)


def test_a_published_language_does_not_vanish():
    draft = make_draft()
    StatementText.objects.create(statement=draft, language="az", title="Oxu zalı", body="<p>A</p>")
    lifecycle.publish(draft, by=None)
    rewrite(draft)
    StatementText.objects.filter(language="az").delete()
    with pytest.raises(LifecycleError, match="language that visitors read is missing"):
        correct(draft)


@pytest.mark.parametrize("steps", [[], ["submit"], ["publish", "withdraw"],
                                   ["publish", "close", "archive"]])  # fmt: skip
def test_only_what_is_published_or_closed_is_corrected(steps):
    statement = make_draft()
    for step in steps:
        getattr(lifecycle, step)(statement, by=None)
    number = statement.edition_number
    with pytest.raises(LifecycleError, match="cannot be done now"):
        correct(rewrite(statement))
    assert Statement.objects.get().edition_number == number


def test_a_closed_statement_is_corrected():
    statement = make_edition().statement
    lifecycle.close(statement, by=None)
    correct(rewrite(statement))
    assert (statement.status, statement.edition_number) == ("closed", 2)


def test_what_the_editor_did_not_see_is_not_published():
    statement = rewrite(make_edition().statement)
    seen = lifecycle.working_copy_mark(statement, list(statement.texts.all()))
    rewrite(statement, "<p>Something else.</p>")
    with pytest.raises(LifecycleError, match="changed after you opened"):
        correct(statement, seen=seen)
    assert Edition.objects.count() == 1


def test_an_editor_with_an_old_page_is_refused():
    statement = rewrite(make_edition().statement)
    stale = Statement.objects.get()
    correct(statement)
    rewrite(statement, "<p>Something else.</p>")
    with pytest.raises(LifecycleError, match="Somebody else"):
        correct(stale)
    assert Edition.objects.count() == 2


@pytest.mark.medium
@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_make_one_edition():
    statement = rewrite(make_edition().statement)
    stale = [Statement.objects.get(pk=statement.pk) for _ in range(6)]

    def press(one):
        try:
            with suppress(LifecycleError):
                return correct(one)[0].number
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(press, stale))
    assert sorted(outcomes, key=str) == [2] + [None] * 5
    assert Edition.objects.count() == 2
    assert StatementEvent.objects.count() == 2
