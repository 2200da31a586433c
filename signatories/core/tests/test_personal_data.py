"""What is declared of a signature's columns is so, wherever they are asked, shown, kept and erased.

A message says where a new column is missing.
"""

import csv
import io
import json
from dataclasses import fields

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import Permission
from django.db import models
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from casa.lib.csv import streamed
from casa.site.pdf import document
from signatories.core import personal_data, tokens
from signatories.core.personal_data import COLUMNS, PUBLIC, SIGNATURE, UNCHANGED, Owner
from signatories.models import Signature
from signatories.models.signature_sets import LISTED
from signatories.moderation import exports
from signatories.public import csv_file
from signatories.public.api.signatures import SignatoryOut
from signatories.self_service import privacy
from signatories.signing import confirmation, questions
from signatories.signing.form_layout import FIRST, LAST
from signatories.signing.forms import FOR_PERSON, SignForm
from signatories.signing.submission import Submission, build_signature
from signatories.testing import make_organization, make_signature, own_url
from statements.admin.statement import StatementAdmin
from statements.models import Ask, QuestionKind
from statements.reading import current_edition
from statements.testing import ASKS, make_edition, make_user

TEXT = (models.CharField, models.TextField)
REGISTER = "signatories/core/personal_data.py"
FOUND_BY = "email_key"  # made of the e-mail address, by which the download finds the row


def declared(flag):
    return {one.name for one in SIGNATURE if getattr(one, flag)}


def said(names, where):
    """What to do about columns that are missing from a place."""
    return f"{', '.join(sorted(names))}: {where}, or declare otherwise in {REGISTER}."


def undeclared(names, flag, where):
    """What to do about columns that stand in a place and are not declared for it."""
    return f"{', '.join(sorted(names))}: {where}, so declare {flag} in {REGISTER}."


# Marks: a word of its own in each text column


def marked_names():
    for field in Signature._meta.concrete_fields:
        is_text = isinstance(field, TEXT) and not field.choices and field.name != "language"
        column = COLUMNS.get(field.attname)  # another test tells of what is not declared
        if is_text and column and column.ground and column.name != FOUND_BY:
            yield column.name


def mark(name):
    # No blank and no sign between: what is sorted and searched by it looks the same.
    return f"mark{name.replace('_', '')}"[: Signature._meta.get_field(name).max_length or 60]


def make_marked(**more):
    email = f"{mark('email')}@example.org"
    signature = make_signature(make_edition(may_withhold=True), email=email, **more)
    marks = {name: mark(name) for name in marked_names() if name != "email"}
    Signature.objects.filter(pk=signature.pk).update(**marks)  # `save` would make some of them anew
    signature.refresh_from_db()
    return signature


@pytest.fixture
def person(db):
    return make_marked()


@pytest.fixture
def representative(db):
    return make_marked(organization=make_organization("River Trust"))


def found_in(text):
    return {name for name in marked_names() if mark(name) in text}


def declared_texts(flag):
    return declared(flag) & set(marked_names())


# Asked


@pytest.fixture
def edition(db):
    asked = {"question_kind": QuestionKind.TEXT, **dict.fromkeys(ASKS, Ask.OPTIONAL)}
    edition = make_edition(may_withhold=True, **asked)
    edition.statement.question_texts.create(language="en", label="Do you read here?")
    return edition


def test_the_form_asks_what_is_declared_as_asked(edition):
    columns = {field.attname for field in Signature._meta.concrete_fields}
    on_form = set(SignForm(edition).fields) & columns - {"edition", "kind"}
    missing, more = declared("asked") - on_form, on_form - declared("asked")
    assert not missing, said(missing, "ask it in signatories/signing/forms.py")
    assert not more, undeclared(more, "asked=True", "the form asks it")


def test_every_question_has_a_place_on_the_form(edition):
    placed = {name for _css_class, names in (*FIRST, *LAST) for name in names}
    homeless = set(SignForm(edition).fields) - placed
    assert not homeless, f"{homeless}: put it into FIRST in signatories/signing/form_layout.py."


def test_what_a_statement_may_ask_is_asked():
    asks = {name.removeprefix("ask_") for name in ASKS}
    known = set(questions.SENTENCES)
    assert not asks - declared("asked"), undeclared(
        asks - declared("asked"), "asked=True", "a statement may ask it"
    )
    assert not asks - known, f"{asks - known}: add what is said where it is missing to SENTENCES."
    on_screen = {
        name for name in asks if f"ask_{name}" in flatten_fieldsets(StatementAdmin.fieldsets)
    }
    screen = "put ask_… into `fieldsets` in statements/admin/statement.py"
    assert not asks - on_screen, f"{asks - on_screen}: {screen}."
    assert not known - asks, f"{known - asks}: add ask_… to statements/models/sign_form_options.py."


@pytest.mark.django_db
def test_what_was_typed_is_stored(edition):
    there = {field.name for field in fields(Submission)}
    missing = declared("asked") - there
    assert not missing, said(missing, "add it to Submission in signatories/signing/submission.py")
    texts = {name: mark(name) for name in declared_texts("asked") - {"email"}}
    typed = Submission(kind="person", email="nora@example.org", consent="Yes.", **texts)
    row = build_signature(edition.statement, edition, typed)
    lost = {name for name in texts if getattr(row, name) != texts[name]}
    assert not lost, said(lost, "add it to `TAKEN_OVER` in signatories/signing/submission.py")


def test_what_is_asked_is_replaced_until_it_is_confirmed():
    kept = declared("asked") - declared("retyped") - {"email"}  # which finds the row
    assert not kept, undeclared(kept, "retyped=True", "the newest form counts")


# Confirmed


def test_the_confirm_page_counts_what_it_shows(person):
    seen = confirmation.digest(person)
    for name in marked_names():
        before = getattr(person, name)
        setattr(person, name, "other")
        # The name in full is shown with them.
        shown = COLUMNS[name].confirmed or name in ("honorific", "credentials")
        assert (confirmation.digest(person) != seen) == shown, name
        setattr(person, name, before)


@pytest.mark.parametrize("whose", ["person", "withheld", "representative"])
def test_the_confirm_page_shows_what_it_counts(client, request, whose):
    signature = request.getfixturevalue("representative" if whose == "representative" else "person")
    is_withheld = whose == "withheld"
    Signature.objects.update(state="pending", confirmed_at=None, name_withheld=is_withheld)
    url = reverse("signatories:confirm", args=[tokens.make(signature, tokens.CONFIRM)])
    missing = declared_texts("confirmed") - found_in(client.get(url).text)
    if whose == "representative":
        missing -= {*FOR_PERSON}
    assert not missing, said(missing, "show it in templates/signatories/confirm.html")


# The signer's own page


@pytest.mark.medium
def test_the_private_page_shows_what_is_declared_as_seen(client, person):
    found = found_in(client.get(own_url(person)).text) - {"share_code"}  # in the link to pass on
    missing, more = declared_texts("seen") - found, found - declared_texts("seen")
    assert not missing, said(missing, "templates/signatories/_own_facts.html does not show it")
    assert not more, undeclared(more, "seen=True", "the private page shows it")


def test_what_the_private_page_shows_is_in_the_download(person):
    in_words = {"organization_id", "consent_id"}
    assert declared("seen") - declared("downloaded") <= in_words


def test_owners_edit_what_is_declared():
    of_person, of_representative = (personal_data.EDITABLE[owner] for owner in Owner)
    assert set(of_representative) < set(of_person)
    for name in of_person:
        assert COLUMNS[name].asked, undeclared({name}, "asked=True", "only answers are corrected")
        assert COLUMNS[name].retyped, undeclared({name}, "retyped=True", "it can be corrected")


@pytest.mark.medium
@pytest.mark.parametrize("whose", ["person", "representative"])
def test_the_owners_form_holds_what_they_may_edit(client, edition, whose):
    organization = make_organization() if whose == "representative" else None
    page = client.get(own_url(make_signature(edition, organization=organization), "correct")).text
    offered = {name for name in declared("asked") if f'name="{name}"' in page}
    missing = set(personal_data.EDITABLE[Owner(whose)]) - offered
    assert not missing, said(missing, "OwnDetailsForm in self_service/forms.py does not ask it")
    assert offered == set(personal_data.EDITABLE[Owner(whose)])


@pytest.mark.medium
def test_the_download_has_what_is_declared_as_downloaded(representative):
    collected = privacy.collect(representative)
    found = found_in(json.dumps(collected["signatures"], default=str))
    assert found == declared_texts("downloaded")
    explained = collected["columns"]["signatures"]
    assert set(explained) == {name for name in declared("downloaded") if COLUMNS[name].ground}
    assert explained["role"] == {
        "label": "role",
        "purpose": "to say as what somebody signs",
        "basis": "explicit consent, Art. 6(1)(a) and 9(2)(a) GDPR",
        "retention": "until the signature is erased; 60 days if nobody confirms it",
    }


@pytest.mark.medium
def test_what_a_representative_erases_is_gone(representative):
    privacy.erase_representative(representative)
    row = Signature.objects.filter(pk=representative.pk).values().get()
    left = found_in(json.dumps(row, default=str))
    assert left == {name for name in marked_names() if COLUMNS[name].erased is UNCHANGED} - {
        "sort_key", "sort_key_az", "sort_key_tr", "search_words",  # made anew, of the organization
    }  # fmt: skip


# The office


def test_the_export_has_what_is_declared_as_exported():
    names = [one.exported for one in SIGNATURE if one.exported]
    twice = {name for name in names if names.count(name) > 1}
    assert not twice, (
        f"Columns of the export have a name of their own; in {REGISTER} share one: {twice}"
    )
    of_organization = {"website", "verification", "organization_kind", "ror", "registration"}
    of_rows = {"number", "shown_as", "country_code"} | of_organization
    assert set(exports.COLUMNS) == {*names} | of_rows
    for one in SIGNATURE:
        if one.exported:
            assert exports.COLUMNS[one.exported].contact == one.contact
            assert exports.COLUMNS[one.exported].label == personal_data.label(one.name)


@pytest.mark.django_db
def test_the_export_writes_the_columns(person):
    file = b"".join(
        streamed(exports.names(Signature.objects.all(), list(exports.COLUMNS), by=make_user()))
    )
    missing = declared_texts("exported") - found_in(file.decode())
    assert not missing, said(missing, "say how it is written in signatories/moderation/exports.py")
    assert found_in(file.decode()) == declared_texts("exported")


def fields_on_screen(signature):
    request = RequestFactory().get("/")
    request.user = make_user("boss@example.org")
    screen = admin.site.get_model_admin(Signature)
    for _heading, section in screen.get_fieldsets(request, signature):
        yield from section["fields"]


TOLD_BY = {
    "withdrawal": {"withdrawn_at", "withdrawal_shown"},
    # Encrypted, so nothing is sorted by them.
    "address": {"email"},
    "line": {"original_line"},
}


def columns_of(field):
    """Those that a field of the screen tells; a function names its column as what it sorts by."""
    screen = admin.site.get_model_admin(Signature)
    if field in TOLD_BY:
        return TOLD_BY[field]
    shows = field if callable(field) else getattr(screen, field, None)
    name = shows.admin_order_field if shows else field
    return {Signature._meta.get_field(name).attname}


@pytest.mark.medium
def test_the_screen_of_staff_shows_what_is_declared(person, representative):
    Signature.objects.update(
        mail_trouble="hard", renamed_at=timezone.now(), withdrawn_at=timezone.now()
    )
    person.refresh_from_db()
    representative.refresh_from_db()
    on_screen = set()
    for signature in (person, representative):
        for field in fields_on_screen(signature):
            on_screen |= columns_of(field)
        # Each user has an address of their own.
        type(make_user("x@example.org")).objects.all().delete()
    missing, more = declared("seen_by_staff") - on_screen, on_screen - declared("seen_by_staff")
    where = "show it in `get_fieldsets` in signatories/admin/signatures.py"
    assert not missing, said(missing, where)
    assert not more, undeclared(more, "seen_by_staff=True", "their screen shows it")


@pytest.mark.medium
def test_staff_edit_what_is_declared(client, person):
    client.force_login(make_user())
    page = client.get(reverse("admin:signatories_signature_change", args=[person.pk]))
    offered = set(page.context["adminform"].form.fields)
    missing, more = declared("edited_by_staff") - offered, offered - declared("edited_by_staff")
    assert not missing, said(
        missing, "offer it in `get_fieldsets` in signatories/admin/signatures.py"
    )
    assert not more, said(more, "name it in `readonly_fields` in signatories/admin/signatures.py")


@pytest.mark.medium
def test_contact_data_is_for_those_who_may_see_it(client, person):
    user = make_user(is_superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename="view_signature"))
    client.force_login(user)
    page = client.get(reverse("admin:signatories_signature_change", args=[person.pk])).text
    disclosed = found_in(page) & declared("contact")
    assert not disclosed, said(disclosed, "signatories/admin/signatures.py shows it to everybody")


# Visitors


def of_signatures(paths):
    """Columns among the paths of a query, by their names in the database."""
    own = (path for path in paths if "__" not in path)
    return {Signature._meta.get_field(path).attname for path in own}


BY_CHOICE = {"answer", "answer_public"}
"""Shown where staff and the form said so: signatories/signing/tests/test_own_question.py."""


def test_lists_read_what_is_declared_as_public():
    read, public = of_signatures(LISTED) - {"statement_id"} - BY_CHOICE, set(PUBLIC)
    missing, more = public - read, read - public
    assert not missing, said(missing, "read it in LISTED in signatories/models/signature_sets.py")
    assert not more, undeclared(more, "public=True", "LISTED reads it for visitors")


def what_visitors_get(client, signature):
    """{the place that decides what is shown: what it shows}"""
    slug = signature.statement.slug
    public_file = client.get(f"/statements/{slug}/signatories.csv").streaming_content
    printed = document.of_edition(current_edition(slug), timezone.now())
    return {
        "signatories/templatetags/names.py": client.get(f"/statements/{slug}/signatories/").text,
        "signatories/public/csv_file.py": b"".join(public_file).decode(),
        "signatories/public/api/signatures.py": client.get(
            f"/api/v1/statements/{slug}/signatories"
        ).text,
        "casa/site/pdf/document.py": json.dumps(printed),
    }


@pytest.mark.medium
def test_lists_files_and_the_api_show_what_is_public_and_no_more(client, person):
    public, faults = declared_texts("public"), []
    for file, text in what_visitors_get(client, person).items():
        missing, more = public - found_in(text), found_in(text) - public
        beside = "" if "csv" in file or "api" in file else " or by `Signature.particulars`"
        faults += [said(missing, f"show it in {file}{beside}")] if missing else []
        faults += [undeclared(more, "public=True", f"{file} shows it")] if more else []
    assert not faults, "\n".join(faults)


@pytest.mark.medium
def test_whoever_withholds_their_name_is_shown_with_nothing(client, person):
    Signature.objects.update(name_withheld=True)
    slug = person.statement.slug
    for url in (f"/statements/{slug}/signatories/", f"/api/v1/statements/{slug}/signatories"):
        assert found_in(client.get(url).text) == set()


OF_THE_API = {"withheld": "name_withheld", "signed_on": "confirmed_at",
              "edition": "edition_id", "earlier": "edition_id",
              "organization": "organization_id"}  # fmt: skip
IN_THE_NAME = {"honorific", "credentials"}
NOT_IN_A_LIST = {"withdrawn_at"}
"""Whoever withdrew is named in no list: the page says it in a sentence of its own."""


def test_the_api_has_the_public_columns_and_no_others():
    told = {OF_THE_API.get(name, name) for name in SignatoryOut.model_fields}
    told -= {"organization_id", *BY_CHOICE}
    missing = set(PUBLIC) - IN_THE_NAME - NOT_IN_A_LIST - told
    assert not missing, said(missing, "add it to SignatoryOut in signatories/public/api")
    more = told - set(PUBLIC)
    assert not more, undeclared(more, "public=True", "SignatoryOut has it")


def test_the_public_file_has_the_public_columns_and_no_others():
    head = set(csv_file.HEAD) - {csv_file.CODE, csv_file.EARLIER, *BY_CHOICE}
    in_a_line = {"name_withheld"}  # how many do is told at the end
    missing = set(PUBLIC) - IN_THE_NAME - NOT_IN_A_LIST - in_a_line - head
    assert not missing, said(missing, "add it to HEAD in signatories/public/csv_file.py")
    more = head - set(PUBLIC)
    assert not more, undeclared(more, "public=True", "the public file has it")


def test_search_finds_public_words_alone(person):
    found = {name for name in marked_names() if mark(name) in person.words_to_search()}
    assert found <= declared_texts("public")


# Words


def test_the_headings_of_files_are_the_labels(person):
    head = next(csv.reader(io.StringIO(_public_file(person))))
    labels = {str(personal_data.label(name)) for name in ("kind", "name", "role", "affiliation")}
    assert labels < set(head)


def _public_file(signature):
    return b"".join(csv_file.names(signature.statement)).decode("utf-8-sig")
