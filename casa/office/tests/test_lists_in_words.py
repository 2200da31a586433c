"""What lists and forms of Django say: in the words of the office, in each of its languages."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst

from casa.lib import alphabets, languages
from casa.templatetags.counting import noun_after, rows_in_words
from statements.models import Statement
from statements.testing import make_draft, make_user
from tools import messages

pytestmark = [pytest.mark.django_db, pytest.mark.page]

LIST = reverse("admin:statements_statement_changelist")


@pytest.fixture
def editor(client):
    client.force_login(make_user())
    return client


@pytest.mark.medium
def test_every_list_is_called_what_it_lists(editor):
    for model in admin.site._registry:
        meta = model._meta
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        answer = editor.get(url)
        if answer.status_code == 200:
            assert f"<h1>{capfirst(meta.verbose_name_plural)}</h1>" in answer.text, url
            assert '/admin/statements/"' not in answer.text.split("breadcrumbs")[1][:600]


@pytest.mark.parametrize(("language", "number", "noun"), [
    ("en", 0, "statements"), ("en", 1, "statement"), ("en", 2, "statements"),
    ("az", 0, "bəyanat"), ("az", 1, "bəyanat"), ("az", 2, "bəyanat"),
])  # fmt: skip
def test_a_noun_after_a_number_is_that_of_the_language(language, number, noun):
    with translation.override(language):
        assert str(noun_after(Statement._meta, number)) == noun


def test_a_language_of_many_forms_puts_the_noun_first(monkeypatch):
    monkeypatch.setattr(languages, "is_translated", lambda code: True)
    with translation.override("ru"):
        told = rows_in_words(Statement._meta, 5, "5")
    assert re.fullmatch(r"\w+: 5", told)


@pytest.mark.medium
def test_a_list_in_azerbaijani_reads_right(editor):
    make_draft("One")
    make_draft("Two")
    page = editor.get(f"/az{LIST}", follow=True).text
    assert "2 bəyanat\n" in page
    assert "Yeni bəyanat" in page
    assert "<h1>Bəyanatlar</h1>" in page


@pytest.mark.medium
def test_breadcrumbs_name_no_list_twice(editor):
    screen = reverse("admin:statements_topic_add")
    for url in (LIST, screen):
        crumbs = editor.get(url).text.split('class="breadcrumbs"')[1].split("</div>")[0]
        assert crumbs.count("›") == (1 if url == LIST else 2)


@pytest.mark.medium
def test_no_message_calls_lead_signatories_first_names():
    said = [one.id for one in messages.read("az") if "first name" in str(one.id).casefold()]
    assert said == []


@pytest.mark.medium
def test_every_list_with_filters_leads_to_them_from_above_the_names(editor):
    found = []
    for model in admin.site._registry:
        answer = editor.get(
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        )
        if answer.status_code == 200 and answer.context["cl"].has_filters:
            page = answer.text
            found.append(model)
            places = 'href="#changelist-filter"', 'id="changelist-form"', '<nav id="changelist-f'
            link, names, filters = map(page.index, places)
            assert link < names < filters
    assert len(found) > 4


@pytest.mark.parametrize("language", ["az", "tr"])
def test_models_stand_in_the_alphabet_of_the_reader(rf, language):
    request = rf.get("/admin/")
    request.user = make_user(is_superuser=True)
    with translation.override(language):
        listed = admin.site.get_app_list(request)
        for names in (listed, *(app["models"] for app in listed)):
            keys = [alphabets.key(str(one["name"]), language) for one in names]
            assert keys == sorted(keys)
        models = next(app["models"] for app in listed if app["app_label"] == "signatories")
        initials = [str(one["name"])[0] for one in models]
    assert max(map(initials.index, "Iİ" if "I" in initials else "İ")) < initials.index("T")
