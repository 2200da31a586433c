"""Rows by SQL of our own are those that Django would store and read."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Field
from django.utils import timezone

from casa.lib import alphabets
from casa.lib.db import rows
from casa.lib.testing import queries_of
from casa.mail.models import OutgoingMail
from signatories.models import HeldForm, Organization, Signature, SignatureEvent
from signatories.models.organizations import SORTED_BY
from signatories.organizations import entries
from signatories.signing import held_forms, submission
from signatories.testing import make_signature, make_submission
from statements.testing import make_edition

pytestmark = pytest.mark.django_db

WRITTEN = [HeldForm, OutgoingMail, Signature, SignatureEvent]


def sign_and_hold():
    edition = make_edition()
    made = submission.sign(edition, make_submission(name="Ərəb O’Neill", city="Göyçay"))
    typed = {"email": "nora@example.org", "name": "Ərəb \N{GRINNING FACE}"}
    held_forms.hold(held_forms.SIGN, typed, statement=edition.statement, signature=made)


def stored(row):
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return {name: getattr(row, name) for name in names}


@pytest.mark.parametrize("model", WRITTEN)
def test_a_stored_row_is_read_as_it_was_given(model):
    sign_and_hold()
    (read,) = rows.select(model, "1 = %s", [1])
    assert stored(read) == stored(model.objects.get())
    assert not read._state.adding


@pytest.mark.parametrize("unless_taken", [False, True])
def test_a_new_row_is_what_save_would_store(unless_taken):
    edition = make_edition()
    fields = {
        "statement": edition.statement, "edition": edition, "kind": "person", "nonce": "n",
        "name": "Ərəb O’Neill", "email": "ereb@example.org", "suspicions": ["links"],
        "consented_at": timezone.now(), "declared_age": 16,
        **alphabets.sort_keys("Ərəb O’Neill"),
    }  # fmt: skip
    ours, djangos = Signature(**fields, email_key="ours"), Signature(**fields, email_key="djangos")
    assert rows.insert(ours, unless_taken=unless_taken)
    djangos.save()
    ours.refresh_from_db()
    djangos.refresh_from_db()
    differing = {"email_key", "created_at"}
    assert {name: one for name, one in stored(ours).items() if name not in differing} == {
        name: one for name, one in stored(djangos).items() if name not in differing
    }
    assert ours.search_words == "ereb oneill"


@pytest.mark.parametrize("model", [*WRITTEN, Organization])
def test_what_is_stored_as_it_is_is_what_django_would_give(model):
    for field, plain in rows._written(model):
        if plain is not None:
            value = plain("7")
            given = field.get_db_prep_save(value, connection)
            assert (given, type(given)) == (value, plain), field.name
            assert field.get_db_prep_save(None, connection) is None
            assert type(field).pre_save is Field.pre_save


def test_an_organization_that_a_form_adds_is_what_save_would_store():
    fields = {"city": "Göyçay", "country": "AZ", "website": "https://harbour.example.org"}
    added = entries.find_or_add("Harbour Choir", **fields)
    assert entries.find_or_add("Harbour Choir", **fields) == added
    saved = Organization(name="Harbour Quire", **fields)
    saved.save()
    own = {"name", "name_key", *SORTED_BY, "search_words", "slug", "created_at"}
    added.refresh_from_db()
    differing = {name for name, value in stored(added).items() if value != stored(saved)[name]}
    assert differing == own
    assert (added.search_words, added.slug) == ("harbour choir", "harbour-choir")
    assert set(added.keys.values_list("key", flat=True)) == added.index_keys()


def test_a_row_that_is_refused_is_left_out_or_raises():
    first = make_signature(make_edition(), email="nora@example.org")
    again = Signature.objects.get()
    again.pk, again.nonce = None, "another"
    assert not rows.insert(again, unless_taken=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(again)
    assert Signature.objects.get() == first


def test_each_takes_one_statement():
    sign_and_hold()
    assert len(queries_of(lambda: rows.select(Signature, "1 = %s", [1]))) == 1
    event = SignatureEvent(signature=Signature.objects.get(), to_state="x", at=timezone.now())
    assert len(queries_of(lambda: rows.insert(event))) == 1
    assert event.pk


def test_the_first_row_is_given_as_the_database_has_it():
    make_edition()
    assert rows.first("SELECT id, 7 FROM statements_statement WHERE id <> %s", [0])[1] == 7
    assert rows.first("SELECT id FROM statements_statement WHERE id = %s", [0]) is None
