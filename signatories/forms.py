"""The form that supporters sign with."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from casa.lib import places
from signatories.fields import PlainTextField
from signatories.forms_organizations import ORGANIZATION_LAYOUT, OrganizationFields
from signatories.models import NAME_LENGTH, Signature
from signatories.signing import Signing
from statements.models import Edition, PreviewLink, Statement

Kind = Signature.Kind

# What is asked of one way of signing only.
FOR_PERSON = ("affiliation", "name_withheld")
FOR_ORGANIZATION = (
    "organization", "same_as", "website", "organization_kind", "logo", "authorized",
)  # fmt: skip


def _countries() -> list[tuple[str, Any]]:
    return [("", _("Choose a country")), *places.country_names(get_language() or "en").items()]


class CountryField(forms.ChoiceField):
    def valid_value(self, value: Any) -> bool:
        # Asked of the table: Django's own way goes through 250 names for every post.
        return value in places.country_names(get_language() or "en")


def consent_sentence() -> str:
    """What a supporter agrees to, in the language of the page; kept with the signature."""
    return gettext(
        "By signing you agree that %(site)s keeps your details for this statement, shows your"
        " name as you chose above, and sends you a mail to confirm. Your e-mail address is never"
        " shown or passed on. You can withdraw at any time."
    ) % {"site": settings.SITE_NAME}


class SignForm(OrganizationFields):
    """Signs one edition. `kind` is asked only where both people and organizations may sign."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    kind = forms.ChoiceField(
        label=_("I sign"),
        choices=[(Kind.PERSON, _("as a person")), (Kind.ORGANIZATION, _("for an organization"))],
        widget=forms.RadioSelect,
        initial=Kind.PERSON,
        error_messages={
            "required": _("Choose whether you sign as a person or for an organization.")
        },
    )
    name = PlainTextField(
        label=_("Your full name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        help_text=_("Never shown. We send you a link to confirm your signature."),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address such as name@example.org."),
        },
    )
    role = PlainTextField(
        label=_("Your role or profession"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        help_text=_("Optional, for example “Teacher”."),
    )
    affiliation = PlainTextField(
        label=_("Your organization"),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        help_text=_("Optional, for identification only: it does not sign."),
    )
    city = PlainTextField(
        label=_("Town or city"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    country = CountryField(
        label=_("Country"),
        choices=_countries,
        widget=forms.Select(attrs={"autocomplete": "country"}),
        error_messages={
            "required": _("Choose your country."),
            "invalid_choice": _("Choose a country from the list."),
        },
    )
    name_withheld = forms.BooleanField(
        label=_("Do not show my name in public"),
        required=False,
        help_text=_("You are counted and listed as “Name withheld”."),
    )
    authorized = forms.BooleanField(
        label=_("I am authorized to sign for this organization"), required=False
    )
    wants_updates = forms.BooleanField(
        label=_("Write to me when there is news about this statement"), required=False
    )

    def __init__(self, edition: Edition, data: Any = None, *, files: Any = None) -> None:
        super().__init__(data, files, initial={"edition": edition.number})
        self.statement = edition.statement
        # One page may hold the form twice (panel and page); identifiers start alike all the same.
        self.auto_id = "sign-%s"
        signers = edition.statement.signers
        if signers != Statement.Signers.EVERYBODY:
            only = Kind.PERSON if signers == Statement.Signers.PEOPLE else Kind.ORGANIZATION
            self.fields["kind"].widget = forms.HiddenInput()
            self.initial["kind"] = only
            self.fields["kind"].choices = [(only, "")]  # type: ignore[attr-defined]

    @property
    def helper(self) -> FormHelper:
        """How crispy-forms lays it out; `for-…` blocks are shown for one way of signing."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True  # an anonymous act has no session to ride on
        helper.layout = Layout(
            "edition",
            "kind",
            Div(*ORGANIZATION_LAYOUT, css_class="for-organization"),
            "name",
            "email",
            "role",
            Div("affiliation", css_class="for-person"),
            # Marked as optional in its label; other optional fields have a hint that says so.
            Div(Field("city", wrapper_class="optional"), "country", css_class="side-by-side"),
            Div("name_withheld", css_class="for-person"),
            Div("authorized", css_class="for-organization"),
            "wants_updates",
        )
        return helper

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if not email.isprintable() or email.startswith('"'):
            # Allowed by the standard, used by nobody, and no place for control characters.
            raise ValidationError(self.fields["email"].error_messages["invalid"], code="invalid")
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_organization = cleaned.get("kind") == Kind.ORGANIZATION
        for field in FOR_PERSON if is_organization else FOR_ORGANIZATION:
            # Not asked of this signer, so nothing that stands there can be wrong.
            self.errors.pop(field, None)
            cleaned.setdefault(field, "")
        if is_organization:
            if not cleaned.get("organization") and "organization" not in self.errors:
                self.add_error("organization", _("Enter the name of the organization."))
            if not cleaned.get("authorized"):
                self.add_error("authorized", _("Tick this if you may sign for the organization."))
            self.clean_organization_fields()
        return cleaned

    def as_signing(self) -> Signing:
        """What the valid form holds, without what belongs to the other way of signing."""
        return Signing(**self.typed(), consent=self.consent())

    def typed(self) -> dict[str, Any]:
        is_organization = self.cleaned_data["kind"] == Kind.ORGANIZATION
        of_others = FOR_PERSON if is_organization else FOR_ORGANIZATION
        left_out = {"edition", "seen", "authorized", *of_others}
        typed = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        return self.with_directory_entry(typed)

    consent = staticmethod(consent_sentence)


def invitation_consent() -> str:
    """What an invited lead signatory agrees to; kept with the signature."""
    return gettext(
        "By signing you agree that %(site)s keeps your details for this statement and shows your"
        " name among the first when it is published. Your e-mail address is never shown or passed"
        " on. You can withdraw on this page until then, and by writing to us at any time."
    ) % {"site": settings.SITE_NAME}


class InvitationForm(SignForm):
    """Signs by a private preview link, whose mailbox is known, with the name in full."""

    edition = None  # type: ignore[assignment]
    email = None  # type: ignore[assignment]
    name_withheld = None  # type: ignore[assignment]
    same_as = organization_kind = logo = None  # type: ignore[assignment]
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, link: PreviewLink, data: Any = None, *, seen: str = "") -> None:
        super().__init__(Edition(statement=link.statement), data)
        self.mailbox = link.email
        self.initial.update(name=link.name, seen=seen)

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            "seen",
            "kind",
            Div("organization", "website", css_class="for-organization"),
            "name",
            "role",
            Div("affiliation", css_class="for-person"),
            Div(Field("city", wrapper_class="optional"), "country", css_class="side-by-side"),
            Div("authorized", css_class="for-organization"),
            "wants_updates",
        )
        return helper

    def typed(self) -> dict[str, Any]:
        return {**super().typed(), "email": self.mailbox}

    consent = staticmethod(invitation_consent)
