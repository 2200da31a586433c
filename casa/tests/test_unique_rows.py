"""Two rows of which there may be only one are told apart in the form, not by the database."""

import pytest
from django.contrib import admin
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse

from casa.accounts.testing import make_staff
from casa.lib.concurrent_edits.testing import opened, posted_back
from casa.lib.concurrent_edits.unique import constraints_of, violation
from casa.pages.models import SitePage
from signatories.models import UpdateMailing
from signatories.testing import make_mailing
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

ALREADY = "There is already a text in this language."
UNIQUE = [
    pytest.param(model, inline, id=constraint.name)
    for model, model_admin in admin.site._registry.items()
    for inline in model_admin.inlines
    for constraint, _names in constraints_of(inline.model)
]


def filled(form):
    """Something in each field; choices have their first one."""
    for name, field in form.fields.items():
        values = [key for key, _label in getattr(field, "choices", ()) if key]
        yield form.add_prefix(name), values[0] if values else "Words"


@pytest.mark.parametrize(("model", "inline"), UNIQUE)
def test_two_rows_alike_are_an_error_of_the_form(monkeypatch, model, inline):
    SitePage.objects.get_or_create(key=SitePage.Key.values[0])  # a flush takes those of a migration
    model_admin = admin.site.get_model_admin(model)
    made = inline(model, admin.site)
    monkeypatch.setattr(model_admin, "get_inline_instances", lambda *given: [made])
    request = RequestFactory().get("/")
    request.user = make_user()
    [(formset_class, _inline)] = model_admin.get_formsets_with_inlines(request, None)
    prefix, parent = formset_class.get_default_prefix(), model.objects.first() or model()
    data = {f"{prefix}-TOTAL_FORMS": 2, f"{prefix}-INITIAL_FORMS": 0, "language": "az"}
    blank = formset_class(instance=parent, prefix=prefix).empty_form
    for number in range(2):
        data |= {name.replace("__prefix__", str(number)): one for name, one in filled(blank)}
        for name in ("id", "DELETE", blank._meta.model._meta.pk.name, formset_class.fk.name):
            data.pop(f"{prefix}-{number}-{name}", None)
    if f"{prefix}-0-language" in data:
        data |= {f"{prefix}-{number}-language": "az" for number in range(2)}
    rows = formset_class(query(data), instance=parent, prefix=prefix)
    assert not rows.is_valid()
    told = [violation(one) for one, _names in constraints_of(inline.model)]
    assert rows.non_form_errors() or any(one in str(rows.errors) for one in told)


def query(data):
    made = QueryDict(mutable=True)
    made.update({name: str(value) for name, value in data.items()})
    return made


@pytest.fixture
def mailing():
    return make_mailing(make_edition().statement, by=make_staff())


def change(client, mailing, **fields):
    client.force_login(make_user())
    data = posted_back(mailing) | {f"words-{name}": value for name, value in fields.items()}
    return client.post(reverse("admin:signatories_updatemailing_change", args=[mailing.pk]), data)


NEW = {"1-subject": "Xəbər", "1-body": "<p>Oxu zalı açıqdır.</p>"}


@pytest.mark.medium
def test_the_second_language_of_a_mailing_is_the_one_that_is_missing(client, mailing):
    _form, [words] = opened(mailing)
    assert [form["language"].value() for form in words.forms] == ["en", "az"]
    assert change(client, mailing, **NEW).status_code == 302
    assert sorted(mailing.words.values_list("language", flat=True)) == ["az", "en"]


@pytest.mark.medium
def test_a_second_text_in_a_language_is_refused_in_words(client, mailing):
    answer = change(client, mailing, **NEW, **{"1-language": "en"})
    assert ALREADY in answer.content.decode()
    assert mailing.words.count() == 1


@pytest.mark.medium
def test_two_texts_of_a_new_mailing_in_one_language_are_refused_in_words(client):
    statement = make_edition().statement
    client.force_login(make_user())
    data = {"statement": statement.pk, "kind": "update"}
    data |= {"words-TOTAL_FORMS": 2, "words-INITIAL_FORMS": 0}
    for number in range(2):
        words = {"language": "en", "subject": "News", "body": "<p>It is open.</p>"}
        data |= {f"words-{number}-{name}": value for name, value in words.items()}
    answer = client.post(reverse("admin:signatories_updatemailing_add"), data)
    assert ALREADY in answer.content.decode()
    assert not UpdateMailing.objects.exists()


@pytest.mark.medium
def test_two_texts_that_change_their_languages_are_refused_in_words(client, mailing):
    mailing.words.create(language="az", subject="Xəbər", body="<p>Açıqdır.</p>")
    answer = change(client, mailing, **{"0-language": "az", "1-language": "en"})
    assert ALREADY in answer.content.decode()
