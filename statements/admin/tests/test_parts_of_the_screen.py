"""The statement's screen in parts: each saves its own fields, and nothing is out of reach."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import flatten_fieldsets
from django.urls import reverse
from django.utils import timezone

from casa.lib.text import unparted
from signatories.testing import make_signature
from statements.admin import steps
from statements.admin.actions import ACTIONS
from statements.admin.screen import FIRST, PARTS, part_url, part_with
from statements.models import Statement, StatementText
from statements.testing import make_draft, make_edition, make_user, screen_data, screen_url

pytestmark = [pytest.mark.django_db, pytest.mark.page]

NAMES = [name for name in PARTS if name != FIRST]


@pytest.fixture
def editor(client):
    client.force_login(make_user())
    return client


@pytest.mark.medium
@pytest.mark.parametrize("name", PARTS)
def test_each_part_has_an_address_and_is_marked_in_the_list(editor, name):
    statement = make_draft()
    url = part_url(statement.pk, name)
    page = editor.get(url).text
    assert f'href="{url}" aria-current="page"' in page
    for other in PARTS:
        assert f'href="{part_url(statement.pk, other)}"' in page


@pytest.mark.parametrize("name", ["nothing", FIRST])
def test_an_unknown_part_is_not_found(editor, name):
    assert editor.get(screen_url(make_draft(), name)).status_code == 404


def test_every_field_that_staff_may_write_is_on_exactly_one_part():
    named = [
        field for part in PARTS.values() for field in flatten_fieldsets(part.fieldsets)
    ]  # fmt: skip
    assert len(named) == len(set(named))
    editable = {
        field.name
        for field in (*Statement._meta.fields, *Statement._meta.many_to_many)
        if field.editable and not field.auto_created
    }
    assert set(named) == editable


def test_every_kind_of_row_is_on_exactly_one_part():
    screen = admin.site.get_model_admin(Statement)
    shown = [one for part in PARTS.values() for one in part.inlines]
    assert sorted(map(str, shown)) == sorted(map(str, screen.inlines))
    for name, part in PARTS.items():
        for prefix in part.prefixes:
            assert part_with(prefix) == name


@pytest.mark.medium
@pytest.mark.parametrize("name", NAMES)
def test_a_part_saves_its_own_fields_and_no_others(editor, name):
    statement = make_draft(place="Millbrook", minimum_age=16)
    everything = screen_data(
        statement, place="Elsewhere", minimum_age="18", ask_comment="required",
        signing_closes_at_0=f"{timezone.localdate().year + 1}-01-01", signing_closes_at_1="10:00",
        **{"texts-0-title": "Other words"},
    )  # fmt: skip
    assert editor.post(screen_url(statement, name), everything).status_code == 302
    statement.refresh_from_db()
    assert statement.place == "Millbrook"
    assert statement.texts.get().title == "Keep the reading room open"
    assert (statement.minimum_age == 18) is (name == "signing")
    assert (statement.signing_closes_at is not None) is (name == "dates")


@pytest.mark.medium
@pytest.mark.parametrize("name", PARTS)
def test_saving_stays_on_the_part(editor, name):
    statement = make_draft()
    answer = editor.post(part_url(statement.pk, name), screen_data(statement, _save="1"))
    assert answer.url == part_url(statement.pk, name)


def test_a_title_is_enough_for_a_new_statement(editor):
    data = {
        "language": "en", "kind": "petition", "texts-0-title": "Mend the bridge",
        "texts-TOTAL_FORMS": 1, "texts-INITIAL_FORMS": 0,
    }  # fmt: skip
    answer = editor.post(reverse("admin:statements_statement_add"), data)
    statement = Statement.objects.get()
    assert answer.url == part_url(statement.pk)
    assert (statement.texts.get().title, statement.texts.get().body) == ("Mend the bridge", "")


@pytest.mark.medium
@pytest.mark.parametrize("empty", ["", "<p></p>", "<p><br></p>\n"])
def test_a_title_is_enough_for_a_translation(editor, empty):
    statement = make_draft()
    data = screen_data(statement, **{
        "texts-TOTAL_FORMS": 2, "texts-1-language": "az", "texts-1-title": "Körpü",
        "texts-1-summary": "", "texts-1-body": empty, "texts-1-ask": "",
    })  # fmt: skip
    assert editor.post(screen_url(statement), data).status_code == 302
    assert StatementText.objects.get(language="az").body == ""


@pytest.mark.medium
def test_words_may_be_taken_out_of_a_draft_again(editor):
    statement = make_draft()
    data = screen_data(statement, **{"texts-0-body": "<p></p>"})
    assert editor.post(screen_url(statement), data).status_code == 302
    assert statement.texts.get().body == ""


# --- Steps ---------------------------------------------------------------------------------


@pytest.mark.medium
def test_a_step_saves_what_is_typed_and_opens_its_page(editor):
    statement = make_draft()
    data = screen_data(statement, _step="publish", **{"texts-0-title": "Mend the bridge"})
    answer = editor.post(screen_url(statement), data)
    assert answer.url.endswith(f"/{statement.pk}/action/publish/")
    assert statement.texts.get().title == "Mend the bridge"
    assert LogEntry.objects.count() == 1
    assert not statement.editions.exists()


@pytest.mark.medium
def test_a_step_is_not_taken_over_words_that_cannot_be_saved(editor):
    statement = make_draft()
    data = screen_data(statement, _step="publish", **{"texts-0-title": ""})
    answer = editor.post(screen_url(statement), data)
    assert answer.status_code == 200
    assert "This field is required" in answer.text


@pytest.mark.medium
def test_a_step_without_a_change_leaves_no_trace(editor):
    statement = make_draft()
    editor.post(screen_url(statement), screen_data(statement, _step="publish"))
    assert not LogEntry.objects.exists()


@pytest.mark.medium
def test_a_step_leads_back_to_the_part_it_was_taken_from(editor):
    statement = make_draft()
    asked = editor.post(screen_url(statement, "files"), screen_data(statement, _step="publish"))
    assert f'<a href="{screen_url(statement, "files")}">' in editor.get(asked.url).text
    assert editor.post(asked.url).url == screen_url(statement, "files")


@pytest.mark.medium
@pytest.mark.parametrize("page", ["preview", "previews", "correct", "pause", "action/close"])
def test_every_page_beside_the_screen_leads_back_to_its_part(editor, page):
    statement = make_edition().statement
    url = f"{screen_url(statement).removesuffix('change/')}{page}/"
    dates = screen_url(statement, "dates")
    answer = editor.get(f"{url}?part=dates")
    assert dates in (answer.text if answer.status_code == 200 else answer.url)
    for unknown in ("", "?part=nothing", "?part=//evil.example.org"):
        answer = editor.get(f"{url}{unknown}")
        assert 'href="//' not in answer.text
        if answer.status_code == 200:
            assert f'<a href="{screen_url(statement)}">' in answer.text


@pytest.mark.medium
@pytest.mark.parametrize("name", ["close", "nothing", "/evil", "resume"])
def test_a_step_that_is_not_offered_only_saves(editor, name):
    statement = make_draft()
    answer = editor.post(screen_url(statement), screen_data(statement, _step=name))
    assert answer.url == screen_url(statement)


def test_every_step_has_words_for_saving_first():
    assert set(ACTIONS) <= set(steps.SAVING)


@pytest.mark.medium
@pytest.mark.parametrize(
    ("status", "name"),
    [("draft", "publish"), ("review", "publish"), ("published", None), ("closed", None)],
)
def test_the_next_step_is_one_and_follows_the_state(editor, status, name):
    statement = make_draft() if status in ("draft", "review") else make_edition().statement
    Statement.objects.filter(pk=statement.pk).update(status=status)
    step = editor.get(screen_url(statement)).context["next_step"]
    assert (step and step.name) == name


@pytest.mark.medium
def test_a_correction_is_the_next_step_where_words_wait(editor):
    statement = make_edition().statement
    StatementText.objects.update(title="Other words")
    assert editor.get(screen_url(statement)).context["next_step"].name == "correct"


@pytest.mark.medium
def test_with_four_eyes_whoever_wrote_last_submits(editor, settings):
    settings.FOUR_EYES = True
    statement = make_draft()
    editor.post(screen_url(statement), screen_data(statement, **{"texts-0-title": "Mend it"}))
    assert editor.get(screen_url(statement)).context["next_step"].name == "submit"


@pytest.mark.medium
def test_final_steps_stand_apart_with_their_consequence(editor):
    page = editor.get(screen_url(make_edition().statement)).text
    final = page.partition('class="steps final"')[2]
    assert 'value="withdraw"' in final
    assert "For good." in final
    assert 'value="close"' not in final


@pytest.mark.medium
@pytest.mark.parametrize(("name", "is_final"), [("withdraw", True), ("close", False)])
def test_the_page_of_a_final_step_says_that_nothing_leads_back_and_who_has_signed(
    editor, name, is_final
):
    edition = make_edition()
    make_signature(edition)
    url = reverse("admin:statements_statement_action", args=[edition.statement.pk, name])
    page = editor.get(url).text
    assert ("This cannot be undone." in page) is is_final
    assert (unparted("It is signed by 1 person.") in page) is is_final


@pytest.mark.medium
@pytest.mark.parametrize("name", PARTS)
def test_the_line_of_the_state_is_on_every_part(editor, name):
    statement = make_edition().statement
    page = editor.get(part_url(statement.pk, name)).text
    assert "public since" in page
    assert statement.get_absolute_url() in page
