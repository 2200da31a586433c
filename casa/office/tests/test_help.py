"""Help stands where it is needed: on every field, and on one page for a new colleague."""

import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.staticfiles import finders
from django.urls import reverse

from signatories.models import Organization, Signature
from signatories.testing import make_organization, make_signature
from statements.models import Statement
from statements.testing import make_draft, make_edition, make_user
from tools import messages

pytestmark = [pytest.mark.django_db, pytest.mark.page]

LARGEST = 120_000  # bytes
FORM_PARTS = {"id", "DELETE"}  # what Django adds to a row of an inline


def fields_on_screens(request):
    """Every field that a form of the back office asks for, as (where, form field)."""
    for model, model_admin in admin.site._registry.items():
        row = a_row_of(model)
        if row is not None and model_admin.has_change_permission(request, row):
            form = model_admin.get_form(request, row, change=True)
            yield from named(model, form.base_fields)
            yield from fields_of_inlines(model_admin, request, row)


def fields_of_inlines(model_admin, request, row):
    for formset, inline in model_admin.get_formsets_with_inlines(request, row):
        if inline.has_change_permission(request, row):
            yield from named(inline.model, formset.form.base_fields, formset.fk.name)


def named(model, fields, *besides):
    for name, field in fields.items():
        if name not in (*FORM_PARTS, *besides) and not field.widget.is_hidden:
            yield f"{model.__name__}.{name}", field


def a_row_of(model):
    """Of what this page is about; None for a model of another app."""
    made = {
        Statement: make_draft,
        Signature: lambda: make_signature(make_edition()),
        Organization: make_organization,
    }
    if model._meta.app_label not in ("statements", "signatories"):
        return None
    return made[model]() if model in made else model.objects.first() or model()


@pytest.mark.medium
def test_every_field_has_help(rf):
    request = rf.get("/")
    request.user = make_user()
    found = dict(fields_on_screens(request))
    assert len(found) > 30
    without = [where for where, field in found.items() if not str(field.help_text).strip()]
    assert not without, "\n".join(without)


@pytest.mark.medium
def test_an_empty_list_says_the_first_step(client):
    client.force_login(make_user())
    for model, phrase in (
        (Statement, "Write your first one"),
        (Signature, "Nobody has signed yet"),
        (Organization, "No organizations yet"),
    ):
        meta = model._meta
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        assert phrase in client.get(url).text
        assert "Show the whole list" in client.get(url, {"q": "nothing"}).text


@pytest.mark.medium
def test_a_new_colleague_finds_how_we_publish(client):
    user = make_user(is_superuser=False)
    client.force_login(user)
    page = reverse("admin:how_we_publish")
    assert page in client.get(reverse("admin:index")).text
    answer = client.get(page)
    for chapter in ("embargo", "preview link", "Publish correction", "cannot be undone"):
        assert chapter in answer.text


@pytest.mark.medium
def test_it_names_buttons_and_fields_as_the_screens_do(client):
    client.force_login(make_user())
    text = client.get(reverse("admin:how_we_publish")).text
    article = re.search(r"<article.*?</article>", text, flags=re.DOTALL)[0]
    quoted = {one for one in re.findall("“([^”]+)”", article) if one not in ("/", "?")}
    assert len(quoted) > 8
    # Every message of the interface, from a catalogue that holds all of them.
    known = [messages.forms(one.id)[0].casefold() for one in messages.read("az")]
    unknown = [one for one in quoted if not any(m.startswith(one.casefold()) for m in known)]
    assert not unknown


@pytest.mark.medium
def test_its_pictures_are_there_and_small(client):
    client.force_login(make_user())
    text = client.get(reverse("admin:how_we_publish")).text
    pictures = re.findall(r'<img src="/static/([^"]+)" alt="([^"]+)"', text)
    assert 3 <= len(pictures) <= 6
    for name, words in pictures:
        file = finders.find(name)
        assert file, name
        assert Path(file).stat().st_size < LARGEST, name
        assert len(words) > 10
