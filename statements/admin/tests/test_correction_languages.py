"""The correction screen asks of each language what becomes of it, and keeps what was said."""

import pytest
from django.urls import reverse

from statements import lifecycle
from statements.models import Edition, StatementText
from statements.testing import make_translated, make_user, rewrite

pytestmark = [pytest.mark.django_db, pytest.mark.page]

BAZAR = "<p>Şagirdlər orada bazar günləri oxuyur.</p>"


def screen(statement):
    return reverse("admin:statements_statement_correct", args=[statement.pk])


def make_corrected(**more):
    statement = make_translated()
    rewrite(statement, "<p>Pupils learn there on Sundays.</p>")
    for language, body in more.items():
        rewrite(statement, body, language=language)
    return statement


def publish(client, statement, **data):
    seen = client.get(screen(statement)).context["mark"]
    data = {"note": "Sundays.", "is_material": "no", "seen": seen, **data}
    return client.post(screen(statement), data, follow=True)


def read(statement):
    current = Edition.objects.current().filter(statement=statement)
    return {one.language: (one.number, one.translates) for one in current}


@pytest.fixture(autouse=True)
def _signed_in(client):
    client.force_login(make_user())


@pytest.mark.medium
def test_every_language_is_listed_with_its_state_and_what_can_be_said(client):
    answer = client.get(screen(make_corrected()))
    assert "It says what the original says now" in answer.text
    ways = [label for _value, label in answer.context["form"]["answer-az"].field.choices]
    assert [str(label).split(":")[0] for label in ways] == ["Needs no change", "It is behind"]
    assert "answer-en" not in answer.context["form"].fields  # it is what is being corrected
    assert not any(widget.data["selected"] for widget in answer.context["form"]["answer-az"])


@pytest.mark.medium
def test_without_an_answer_nothing_is_published_and_the_note_is_kept(client):
    statement = make_corrected()
    answer = publish(client, statement, note="The day was wrong.")
    assert "Say what becomes of this language." in answer.text
    assert "The day was wrong." in answer.text
    assert read(statement) == {"en": (1, 1), "az": (1, 1)}


@pytest.mark.medium
@pytest.mark.parametrize(
    ("said", "expected"), [("kept", (1, 1)), ("confirmed", (2, 2))],
)  # fmt: skip
def test_a_translation_without_new_words_becomes_what_was_said(client, said, expected):
    statement = make_corrected()
    answer = publish(client, statement, **{"answer-az": said})
    assert read(statement) == {"en": (2, 2), "az": expected}
    assert ("Behind the original: Azerbaijani." in answer.text) == (said == "kept")


@pytest.mark.medium
def test_each_language_has_a_note_of_its_own(client):
    statement = make_corrected(az=BAZAR)
    said = {"answer-en": "changed", "answer-az": "changed", "note-az": "Bazar."}
    answer = publish(client, statement, **said)
    assert "edition 2 in English, edition 2 in Azerbaijani" in answer.text
    notes = Edition.objects.filter(number=2).values_list("change_note", "change_note_language")
    assert set(notes) == {("Sundays.", "en"), ("Bazar.", "az")}


@pytest.mark.medium
def test_a_translation_is_corrected_alone_while_the_original_waits(client):
    statement = make_corrected(az=BAZAR)
    said = {"answer-en": "kept", "answer-az": "changed", "note": ""}
    answer = publish(client, statement, **said)
    assert "Say what changed, in a sentence." in answer.text
    publish(client, statement, **said, **{"note-az": "Yazı səhvi."})
    assert read(statement) == {"en": (1, 1), "az": (2, 1)}


@pytest.mark.medium
def test_a_correction_of_only_a_translation_says_that_its_note_is_needed(client):
    statement = make_translated()
    rewrite(statement, BAZAR, language="az")
    shown = client.get(screen(statement))
    assert "It is needed: the original does not change." in shown.text
    assert "Azərbaycanca: a correction that changes the meaning asks" in shown.text
    assert "English: a correction that changes the meaning asks" not in shown.text
    answer = publish(client, statement, note="", **{"answer-az": "changed"})
    assert "note-az" in answer.context["form"].errors


@pytest.mark.medium
def test_the_screen_says_which_edition_visitors_read_in_each_language(client):
    statement = make_translated()
    change = reverse("admin:statements_statement_change", args=[statement.pk])
    assert "Visitors read edition 1." in client.get(change, follow=True).text
    rewrite(statement, BAZAR, language="az")
    publish(client, statement, note="", **{"answer-az": "changed", "note-az": "Bazar."})
    shown = client.get(change, follow=True).text
    assert "Visitors read edition" not in shown
    assert '<span lang="en">English 1</span> · <span lang="az">Azərbaycanca 2</span>.' in shown


@pytest.mark.medium
def test_a_note_that_the_note_on_the_original_can_replace_is_not_said_to_be_needed(client):
    shown = client.get(screen(make_corrected(az=BAZAR)))
    assert "its readers see the note on the original" in shown.text
    assert "It is needed: the original" not in shown.text


@pytest.mark.medium
def test_it_is_offered_while_a_translation_is_behind_though_no_words_wait(client):
    statement = make_corrected()
    publish(client, statement, **{"answer-az": "kept"})
    change = reverse("admin:statements_statement_change", args=[statement.pk])
    shown = client.get(change)
    assert "1 translation is behind the original" in shown.text
    assert 'name="_step" value="correct"' in shown.text
    answer = publish(client, statement, **{"answer-az": "confirmed", "is_material": ""})
    assert "edition 2 in Azerbaijani" in answer.text
    assert 'name="_step" value="correct"' not in client.get(change).text


@pytest.mark.medium
def test_the_list_finds_statements_with_a_translation_that_is_behind(client):
    statement = make_corrected()
    make_translated(title="In step")
    lifecycle.correct(statement, by=None, note="Sundays.", is_material=False)
    answer = client.get(reverse("admin:statements_statement_changelist"), {"due": "behind"})
    assert [one.pk for one in answer.context["cl"].result_list] == [statement.pk]


@pytest.mark.medium
def test_an_answer_that_was_not_offered_is_refused(client):
    statement = make_corrected()
    answer = publish(client, statement, **{"answer-az": "mended"})
    assert "answer-az" in answer.context["form"].errors
    assert read(statement) == {"en": (1, 1), "az": (1, 1)}


@pytest.mark.medium
def test_a_new_language_is_asked_about_too(client):
    statement = make_translated()
    StatementText.objects.create(statement=statement, language="de", title="D", body="<p>D</p>")
    answer = publish(client, statement, **{"answer-de": "kept"})
    assert "Nothing would change" in answer.text
    publish(client, statement, **{"answer-de": "changed"})
    assert read(statement)["de"] == (1, 1)
