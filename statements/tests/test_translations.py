"""A translation knows of which edition of the original it is, and says so to nobody in silence."""

import pytest
from django.db import DatabaseError, connection, transaction

from statements import lifecycle
from statements.lifecycle import LifecycleError
from statements.models import Edition, StatementText
from statements.testing import make_translated, rewrite
from statements.translations import Answer, answers_for, language_states

pytestmark = pytest.mark.django_db

SUNDAYS = "<p>Pupils learn there on Sundays.</p>"
BAZAR = "<p>Şagirdlər orada bazar günləri oxuyur.</p>"


def correct(statement, *, answers=None, notes=None, is_material=True):
    notes = {"en": "Sundays.", **(notes or {})}
    return lifecycle.correct(
        statement, by=None, is_material=is_material, answers=answers, notes=notes
    )


def read(statement):
    """What visitors read: of each language its number, and the number it carries."""
    current = Edition.objects.current().filter(statement=statement)
    return {one.language: (one.number, one.translates) for one in current}


def state(statement, language="az"):
    found = language_states(statement, statement.texts.all())
    return next(one for one in found if one.language == language)


def left_behind(statement, **how):
    rewrite(statement, SUNDAYS)
    correct(statement, answers={"az": Answer.KEPT}, **how)
    return statement


def test_a_correction_of_one_language_makes_no_edition_of_another():
    statement = make_translated()
    rewrite(statement, SUNDAYS)
    (made,) = lifecycle.correct(statement, by=None, note="Sundays.", is_material=True)
    assert (made.language, made.number) == ("en", 2)
    assert read(statement) == {"en": (2, 2), "az": (1, 1)}
    assert state(statement).is_behind
    assert not state(statement, "en").is_behind


def test_one_that_changed_too_follows():
    statement = make_translated()
    rewrite(statement, SUNDAYS)
    rewrite(statement, BAZAR, language="az")
    correct(statement, answers={"az": Answer.CHANGED})
    assert read(statement) == {"en": (2, 2), "az": (2, 2)}
    assert not state(statement).is_behind


def test_one_that_needs_no_change_is_confirmed_with_the_same_words_and_asks_nobody():
    statement = make_translated()
    before = Edition.objects.get(language="az")
    rewrite(statement, SUNDAYS)
    correct(statement, answers={"az": Answer.CONFIRMED})
    after = Edition.objects.current().get(language="az")
    assert read(statement) == {"en": (2, 2), "az": (2, 2)}
    assert (after.sha256, after.is_material) == (before.sha256, False)
    assert Edition.objects.get(language="en", number=2).is_material


def test_half_done_words_wait_while_the_original_is_corrected():
    statement = make_translated()
    rewrite(statement, SUNDAYS)
    rewrite(statement, "<p>Yarımçıq</p>", language="az")
    correct(statement, answers={"az": Answer.KEPT})
    assert read(statement) == {"en": (2, 2), "az": (1, 1)}
    assert state(statement).waits


@pytest.mark.parametrize("is_material", [True, False])
def test_one_that_catches_up_takes_the_number_of_the_original_and_its_weight(is_material):
    statement = left_behind(make_translated(), is_material=is_material)
    rewrite(statement, BAZAR, language="az")
    (made,) = correct(statement, notes={"az": "Bazar."}, is_material=False)
    assert (made.language, made.number, made.translates) == ("az", 2, 2)
    assert made.is_material == is_material
    assert (made.change_note, made.change_note_language) == ("Bazar.", "az")
    assert read(statement) == {"en": (2, 2), "az": (2, 2)}


def test_one_found_right_later_is_confirmed_alone():
    statement = left_behind(make_translated())
    (made,) = lifecycle.correct(
        statement, by=None, is_material=False, answers={"az": Answer.CONFIRMED}
    )
    assert (made.number, made.translates) == (2, 2)
    assert (made.change_note, made.change_note_language) == ("Sundays.", "en")


@pytest.mark.medium
def test_a_slip_of_a_translation_is_mended_alone_and_numbers_stay_apart():
    statement = make_translated()
    rewrite(statement, BAZAR, language="az")
    correct(statement, notes={"az": "Yazı səhvi."})
    assert read(statement) == {"en": (1, 1), "az": (2, 1)}
    assert not state(statement).is_behind
    rewrite(statement, SUNDAYS)
    correct(statement, answers={"az": Answer.KEPT})
    assert read(statement) == {"en": (3, 3), "az": (2, 1)}
    rewrite(statement, "<p>Bir daha.</p>", language="az")
    correct(statement, answers={"az": Answer.MENDED}, notes={"az": "Yenə."})
    assert read(statement) == {"en": (3, 3), "az": (4, 1)}
    assert state(statement).is_behind
    rewrite(statement, "<p>İndi düz.</p>", language="az")
    correct(statement, answers={"az": Answer.CHANGED})
    assert read(statement) == {"en": (3, 3), "az": (5, 3)}
    rewrite(statement, "<p>Mondays.</p>")
    correct(statement, answers={"az": Answer.CONFIRMED})
    assert read(statement) == {"en": (6, 6), "az": (6, 6)}


@pytest.mark.medium
@pytest.mark.parametrize(
    ("answer", "carried", "is_behind"),
    [(Answer.CHANGED, 2, False), (Answer.MENDED, 1, True)],
)
def test_a_language_that_is_added_later_gets_its_state(answer, carried, is_behind):
    statement = make_translated()
    rewrite(statement, SUNDAYS)
    correct(statement)
    StatementText.objects.create(statement=statement, language="fr", title="Lire", body="<p>F</p>")
    (made,) = lifecycle.correct(
        statement, by=None, is_material=False, answers={"fr": answer, "az": Answer.KEPT}
    )
    assert (made.number, made.translates, made.is_material) == (carried, carried, False)
    assert state(statement, "fr").is_behind == is_behind


def test_a_note_is_kept_in_its_language_and_else_in_that_of_the_original():
    statement = make_translated()
    rewrite(statement, SUNDAYS)
    rewrite(statement, BAZAR, language="az")
    made = correct(statement, notes={"az": "Bazar."})
    assert {one.language: one.change_note_language for one in made} == {"en": "en", "az": "az"}
    rewrite(statement, "<p>Mondays.</p>")
    rewrite(statement, "<p>Bazar ertəsi.</p>", language="az")
    made = correct(statement)
    assert {one.language: one.change_note_language for one in made} == {"en": "en", "az": "en"}


def test_a_slip_without_any_note_is_refused():
    statement = make_translated()
    rewrite(statement, BAZAR, language="az")
    with pytest.raises(LifecycleError, match="Say what changed"):
        lifecycle.correct(statement, by=None, is_material=False)
    assert read(statement) == {"en": (1, 1), "az": (1, 1)}


def test_what_was_not_offered_is_refused():
    statement = make_translated()
    rewrite(statement, SUNDAYS)
    rewrite(statement, BAZAR, language="az")
    with pytest.raises(LifecycleError, match="languages have changed"):
        correct(statement, answers={"az": Answer.CONFIRMED})
    with pytest.raises(LifecycleError, match="Nothing would change"):
        correct(statement, answers={"en": Answer.KEPT, "az": Answer.KEPT})
    assert read(statement) == {"en": (1, 1), "az": (1, 1)}


def test_nothing_is_asked_where_nothing_waits():
    statement = make_translated()
    assert not answers_for(language_states(statement, statement.texts.all()))


@pytest.mark.medium
def test_current_is_asked_once_for_any_number_of_statements(django_assert_num_queries):
    for title in ("One", "Two", "Three"):
        left_behind(make_translated(title=title))
    with django_assert_num_queries(1):
        assert len(Edition.objects.current()) == 6


@pytest.mark.parametrize("sql", ["UPDATE statements_edition SET translates = 1",
                                 "DELETE FROM statements_edition"])  # fmt: skip
def test_the_database_still_refuses_to_change_an_edition(sql):
    make_translated()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_no_edition_translates_a_later_one():
    edition = make_translated().editions.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.create(
            statement=edition.statement, number=2, translates=3, language="az", title="A",
            body="<p>A</p>", sha256="0" * 64, published_at=edition.published_at,
        )  # fmt: skip
