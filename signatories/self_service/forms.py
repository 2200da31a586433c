"""The forms of a signer's private page."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casa.lib import regions
from signatories.models import Signature
from signatories.self_service import editing
from signatories.signing import own_answers, questions
from signatories.signing.fields import MailboxField
from signatories.signing.forms import SignForm
from statements.models import Ask, Edition


class OwnDetailsForm(forms.Form):
    """What a signer may correct: the questions of the statement's sign form, answered once more."""

    def __init__(self, signature: Signature, data: Any = None) -> None:
        super().__init__(data)
        edition = signature.edition or Edition(statement=signature.statement)
        edition.statement = signature.statement
        form = SignForm(edition)
        asked = form.fields
        own_answers.ask_again(asked, signature, form.question)
        self.region_required = signature.statement.ask_region == Ask.REQUIRED
        for name in editing.own_fields(signature):
            if name in asked:
                self.fields[name] = asked[name]
                self.initial[name] = getattr(signature, name)
        if "region" in self.fields:
            self.initial["region"] = regions.code_of(signature.country, signature.region)
        self.auto_id = "own-%s"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "region" in cleaned and "country" not in self.errors:
            try:
                questions.place(cleaned, is_required=self.region_required)
            except ValidationError as error:
                self.add_error("region", error)
        return cleaned

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True  # the secret is in the address
        return helper


class LinkForm(forms.Form):
    """Asks for the private link by address."""

    email = MailboxField(help_text=_("The one you signed with."))

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True  # an anonymous act has no session to ride on
        return helper
