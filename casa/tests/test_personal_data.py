"""Every column of every table is declared: what it holds of whom, what for, and until when."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, models
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import capfirst

from casa.lib import personal_data
from casa.lib.db.sealed import AtRest
from casa.lib.languages import FOR_VISITORS
from casa.lib.personal_data import (
    Basis,
    Column,
    Ground,
    Retention,
    Subject,
    declare,
    declared,
    impersonal,
)
from casa.personal_data import NEVER_WRITTEN
from signatories.core.personal_data import COLUMNS
from signatories.models import AccessRule, Signature

OURS = {"accounts", "mail", "pages", "retention", "unsaved", "statements", "signatories"}
SHOWS_A_PERSON = (models.EmailField, models.GenericIPAddressField)


def models_with_tables():
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.managed and not model._meta.proxy]


def where(model):
    """The file that declares a model."""
    app = model._meta.app_config
    if app.label not in OURS:
        return "casa/personal_data.py"
    return app.name.replace(".", "/") + "/personal_data.py"


def test_every_model_is_declared():
    missing = [
        f"Declare {model._meta.label} in {where(model)}: what it holds of whom, why, how long."
        for model in models_with_tables()
        if model not in declared
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.django_db
def test_every_table_has_a_model():
    tables = {model._meta.db_table for model in models_with_tables()} | {"django_migrations"}
    unknown = set(connection.introspection.table_names()) - tables
    assert not unknown, "What do these tables hold of people? Nothing declares them."


def test_every_column_is_declared_once():
    wrong = []
    for model, columns in declared.items():
        names = [column.name for column in columns]
        there = {field.attname for field in model._meta.concrete_fields}
        label, file = model._meta.label, where(model)
        if model.__name__ == "Signature":
            file = "SIGNATURE in signatories/core/personal_data.py"
        wrong += [
            f"{label}.{name}: declare the column in {file}. Begin with the line of one like it; the"
            " tests say where it is missing."
            for name in there - {*names}
        ]
        wrong += [f"{label}.{name} is declared in {file} and gone." for name in {*names} - there]
        wrong += [f"{label}.{name} is declared twice." for name in names if names.count(name) > 1]
    assert not wrong, "\n".join(wrong)


def each_column():
    for model, columns in declared.items():
        for column in columns:
            yield model, column, f"{model._meta.label}.{column.name} ({where(model)})"


def faults_in(model, column):
    """What is missing from the declaration of a column."""
    if not column.purpose:
        yield "say what it is for, or why it holds nothing of anybody"
    if (
        column.ground and column.ground.subject != Subject.STAFF
    ):  # visitors read it on the privacy page
        if not isinstance(column.purpose, Promise):
            yield "mark the purpose for translation"
        if not isinstance(personal_data.label(model, column), Promise):
            yield "give the model's field a verbose_name that is marked for translation"
    field = personal_data.field_of(model, column.name)
    is_account = field.is_relation and field.related_model is get_user_model()
    shows_a_person = is_account or isinstance(field, SHOWS_A_PERSON)
    if shows_a_person and not column.ground and column.purpose != NEVER_WRITTEN:
        yield "it holds an address or an account, so it tells of somebody"


def test_each_declaration_is_complete():
    faults = [
        f"{name}: {fault}."
        for model, column, name in each_column()
        for fault in faults_in(model, column)
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (Column(name="email", purpose="to write"), "tells of somebody"),
        (Column(name="city", purpose=""), "what it is for"),
        (replace(COLUMNS["city"], purpose="to greet"), "mark the purpose"),
        (replace(COLUMNS["city"], name="nonce"), "verbose_name"),
    ],
)
def test_an_incomplete_declaration_is_seen(column, said):
    assert any(said in fault for fault in faults_in(Signature, column))


def test_a_model_is_declared_once_and_takes_its_history_along():
    user = get_user_model()
    with pytest.raises(ValueError, match="declared already"):
        declare(user, impersonal("id", "a number"))
    history = {column.name: column for column in declared[user.history.model]}
    assert history["email"].ground.retention == Retention.FOR_GOOD
    assert history["history_user_id"].ground.subject == Subject.STAFF
    assert "password" not in history
    listed = {column.name: column for column in declared[AccessRule.history.model]}
    assert listed["network"].ground.retention == Retention.A_MONTH
    assert listed["domain"].ground.retention == Retention.FOR_GOOD


def test_what_serves_one_purpose_is_told_together():
    ground, purposes = personal_data.purposes_by_ground(Subject.SIGNER)[0]
    assert ground == Ground(Subject.SIGNER, Basis.CONSENT, Retention.WITH_SIGNATURE)
    items = {one.purpose: one.items for one in purposes}
    assert {"role", "affiliation"} <= {*items["to say as what somebody signs"].split("; ")}


@pytest.mark.medium
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "az"])
def test_the_privacy_page_tells_all_that_is_stored_of_visitors(client, language):
    with translation.override(language):
        text = client.get(reverse("pages:privacy")).text
        for subject in set(Subject) - {Subject.STAFF}:
            for ground, purposes in personal_data.purposes_by_ground(subject):
                said = (subject.label, ground.basis.label, ground.retention.in_words())
                items = [capfirst(one.items) for one in purposes]
                assert [words for words in (*said, *items) if str(words) not in text] == []
    assert "session key" not in text


def test_a_column_of_nobody_is_plain():
    assert impersonal("a b", "numbers") == (
        Column(name="a", purpose="numbers"),
        Column(name="b", purpose="numbers"),
    )


ADDRESSES_IN_PLAIN = {
    "appearance.AppearanceText.contact_email": "stands on every page",
    "appearance.HistoricalAppearanceText.contact_email": "stood there",
}


def test_each_column_says_whether_it_lies_encrypted():
    wrong = [
        f"{model._meta.label}.{column.name}: it is declared as sealed={column.sealed}."
        for model, columns in declared.items()
        for column in columns
        if column.sealed != isinstance(personal_data.field_of(model, column.name), AtRest)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_address_of_a_person_lies_in_plain():
    plain = [
        f"{model._meta.label}.{field.name}"
        for model in declared
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.EmailField) and not isinstance(field, AtRest)
    ]
    assert set(plain) == set(ADDRESSES_IN_PLAIN)


def told_to_visitors():
    """What the privacy page says of each column, in words of the code."""
    for model, columns in declared.items():
        for column in columns:
            if column.ground and column.ground.subject != Subject.STAFF:
                ground = column.ground
                yield from (ground.subject.label, ground.basis.label, ground.retention.label)
                yield from (ground.why_kept, column.purpose, personal_data.label(model, column))


@pytest.mark.parametrize("language", sorted(FOR_VISITORS))
def test_visitors_read_what_is_stored_of_them_in_their_language(language):
    """A catalogue for visitors holds what it has, so nothing else names what it lacks."""
    told = {one for one in told_to_visitors() if isinstance(one, Promise)}
    assert len(told) > 100
    english = {str(one) for one in told}
    with translation.override(language):
        assert {str(one) for one in told} & english == set()
