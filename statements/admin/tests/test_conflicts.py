"""Two people in one draft: what both changed is asked about, and nobody's words are lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.accounts.models import User
from casa.lib.concurrent_edits.opened import NAME
from statements.models import Statement, StatementText, Target
from statements.testing import make_draft, make_edition, make_user, screen_data, screen_url

pytestmark = [pytest.mark.django_db, pytest.mark.page]


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
    user = User.objects.with_address("boris@example.org").first()
    boris.force_login(user or make_user("boris@example.org", name="Boris Brown"))
    answer = boris.post(url(statement, part), screen_data(statement, **fields))
    assert answer.status_code == 302, answer.context["errors"]


@pytest.fixture
def stale(anna, draft):
    """What Anna posts: another body and title over those that she opened."""
    mine = {"texts-0-title": "Mend the old bridge", "texts-0-body": "<p>It is broken and old.</p>"}
    data = screen_data(draft, **mine)
    saved_by_boris(type(anna), draft, **{"texts-0-title": "Mend both bridges"}, place="Millbrook")
    return data


def shown_data(answer):
    """What stands in the fields of the answer."""
    form = answer.context["adminform"].form
    found = {key: form.data.getlist(key) for key in form.data if key in form.fields}
    for inline in answer.context["inline_admin_formsets"]:
        data, prefix = inline.formset.data, f"{inline.formset.prefix}-"
        found |= {key: data.getlist(key) for key in data if key.startswith(prefix)}
    return found


def chosen(answer, stale, **choices):
    """What is posted from the conflict screen: a choice for each field, by its html name."""
    found = {**stale, **shown_data(answer), NAME: answer.context["opened"]}
    for conflict in answer.context["conflicts"]:
        found[conflict.seen_name] = conflict.seen
        if choice := choices.get(conflict.choice_name, choices.get("all")):
            found[conflict.choice_name] = choice
        if getattr(conflict, "is_gone", False):
            found[conflict.was_name] = conflict.was
    return found


@pytest.mark.medium
def test_what_only_one_changed_is_stored_and_what_both_changed_is_asked(anna, draft, stale):
    answer = anna.post(url(draft), stale)
    assert answer.status_code == 200
    assert "Boris Brown changed this on" in answer.text
    (conflict,) = answer.context["conflicts"]
    assert (conflict.label, conflict.choice_name) == ("Title", "texts-0-_choice_title")
    was, theirs, mine = (version.words for version in conflict.versions)
    assert (was, theirs, mine) == ("Mend the bridge", "Mend both bridges", "Mend the old bridge")
    assert "It is broken and old." in answer.text  # the form still has it
    text = draft.texts.get()
    assert (text.title, text.body) == ("Mend both bridges", "<p>It is broken.</p>")


@pytest.mark.medium
def test_a_change_of_ones_own_in_another_window_is_told_as_such(anna, draft):
    data = screen_data(draft, **{"texts-0-title": "Mend the old bridge"})
    anna.post(url(draft), screen_data(draft, **{"texts-0-title": "Mend both bridges"}))
    text = anna.post(url(draft), data).text
    assert "You changed this in another window on" in text
    assert "You changed the same in another window" in text
    assert "Somebody else changed" not in text
    assert "Theirs" not in text


@pytest.mark.medium
def test_saving_again_without_a_choice_is_refused_again(anna, draft, stale):
    for _time in range(2):
        answer = anna.post(url(draft), stale)
        stale = chosen(answer, stale)
        assert answer.context["conflicts"]
    assert draft.texts.get().title == "Mend both bridges"


@pytest.mark.medium
@pytest.mark.parametrize(
    ("choice", "title"), [("mine", "Mend the old bridge"), ("theirs", "Mend both bridges")]
)
def test_one_of_two_is_chosen(anna, draft, stale, choice, title):
    answer = anna.post(url(draft), stale)
    assert anna.post(url(draft), chosen(answer, stale, all=choice)).status_code == 302
    text = draft.texts.get()
    assert (text.title, text.body) == (title, "<p>It is broken and old.</p>")
    draft.refresh_from_db()
    assert draft.place == "Millbrook"


@pytest.mark.medium
def test_both_stand_in_the_field_until_somebody_made_one_of_them(anna, draft, stale):
    answer = anna.post(url(draft), stale)
    answer = anna.post(url(draft), chosen(answer, stale, all="both"))
    assert 'value="Mend both bridges / Mend the old bridge"' in answer.text
    assert "Both stand in the field now" in answer.text
    assert draft.texts.get().title == "Mend both bridges"
    one = {"texts-0-title": "Mend both old bridges", NAME: answer.context["opened"]}
    assert anna.post(url(draft), stale | one).status_code == 302
    assert draft.texts.get().title == "Mend both old bridges"


@pytest.mark.medium
def test_a_choice_about_what_is_stored_no_more_is_no_choice(anna, draft, stale):
    answer = anna.post(url(draft), stale)
    decided = chosen(answer, stale, all="mine")
    saved_by_boris(type(anna), draft, **{"texts-0-title": "Mend all bridges"})
    (conflict,) = anna.post(url(draft), decided).context["conflicts"]
    assert conflict.versions[1].words == "Mend all bridges"
    assert draft.texts.get().title == "Mend all bridges"


@pytest.mark.medium
def test_what_was_replaced_stays_in_the_history(anna, draft, stale):
    answer = anna.post(url(draft), stale)
    anna.post(url(draft), chosen(answer, stale, all="mine"))
    titles = draft.texts.get().history.values_list("title", flat=True)
    assert "Mend both bridges" in titles


def az(number, draft, **fields):
    made = {"language": "az", "title": "", "summary": "", "body": "", "ask": "", "id": ""}
    made |= {"statement": draft.pk, **fields}
    return {f"texts-{number}-{name}": value for name, value in made.items()}


@pytest.mark.medium
def test_a_language_that_another_removed_comes_back_if_its_words_were_changed(anna, draft):
    text = StatementText.objects.create(statement=draft, language="az", title="K", body="<p>K</p>")
    mine = screen_data(draft, **{"texts-1-title": "Körpünü düzəldin"})
    saved_by_boris(type(anna), draft, **{"texts-1-DELETE": "on"})
    assert not StatementText.objects.filter(pk=text.pk).exists()
    answer = anna.post(url(draft), mine)
    assert "Körpünü düzəldin" in answer.text
    assert "Boris Brown removed this on" in answer.text
    assert not draft.texts.filter(language="az").exists()
    assert anna.post(url(draft), chosen(answer, mine, all="mine")).status_code == 302
    assert draft.texts.get(language="az").title == "Körpünü düzəldin"


@pytest.mark.medium
def test_a_language_that_another_removed_stays_removed_if_that_is_chosen(anna, draft):
    StatementText.objects.create(statement=draft, language="az", title="K", body="<p>K</p>")
    mine = screen_data(draft, **{"texts-1-title": "Körpünü düzəldin"})
    saved_by_boris(type(anna), draft, **{"texts-1-DELETE": "on"})
    answer = anna.post(url(draft), mine)
    assert anna.post(url(draft), chosen(answer, mine, all="theirs")).status_code == 302
    assert draft.texts.count() == 1


@pytest.mark.medium
def test_a_language_that_another_removed_stays_removed_if_nobody_touched_it(anna, draft):
    StatementText.objects.create(statement=draft, language="az", title="K", body="<p>K</p>")
    mine = screen_data(draft, place="Millbrook")
    saved_by_boris(type(anna), draft, **{"texts-1-DELETE": "on"})
    assert anna.post(url(draft), mine).status_code == 302
    draft.refresh_from_db()
    assert (draft.texts.count(), draft.place) == (1, "Millbrook")


@pytest.mark.medium
def test_a_language_that_another_added_is_left_alone(anna, draft):
    mine = screen_data(draft, **{"texts-TOTAL_FORMS": 2}, **az(1, draft))
    added = az(1, draft, title="Körpü", body="<p>Qırılıb.</p>")
    saved_by_boris(type(anna), draft, **{"texts-TOTAL_FORMS": 2}, **added)
    assert anna.post(url(draft), mine).status_code == 302
    assert draft.texts.get(language="az").title == "Körpü"


@pytest.mark.medium
def test_a_language_that_both_added_is_one_text_with_a_choice(anna, draft):
    mine = screen_data(
        draft,
        **{"texts-TOTAL_FORMS": 2}, **az(1, draft, title="Körpünü", body="<p>Qırılıb.</p>"),
    )  # fmt: skip
    added = az(1, draft, title="Körpü", body="<p>Qırılıb.</p>")
    saved_by_boris(type(anna), draft, **{"texts-TOTAL_FORMS": 2}, **added)
    answer = anna.post(url(draft), mine)
    assert [one.label for one in answer.context["conflicts"]] == ["Title"]
    assert anna.post(url(draft), chosen(answer, mine, all="mine")).status_code == 302
    assert draft.texts.get(language="az").title == "Körpünü"


def targets(draft, *rows, **more):
    """What is posted of the addressees: (row, name, place) of each."""
    found = {"targets-TOTAL_FORMS": len(rows), "targets-INITIAL_FORMS": len(rows)}
    for number, (target, name, place) in enumerate(rows):
        values = {"id": target.pk, "statement": draft.pk, "name": name, "office": "",
                  "position": place}  # fmt: skip
        found |= {f"targets-{number}-{key}": value for key, value in values.items()}
    return found | more


@pytest.mark.medium
def test_a_part_that_another_removed_comes_back(anna, draft):
    target = Target.objects.create(statement=draft, name="The council")
    mine = screen_data(draft, **targets(draft, (target, "The town council", 0)))
    row = targets(draft, (target, "The council", 0))
    saved_by_boris(type(anna), draft, "addressees", **row, **{"targets-0-DELETE": "on"})
    answer = anna.post(url(draft, "addressees"), mine)
    assert "The council: what stays?" in answer.text
    assert anna.post(url(draft, "addressees"), chosen(answer, mine, all="mine")).status_code == 302
    assert draft.targets.get().name == "The town council"


@pytest.mark.medium
def test_a_part_that_another_added_stays(anna, draft):
    mine = screen_data(draft)
    draft.targets.create(name="The council")
    assert anna.post(url(draft, "addressees"), mine).status_code == 302
    assert draft.targets.get().name == "The council"


@pytest.mark.medium
@pytest.mark.parametrize(("choice", "left"), [("mine", 0), ("theirs", 1)])
def test_a_part_that_another_changed_is_not_removed_unseen(anna, draft, choice, left):
    target = Target.objects.create(statement=draft, name="The council")
    row = targets(draft, (target, "The council", 0))
    mine = screen_data(draft, **row, **{"targets-0-DELETE": "on"})
    renamed = targets(draft, (target, "The town council", 0))
    saved_by_boris(type(anna), draft, "addressees", **renamed)
    answer = anna.post(url(draft, "addressees"), mine)
    assert "You are removing it." in answer.text
    assert draft.targets.get().name == "The town council"
    again = chosen(answer, mine, all=choice)
    assert anna.post(url(draft, "addressees"), again).status_code == 302
    assert draft.targets.count() == left


@pytest.mark.medium
@pytest.mark.parametrize(("choice", "order"), [("mine", "CAB"), ("theirs", "BAC")])
def test_two_orders_of_the_same_rows_are_one_conflict(anna, draft, choice, order):
    rows = [
        Target.objects.create(statement=draft, name=name, position=place)
        for place, name in enumerate("ABC", start=1)
    ]
    mine, theirs = (
        targets(draft, *((row, row.name, places[row.name]) for row in rows))
        for places in ({"C": 1, "A": 2, "B": 3}, {"B": 1, "A": 2, "C": 3})
    )
    mine = screen_data(draft, **mine)
    saved_by_boris(type(anna), draft, "addressees", **theirs)
    answer = anna.post(url(draft, "addressees"), mine)
    (conflict,) = answer.context["conflicts"]
    assert (conflict.theirs, conflict.mine) == (list("BAC"), list("CAB"))
    assert anna.post(url(draft, "addressees"), chosen(answer, mine, all=choice)).status_code == 302
    assert "".join(draft.targets.order_by("position").values_list("name", flat=True)) == order


@pytest.mark.medium
def test_a_moment_that_can_no_longer_be_changed_is_not_dropped_in_silence(anna):
    moment = timezone.now() + timedelta(days=1)
    statement = make_edition(publish_at=moment).statement
    later = timezone.localtime(moment + timedelta(days=2))
    mine = screen_data(statement, publish_at_0=f"{later:%Y-%m-%d}", publish_at_1=f"{later:%H:%M}")
    now = timezone.now() - timedelta(minutes=1)
    Statement.objects.filter(pk=statement.pk).update(publish_at=now)
    answer = anna.post(url(statement, "dates"), mine, follow=True)
    assert "“Goes public at” can no longer be changed" in answer.text
    assert Statement.objects.get().publish_at == now


@pytest.mark.medium
def test_a_save_that_changes_nothing_stands_in_nobodys_way(anna, draft):
    mine = screen_data(draft, **{"texts-0-title": "Mend it"})
    saved_by_boris(type(anna), draft)
    assert anna.post(url(draft), mine).status_code == 302
    draft.refresh_from_db()
    assert draft.edited_by.email == "anna@example.org"


@pytest.mark.medium
def test_who_changed_a_setting_did_not_write(anna, draft):
    anna.post(url(draft), screen_data(draft, place="Millbrook"))
    draft.refresh_from_db()
    assert (draft.place, draft.edited_by) == ("Millbrook", None)


@pytest.mark.medium
def test_a_form_that_does_not_say_what_it_was_opened_with_changes_nothing_unseen(anna, draft):
    data = screen_data(draft, **{"texts-0-title": "Mend it"})
    del data[NAME]
    for _time in range(2):
        answer = anna.post(url(draft), data)
        assert "does not say what it was opened with" in answer.text
        data = chosen(answer, data)
        assert draft.texts.get().title == "Mend the bridge"
    assert anna.post(url(draft), chosen(answer, data, all="mine")).status_code == 302
    assert draft.texts.get().title == "Mend it"


@pytest.mark.medium
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


@pytest.mark.medium
def test_the_words_in_the_original_language_stay(anna, draft):
    answer = anna.post(url(draft), screen_data(draft, **{"texts-0-DELETE": "on"}))
    assert "own language (English)" in answer.text
    assert draft.texts.count() == 1


@pytest.mark.medium
def test_a_missing_translation_is_shown_as_missing(anna, draft, settings):
    page = anna.get(url(draft)).text
    assert page.count("Add this translation") == len(settings.LANGUAGES) - 1
    assert 'data-tab="Azərbaycanca" data-missing="missing"' in page
