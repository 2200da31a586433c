"""The buttons of a statement that is published and not public yet."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from statements import lifecycle
from statements.models import Edition, Statement, StatementText
from statements.testing import make_edition, make_user, screen_data

pytestmark = [pytest.mark.django_db, pytest.mark.page]


@pytest.fixture
def editor(client):
    client.force_login(make_user())
    return client


@pytest.fixture
def statement():
    moment = (timezone.now() + timedelta(days=6)).replace(second=0, microsecond=0)
    return make_edition(publish_at=moment).statement


def change_url(statement):
    return reverse("admin:statements_statement_change", args=[statement.pk])


def stop_url(statement):
    return reverse("admin:statements_statement_action", args=[statement.pk, "stop"])


def replace_url(statement):
    return reverse("admin:statements_statement_correct", args=[statement.pk])


def is_offered(step, page):
    return f'name="_step" value="{step}"' in page


def screen(statement, **fields):
    local = timezone.localtime(statement.publish_at)
    moment = {"publish_at_0": f"{local:%Y-%m-%d}", "publish_at_1": f"{local:%H:%M}"}
    text = statement.texts.get()
    return screen_data(
        statement, **{"texts-INITIAL_FORMS": 1, "texts-0-id": text.pk, **moment, **fields}
    )


@pytest.mark.medium
def test_stopping_is_a_button_with_its_consequence(editor, statement):
    page = editor.get(change_url(statement)).text
    assert is_offered("stop", page)
    assert page.count(f'href="{stop_url(statement)}"') == 1  # where the moment is said
    for name in ("close", "withdraw", "correct"):  # they are about what visitors read
        assert not is_offered(name, page)
    step = editor.get(stop_url(statement)).text
    assert "It does not go public on " in step
    assert "which nobody outside could read, is discarded" in " ".join(step.split())
    answer = editor.post(stop_url(statement), {"note": "A question."}, follow=True)
    assert "It is a draft again, and nothing of it was public." in answer.text
    assert Statement.objects.get().status == "draft"
    assert is_offered("publish", answer.text)


@pytest.mark.medium
def test_once_it_is_public_there_is_no_such_button(editor):
    statement = make_edition().statement
    page = editor.get(change_url(statement)).text
    assert not is_offered("stop", page)
    assert is_offered("withdraw", page)
    assert "This cannot be done now." in editor.get(stop_url(statement), follow=True).text
    assert "It is too late" in editor.post(stop_url(statement), follow=True).text
    assert Edition.objects.count() == 1


@pytest.mark.medium
def test_a_second_click_changes_nothing(editor, statement):
    editor.post(stop_url(statement))
    answer = editor.post(stop_url(statement), follow=True)
    assert "This cannot be done now" in answer.text
    assert statement.events.count() == 2


@pytest.mark.medium
def test_saved_words_do_not_go_public_in_silence(editor, statement):
    page = editor.get(change_url(statement)).text
    assert "The words that were saved are those that go public." in page
    data = screen(statement, **{"texts-0-ask": "We ask for more.", "_continue": "1"})
    page = editor.post(change_url(statement), data, follow=True).text
    assert "What you saved does not go public yet: the earlier words do." in page
    assert "The words that were saved are not those that go public." in page
    assert replace_url(statement) in page
    assert Edition.objects.get().ask != "We ask for more."


@pytest.mark.medium
def test_words_are_replaced_with_a_look_at_the_difference(editor, statement):
    StatementText.objects.update(ask="We ask for more.")
    page = editor.get(replace_url(statement))
    assert "this is no correction" in page.text
    assert "<ins>" in page.text
    assert 'name="is_material"' not in page.text
    posted = {"seen": page.context["mark"], "note": "The lawyer's words."}
    answer = editor.post(replace_url(statement), posted, follow=True)
    assert "Replaced. The words as they are now go public on " in answer.text
    assert "The words that were saved are those that go public." in answer.text
    edition = Edition.objects.get()
    assert (edition.number, edition.ask) == (1, "We ask for more.")


@pytest.mark.medium
def test_words_that_changed_meanwhile_are_looked_at_again(editor, statement):
    StatementText.objects.update(ask="We ask for more.")
    mark = editor.get(replace_url(statement)).context["mark"]
    StatementText.objects.update(ask="We ask for less.")
    answer = editor.post(replace_url(statement), {"seen": mark, "note": "Typed."})
    assert "Look at the difference again" in answer.text
    assert 'value="Typed."' in answer.text
    assert Edition.objects.get().ask == "We ask the council to keep it open."


@pytest.mark.medium
def test_nothing_to_replace_is_said(editor, statement):
    answer = editor.get(replace_url(statement), follow=True)
    assert "Nothing changed: these are the words that go public." in answer.text


@pytest.mark.medium
def test_a_language_that_was_taken_out_is_named(editor, statement):
    other = StatementText.objects.create(
        statement=statement, language="az", title="Oxu zalı", body="<p>Şənbə.</p>"
    )
    lifecycle.replace_unread(statement, by=None)
    other.delete()
    page = editor.get(replace_url(statement))
    assert "this language would not go public" in page.text
    editor.post(replace_url(statement), {"seen": page.context["mark"]})
    assert [one.language for one in Edition.objects.all()] == ["en"]


@pytest.mark.medium
def test_who_may_not_publish_sees_no_such_button(client, statement):
    client.force_login(make_user("reads@example.org", is_superuser=False))
    assert client.post(stop_url(statement)).status_code == 403
    assert client.post(replace_url(statement)).status_code == 403
    assert Edition.objects.count() == 1


@pytest.mark.medium
def test_the_first_screen_names_what_goes_public_with_earlier_words(editor, statement):
    index = reverse("admin:index")
    assert "goes public with earlier words" not in editor.get(index).text
    StatementText.objects.update(ask="We ask for more.")
    assert "goes public with earlier words" in editor.get(index).text
    listed = editor.get(reverse("admin:statements_statement_changelist") + "?due=earlier_words")
    assert str(statement) in listed.text
    lifecycle.replace_unread(statement, by=None)
    assert "goes public with earlier words" not in editor.get(index).text


@pytest.mark.medium
def test_the_last_word_is_a_colleague_s_and_not_a_fingerprint(editor, statement):
    lifecycle.stop_publication(statement, by=make_user("b@example.org"))
    assert "last-word" not in editor.get(change_url(statement)).text
    lifecycle.publish(statement, by=None)
    lifecycle.stop_publication(statement, by=make_user("c@example.org"), note="The date is wrong.")
    said = editor.get(change_url(statement)).text.split('class="last-word"')[1].split("</block")[0]
    assert "Stopped before it was public" in said
    assert "The date is wrong." in said
    assert "SHA-256" not in said
    comments = editor.get(f"{change_url(statement)}comments/").text
    assert "SHA-256" in comments  # the record keeps it
