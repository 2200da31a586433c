"""Each column of each model is declared, and what is declared of it is so."""

import json

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from signatories.core import personal_data, tokens
from signatories.core.personal_data import DECLARED, SIGNATURE, UNCHANGED, WITHOUT_PEOPLE, Owner
from signatories.models import Signature
from signatories.moderation import exports
from signatories.self_service import privacy
from signatories.signing import confirmation
from signatories.signing.forms import SignForm
from signatories.signing.submission import Submission
from signatories.testing import make_organization, make_signature
from statements.models import Ask, Statement
from statements.testing import make_edition

OURS = ("accounts", "mail", "pages", "statements", "signatories")
MARKED = (models.CharField, models.TextField)
COLUMNS = {one.name: one for one in SIGNATURE}


def our_models():
    return [
        model
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        if not model.__name__.startswith("Historical")
    ]


def test_every_model_is_declared_or_holds_nobody():
    unknown = {
        model._meta.label for model in our_models() if model not in DECLARED
    } - WITHOUT_PEOPLE
    assert not unknown, "Declare the model in signatories/core/personal_data.py."
    assert {model._meta.label for model in our_models()} >= WITHOUT_PEOPLE


@pytest.mark.parametrize("model", DECLARED, ids=lambda model: model._meta.label)
def test_every_column_is_declared_once(model):
    declared = [column.name for column in DECLARED[model]]
    there = {field.attname for field in model._meta.concrete_fields}
    assert len(declared) == len(set(declared))
    assert there - set(declared) == set(), "Declare the column in personal_data.py."
    assert set(declared) - there == set()


@pytest.mark.parametrize(
    "column", [one for columns in DECLARED.values() for one in columns], ids=lambda one: one.name
)
def test_personal_columns_say_on_what_basis_and_until_when(column):
    assert column.purpose
    assert (column.basis is None) == (column.kept is None)
    if column.basis is None:
        assert column.erased is UNCHANGED


@pytest.mark.django_db
def test_the_form_asks_what_is_declared_as_asked():
    edition = make_edition(**dict.fromkeys(asked_by_statements(), Ask.OPTIONAL))
    fields = set(SignForm(edition).fields)
    columns = {field.attname for field in Signature._meta.concrete_fields}
    assert fields & columns - {"edition", "kind"} == {one.name for one in SIGNATURE if one.asked}
    asked = {one.name for one in SIGNATURE if one.asked}
    assert asked <= set(Submission.__dataclass_fields__)


def asked_by_statements():
    return [
        field.name for field in Statement._meta.concrete_fields if field.name.startswith("ask_")
    ]


def test_the_export_has_what_is_declared_as_exported():
    of_people = {one.exported: one for one in SIGNATURE if one.exported}
    assert set(of_people) <= set(exports.COLUMNS)
    for name, column in exports.COLUMNS.items():
        if name in of_people:
            assert column.contact == of_people[name].contact, name
    # Columns that tell of the row, the organization or the name as a whole.
    others = {"shown_as", "website", "verification", "country"}
    assert set(exports.COLUMNS) - set(of_people) == others | {"number"} - set(of_people)


@pytest.fixture
def marked(db):
    """A signature whose text columns each hold a word of their own."""
    signature = make_signature(make_edition(), organization=make_organization("River Trust"))
    for field in Signature._meta.concrete_fields:
        if field.attname == "email_key":  # the download finds the row by it
            continue
        if type(field) in MARKED and not field.choices and COLUMNS[field.attname].basis:
            setattr(signature, field.attname, f"mark{field.attname}"[: field.max_length])
    signature.save()
    return signature


def marks(signature):
    found = {}
    for field in Signature._meta.concrete_fields:
        value = getattr(signature, field.attname)
        if isinstance(value, str) and value.startswith("mark"):
            found[field.attname] = value
    return found


def test_the_download_has_what_is_declared_as_downloaded(marked):
    text = json.dumps(privacy.collect(marked), default=str)
    for name, mark in marks(marked).items():
        assert (mark in text) == COLUMNS[name].downloaded, name


def test_what_a_representative_erases_is_gone(marked):
    before = marks(marked)
    privacy.erase_representative(marked)
    row = Signature.objects.filter(pk=marked.pk).values().get()
    for name, mark in before.items():
        if COLUMNS[name].erased is not UNCHANGED:
            assert mark not in map(str, row.values()), name


def test_the_confirm_page_counts_what_it_shows(marked):
    seen = confirmation.digest(marked)
    for name in marks(marked):
        before = getattr(marked, name)
        setattr(marked, name, "other")
        changed = confirmation.digest(marked) != seen
        assert changed == COLUMNS[name].confirmed, name
        setattr(marked, name, before)


def test_owners_edit_what_is_declared():
    person, representative = (personal_data.EDITABLE[owner] for owner in Owner)
    assert set(representative) < set(person)
    for name in person:
        assert COLUMNS[name].asked, name
        assert COLUMNS[name].retyped, name


@pytest.mark.django_db
def test_the_confirm_page_shows_what_it_counts(client):
    signature = make_signature(make_edition(), state="pending")
    words = [one.name for one in SIGNATURE if one.confirmed and one.asked]
    words = [name for name in words if type(Signature._meta.get_field(name)) in MARKED]
    for name in set(words) - {"country"}:
        setattr(signature, name, f"mark{name}")
    signature.save()
    url = reverse("signatories:confirm", args=[tokens.make(signature, tokens.CONFIRM)])
    page = client.get(url).text
    assert [name for name in set(words) - {"country"} if f"mark{name}" not in page] == []
