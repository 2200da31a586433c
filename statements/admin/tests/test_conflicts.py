"""Two people in one draft: the second to save is told, and nobody's words are lost."""

import pytest

from statements.models import StatementText, Target
from statements.testing import make_draft, make_user, screen_data, screen_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return make_draft("Mend the bridge", body="<p>It is broken.</p>")


@pytest.fixture
def anna(client):
    client.force_login(make_user("anna@example.org", name="Anna Author"))
    return client


url = screen_url


def saved_by_boris(client_class, statement, part="", **fields):
    """Boris opens the screen after Anna did, and saves before her."""
    boris = client_class()
    boris.force_login(make_user("boris@example.org", name="Boris Brown"))
    answer = boris.post(url(statement, part), screen_data(statement, **fields))
    assert answer.status_code == 302, answer.context["errors"]


@pytest.fixture
def stale(anna, draft):
    """What Anna posts: her words, over the revision that she opened."""
    data = screen_data(draft, **{"texts-0-body": "<p>It is broken and old.</p>"})
    changed = {"texts-0-title": "Mend both bridges", "place": "Millbrook"}
    saved_by_boris(type(anna), draft, **changed)
    return data


def test_the_second_is_told_who_saved_and_shown_the_difference(anna, draft, stale):
    answer = anna.post(url(draft), stale)
    assert answer.status_code == 200
    assert "Boris Brown saved it on" in answer.text
    conflict = answer.context["conflict"]
    assert [one.name for one in conflict.texts] == ["en.title", "en.body"]
    assert "and old" in conflict.texts[1].marked
    assert conflict.others == ["Place"]
    assert "It is broken and old." in answer.text  # the form still has it
    text = draft.texts.get()
    assert (text.title, text.body) == ("Mend both bridges", "<p>It is broken.</p>")


def test_saving_again_without_a_decision_is_refused_again(anna, draft, stale):
    anna.post(url(draft), stale)
    assert anna.post(url(draft), stale).context["conflict"]
    assert draft.texts.get().title == "Mend both bridges"


def test_mine_nevertheless(anna, draft, stale):
    revision = anna.post(url(draft), stale).context["conflict"].revision
    answer = anna.post(url(draft), {**stale, "_save_mine": revision})
    assert answer.status_code == 302
    text = draft.texts.get()
    assert (text.title, text.body) == ("Mend the bridge", "<p>It is broken and old.</p>")


def test_mine_but_theirs_where_chosen(anna, draft, stale):
    revision = anna.post(url(draft), stale).context["conflict"].revision
    answer = anna.post(url(draft), {**stale, "_save_mine": revision, "_theirs": ["en.title"]})
    assert answer.status_code == 302
    text = draft.texts.get()
    assert (text.title, text.body) == ("Mend both bridges", "<p>It is broken and old.</p>")


def test_a_decision_about_an_older_state_is_no_decision(anna, draft, stale):
    revision = anna.post(url(draft), stale).context["conflict"].revision
    draft.refresh_from_db()
    anna.post(url(draft), screen_data(draft, **{"texts-0-title": "Mend all bridges"}))
    answer = anna.post(url(draft), {**stale, "_save_mine": revision})
    assert answer.context["conflict"].revision == revision + 1
    assert draft.texts.get().title == "Mend all bridges"


def test_the_words_that_were_replaced_stay_in_the_history(anna, draft, stale):
    revision = anna.post(url(draft), stale).context["conflict"].revision
    anna.post(url(draft), {**stale, "_save_mine": revision})
    titles = draft.texts.get().history.values_list("title", flat=True)
    assert "Mend both bridges" in titles


def az(number, draft, **fields):
    made = {"language": "az", "title": "", "summary": "", "body": "", "ask": "", "id": ""}
    made |= {"statement": draft.pk, **fields}
    return {f"texts-{number}-{name}": value for name, value in made.items()}


def test_a_language_that_another_removed_comes_back_with_its_words(anna, draft):
    text = StatementText.objects.create(statement=draft, language="az", title="K", body="<p>K</p>")
    mine = screen_data(draft, **{"texts-1-title": "Körpünü düzəldin"})
    saved_by_boris(type(anna), draft, **{"texts-1-DELETE": "on"})
    assert not StatementText.objects.filter(pk=text.pk).exists()
    answer = anna.post(url(draft), mine)
    assert "Körpünü düzəldin" in answer.text
    revision = answer.context["conflict"].revision
    assert anna.post(url(draft), {**mine, "_save_mine": revision}).status_code == 302
    assert draft.texts.get(language="az").title == "Körpünü düzəldin"


def test_a_language_that_another_added_is_left_alone(anna, draft):
    mine = screen_data(draft, **{"texts-TOTAL_FORMS": 2}, **az(1, draft))
    added = az(1, draft, title="Körpü", body="<p>Qırılıb.</p>")
    saved_by_boris(type(anna), draft, **{"texts-TOTAL_FORMS": 2}, **added)
    revision = anna.post(url(draft), mine).context["conflict"].revision
    assert anna.post(url(draft), {**mine, "_save_mine": revision}).status_code == 302
    assert draft.texts.get(language="az").title == "Körpü"


def test_a_part_that_another_removed_comes_back(anna, draft):
    target = Target.objects.create(statement=draft, name="The council")
    row = {
        "targets-TOTAL_FORMS": 1, "targets-INITIAL_FORMS": 1, "targets-0-id": target.pk,
        "targets-0-statement": draft.pk, "targets-0-name": "The town council",
        "targets-0-office": "", "targets-0-position": 1,
    }  # fmt: skip
    mine = screen_data(draft, **row)
    saved_by_boris(type(anna), draft, **row, part="addressees", **{"targets-0-DELETE": "on"})
    revision = anna.post(url(draft, "addressees"), mine).context["conflict"].revision
    assert anna.post(url(draft, "addressees"), {**mine, "_save_mine": revision}).status_code == 302
    assert draft.targets.get().name == "The town council"


def test_a_save_that_changes_nothing_stands_in_nobodys_way(anna, draft):
    mine = screen_data(draft, **{"texts-0-title": "Mend it"})
    saved_by_boris(type(anna), draft)
    assert anna.post(url(draft), mine).status_code == 302
    draft.refresh_from_db()
    assert draft.edited_by.email == "anna@example.org"


def test_who_changed_a_setting_did_not_write(anna, draft):
    anna.post(url(draft), screen_data(draft, place="Millbrook"))
    draft.refresh_from_db()
    assert (draft.place, draft.revision, draft.edited_by) == ("Millbrook", 2, None)


def test_a_post_without_a_revision_saves_nothing(anna, draft):
    data = screen_data(draft, **{"texts-0-title": "Mend it"})
    del data["revision"]
    assert anna.post(url(draft), data).context["conflict"]
    assert draft.texts.get().title == "Mend the bridge"


@pytest.mark.parametrize("language", ["tlh", "", "en"])
def test_a_language_that_is_not_offered_is_refused(anna, draft, language):
    extra = az(1, draft, language=language, title="T", body="<p>B</p>")
    answer = anna.post(url(draft), screen_data(draft, **{"texts-TOTAL_FORMS": 2}, **extra))
    assert answer.status_code == 200
    sentences = {
        "tlh": "does not publish in that language", "": "This field is required",
        "en": "already a text in this language",
    }  # fmt: skip
    assert sentences[language] in answer.text
    assert draft.texts.count() == 1


def test_the_words_in_the_original_language_stay(anna, draft):
    answer = anna.post(url(draft), screen_data(draft, **{"texts-0-DELETE": "on"}))
    assert "own language (English)" in answer.text
    assert draft.texts.count() == 1


def test_a_missing_translation_is_shown_as_missing(anna, draft, settings):
    page = anna.get(url(draft)).text
    assert page.count("Add this translation") == len(settings.LANGUAGES) - 1
    assert 'data-tab="Azərbaycanca" data-missing="missing"' in page
