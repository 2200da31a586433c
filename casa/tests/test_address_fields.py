"""Every field that takes an e-mail address or a URL reads it into its one form.

Found by walking all forms, the screens of the admin and the models, so that a new one is looked at.
"""

import re

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from casa.lib.addresses import fields as model_fields
from casa.lib.addresses import forms as form_fields
from casa.tests.forms import PACKAGES, fields_of_forms, load_everything

NAMED_LIKE_ADDRESSES = re.compile(r"(^|_)(e?mail|mailbox|recipient|to)(_?address)?$")
NAMED_LIKE_URLS = re.compile(r"(^|_)(website|url|homepage|link)$")
LOOKED_UP = {
    # Finds an account by whatever it was typed as, so that an old one can sign in.
    ("SignInForm", "username"),
}
ADDRESSES = {
    "Nora@Straße-X.de": "Nora@xn--strae-x-3va.de",
    "mailto:nora@example.org": "nora@example.org",
    " <nora@example.org.> ": "nora@example.org",
}
REFUSED = (
    "root@localhost", "x@[127.0.0.1]", f"{'n' * 65}@example.org", "x@example.nowhere", "x@☃.net",
)  # fmt: skip


def takes_an_address(name, field):
    is_mail = isinstance(field, forms.EmailField) or field.widget.attrs.get("type") == "email"
    is_mail = is_mail or getattr(field.widget, "input_type", "") == "email"
    is_named = isinstance(field, forms.CharField) and NAMED_LIKE_ADDRESSES.search(name)
    return is_mail or bool(is_named)


def takes_a_url(name, field):
    is_named = isinstance(field, forms.CharField) and NAMED_LIKE_URLS.search(name)
    return isinstance(field, forms.URLField) or bool(is_named)


@pytest.mark.medium
@pytest.mark.django_db
def test_every_form_field_for_an_address_reads_it_into_its_one_form():
    found = {
        (where, name): field
        for where, name, field in fields_of_forms()
        if takes_an_address(name, field) and (where, name) not in LOOKED_UP
    }
    assert {("SignForm", "email"), ("FollowForm", "email"), ("AskForm", "email")} <= set(found)
    assert {("PreviewForm", "email"), ("UserAdmin", "email")} <= set(found)
    for where, field in found.items():
        assert isinstance(field, form_fields.EmailAddressField), where
        for typed, address in ADDRESSES.items():
            assert field.clean(typed) == address, where
        for typed in REFUSED:
            with pytest.raises(ValidationError) as refusal:
                field.clean(typed)
            assert refusal.value.messages[0].endswith("."), where


@pytest.mark.medium
@pytest.mark.django_db
def test_every_form_field_for_a_url_reads_its_host_into_the_one_form():
    found = {
        (where, name): field for where, name, field in fields_of_forms() if takes_a_url(name, field)
    }
    assert {("SignForm", "website"), ("OrganizationAdmin", "website")} <= set(found)
    for where, field in found.items():
        assert isinstance(field, form_fields.WebAddressField), where
        assert field.clean("straße-x.de") == "https://xn--strae-x-3va.de", where
        with pytest.raises(ValidationError):
            field.clean("https://☃.net")


@pytest.mark.medium
def test_every_column_for_an_address_or_a_url_is_cleaned_into_the_one_form():
    load_everything()
    own = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]
    columns = [(model, field) for model in own for field in model._meta.concrete_fields]
    kept_in = {models.EmailField: model_fields.EmailAddressField,
               models.URLField: model_fields.WebAddressField}  # fmt: skip
    found = [
        (model.__name__, field.name)
        for model, field in columns
        for plain, ours in kept_in.items()
        if isinstance(field, plain) and not isinstance(field, ours)
    ]
    assert found == []
    by_name = [
        (model.__name__, field.name)
        for model, field in columns
        if NAMED_LIKE_ADDRESSES.search(field.name)
        and isinstance(field, models.CharField)
        and not isinstance(field, model_fields.EmailAddressField)
    ]
    # Keyed hashes, and what a history row or a signature says of where mail goes.
    names = ("HeldForm", "MailStop", "MailboxBudget", "UpdateRecipient")
    hashes = {(name, "mailbox") for name in names}
    assert set(by_name) == hashes
    addresses = [field for _m, field in columns if isinstance(field, models.EmailField)]
    assert len(addresses) >= 6
    for field in addresses:
        assert field.clean(" Nora@Straße-X.de", None) == "Nora@xn--strae-x-3va.de"
        with pytest.raises(ValidationError):
            field.clean("root@localhost", None)
