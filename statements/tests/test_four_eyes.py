"""Where the office asks for it, whoever wrote last does not publish."""

import pytest

from statements import lifecycle
from statements.models import Edition, Statement
from statements.testing import make_draft, make_user

pytestmark = pytest.mark.django_db


def written_by(writer, editor=None):
    statement = make_draft(by=writer)
    Statement.objects.filter(pk=statement.pk).update(edited_by=editor)
    return statement


@pytest.fixture
def people(settings):
    settings.FOUR_EYES = True
    return make_user(), make_user("author@example.org")


def test_whoever_wrote_last_cannot_publish(people):
    editor, author = people
    statement = written_by(author, editor)
    with pytest.raises(lifecycle.LifecycleError, match="somebody else has to look"):
        lifecycle.publish(statement, by=editor)
    assert not Edition.objects.exists()
    lifecycle.publish(statement, by=author)
    assert Edition.objects.exists()


def test_whoever_began_it_wrote_it_until_another_does(people):
    editor, author = people
    with pytest.raises(lifecycle.LifecycleError):
        lifecycle.publish(written_by(author), by=author)
    lifecycle.publish(written_by(author), by=editor)


def test_it_counts_who_wrote_last_in_the_database(people):
    editor, author = people
    statement = written_by(author)  # read before the editor saved
    Statement.objects.filter(pk=statement.pk).update(edited_by=editor)
    with pytest.raises(lifecycle.LifecycleError):
        lifecycle.publish(statement, by=editor)


def test_a_correction_is_published_words_too(people):
    editor, author = people
    statement = written_by(author, author)
    lifecycle.publish(statement, by=editor)
    statement.texts.update(ask="We ask the council to keep it open on Sundays.")
    with pytest.raises(lifecycle.LifecycleError, match="somebody else"):
        lifecycle.correct(statement, by=author, note="Sundays.", is_material=False)
    lifecycle.correct(statement, by=editor, note="Sundays.", is_material=False)


def test_an_office_of_one_publishes_alone():
    editor = make_user()
    lifecycle.publish(written_by(editor, editor), by=editor)


def test_a_command_has_no_eyes(people):
    lifecycle.publish(written_by(people[0]), by=None)
