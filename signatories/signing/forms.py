"""The form that supporters sign with."""

from copy import copy, deepcopy
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from signatories.models import NAME_LENGTH, Invitation, Signature
from signatories.signing import form_layout, own_answers, questions, round_answers
from signatories.signing.fields import (
    AgeField,
    CommentField,
    CountryField,
    LongSelect,
    MailboxField,
    PersonNameField,
    PlaceNameField,
    PlainTextField,
    PostalCodeField,
    RegionField,
)
from signatories.signing.organization_form import ORGANIZATION_FIELDS, OrganizationFields
from signatories.signing.submission import Submission
from statements.models import ANSWER_LENGTH, Ask, Edition, PreviewLink, Statement

Kind = Signature.Kind

# What is asked of one way of signing only.
FOR_PERSON = ("affiliation", "name_withheld")
FOR_ORGANIZATION = (*ORGANIZATION_FIELDS, "authorized")


class _Lent(dict[str, forms.Field]):
    """Fields that a form takes over without a copy of what cleaning only reads: a tenth of the
    time of a signature was spent on copies that nothing was ever written into.
    """

    def __deepcopy__(self, memo: Any) -> dict[str, forms.Field]:
        return {name: _lend(field) for name, field in self.items()}


def _lend(field: forms.Field) -> forms.Field:
    if isinstance(field, AgeField):
        return deepcopy(field)  # `set_minimum` writes into its widget
    lent = copy(field)
    lent.error_messages = {**field.error_messages}
    return lent


class SignForm(OrganizationFields):
    """Signs one edition. `kind` is asked only where both people and organizations may sign."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    agreed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    asked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    kind = forms.ChoiceField(
        label=_("I sign"),
        choices=[(Kind.PERSON, _("as a person")), (Kind.ORGANIZATION, _("for an organization"))],
        widget=forms.RadioSelect,
        initial=Kind.PERSON,
        error_messages={
            "required": _("Choose whether you sign as a person or for an organization.")
        },
    )
    name = PersonNameField(
        label=_("Your full name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    email = MailboxField(help_text=_("Never shown. We send you a link to confirm your signature."))
    role = PlainTextField(
        label=_("Your role or profession"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        help_text=_("For example “Teacher”."),
    )
    affiliation = PlainTextField(
        label=_("Your organization"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        help_text=_("For identification only: it does not sign."),
    )
    city = PlaceNameField(
        label=_("Town or city"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    country = CountryField(
        label=_("Country"),
        widget=LongSelect(attrs={"autocomplete": "country"}),
        error_messages={"invalid_choice": _("Choose a country from the list.")},
    )
    region = RegionField(
        label=_("State or region"),
        widget=LongSelect(attrs={"autocomplete": "address-level1"}),
        help_text=_("Where addresses have one."),
        error_messages={"invalid_choice": _("Choose a state or region from the list.")},
    )
    postal_code = PostalCodeField(
        label=_("Postal code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "postal-code", "autocapitalize": "characters"}
        ),
        help_text=_("Never shown in public."),
    )
    comment = CommentField(
        label=_("Your comment"),
        max_length=1000,
        help_text=_("Up to 1,000 characters. We read it; it is never shown in public."),
    )
    answer = PlainTextField(label=_("Your answer"), max_length=ANSWER_LENGTH)
    name_withheld = forms.BooleanField(
        label=_("Do not show my name in public"),
        required=False,
        help_text=_("You are counted and listed as “Name withheld”."),
    )
    authorized = forms.BooleanField(
        label=_("I am authorized to sign for this organization"), required=False
    )
    of_age = AgeField()
    wants_updates = forms.BooleanField(
        label=_("Write to me when there is news about this statement"), required=False
    )

    def __init__(
        self, edition: Edition, data: Any = None, *, files: Any = None, lent: bool = False
    ) -> None:
        """With `lent` fields, `own_fields` must be called before the form is rendered."""
        self.lent = lent
        if lent:
            self.base_fields = _Lent(self.base_fields)  # type: ignore[misc]
        super().__init__(data, files, initial={"edition": edition.number})
        self.statement = edition.statement
        # One page may hold the form twice (panel and page); identifiers start alike all the same.
        self.auto_id = "sign-%s"
        questions.adapt(self.fields, self.statement)
        self.question = own_answers.ask(self.fields, self.statement)
        if self.question:
            self.initial["asked"] = own_answers.mark(self.question)
        for name in ("website", "logo"):
            if name in self.fields:
                self.fields[name].marked_optional = True  # type: ignore[attr-defined]
        self.consent = self.consent_sentence()
        self.initial["agreed"] = questions.mark(self.consent)
        signers = self.statement.signers
        if signers != Statement.Signers.EVERYBODY:
            only = Kind.PERSON if signers == Statement.Signers.PEOPLE else Kind.ORGANIZATION
            self.fields["kind"].widget = forms.HiddenInput()
            self.initial["kind"] = only
            self.fields["kind"].choices = [(only, "")]  # type: ignore[attr-defined]

    def own_fields(self) -> None:
        """Copy lent fields whole: what renders them writes into their widgets."""
        if self.lent:
            self.fields = deepcopy(self.fields)
            self._bound_fields_cache.clear()  # type: ignore[attr-defined]
        self.lent = False

    def consent_sentence(self) -> str:
        return questions.consent_sentence(self.statement)

    @property
    def helper(self) -> FormHelper:
        return form_layout.helper(self)

    def clean_agreed(self) -> str:
        agreed: str = self.cleaned_data["agreed"]
        if agreed and agreed != self.initial["agreed"]:
            raise ValidationError(
                _("What you agree to was changed just now. Please read it above the button.")
            )
        return agreed

    def clean_asked(self) -> str:
        asked: str = self.cleaned_data["asked"]
        if asked and asked != self.initial["asked"]:
            self.add_error("answer", own_answers.CHANGED)
        return asked

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_organization = cleaned.get("kind") == Kind.ORGANIZATION
        for field in FOR_PERSON if is_organization else FOR_ORGANIZATION:
            # The field is not asked of this signer, so its content cannot be wrong.
            self.errors.pop(field, None)
            cleaned.setdefault(field, "")
        if is_organization:
            if not cleaned.get("organization") and "organization" not in self.errors:
                self.add_error("organization", _("Enter the name of the organization."))
            if not cleaned.get("authorized"):
                self.add_error("authorized", _("Tick this if you may sign for the organization."))
            self.clean_organization_fields()
        elif self._is_missing("affiliation"):
            self.add_error("affiliation", questions.SENTENCES["affiliation"])
        self._clean_place(cleaned)
        return cleaned

    def _is_missing(self, field: str) -> bool:
        required = getattr(self.statement, f"ask_{field}") == Ask.REQUIRED
        return required and not self.cleaned_data.get(field) and field not in self.errors

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        if "region" not in cleaned or "country" in self.errors:
            return
        required = self.statement.ask_region == Ask.REQUIRED
        try:
            questions.place(cleaned, is_required=required)
        except ValidationError as error:
            self.add_error("region", error)

    def submission(self) -> Submission:
        """What the valid form holds, without what belongs to the other way of signing.

        And without the logo, which is read once all else is decided.
        """
        age = self.statement.minimum_age if self.cleaned_data.get("of_age") else None
        return Submission(**self.answers(), declared_age=age, consent=self.consent)

    @property
    def logo_sent(self) -> UploadedFile | None:
        """The file that came with the valid form of an organization."""
        is_organization = self.cleaned_data["kind"] == Kind.ORGANIZATION
        return self.cleaned_data.get("logo") if is_organization else None

    def answers(self) -> dict[str, Any]:
        is_organization = self.cleaned_data["kind"] == Kind.ORGANIZATION
        of_others = FOR_PERSON if is_organization else FOR_ORGANIZATION
        left_out = {
            "edition", "agreed", "asked", "seen", "authorized", "of_age", "logo", *of_others,
        }  # fmt: skip
        answers = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        answers |= own_answers.kept(self.question, answers.get("answer", ""))
        return self.with_directory_entry(answers)


class InvitationForm(SignForm):
    """Signs by a private preview link, whose mailbox is known, with the name in full."""

    edition = None  # type: ignore[assignment]
    email = None  # type: ignore[assignment]
    agreed = None  # type: ignore[assignment]
    name_withheld = None  # type: ignore[assignment]
    same_as = organization_kind = logo = None  # type: ignore[assignment]
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, link: PreviewLink, data: Any = None, *, seen: str = "") -> None:
        super().__init__(Edition(statement=link.statement), data)
        self.mailbox = link.email
        self.initial.update(name=link.name, seen=seen)
        if asked := round_answers.invitation_of(link):
            self._fill_in(asked)

    def _fill_in(self, asked: Invitation) -> None:
        """What the office knows of who it asked, to be corrected by them."""
        known = {"name": asked.name, "role": asked.role, "organization": asked.organization}
        if asked.kind == Kind.PERSON:
            known["affiliation"] = known.pop("organization")
        self.initial.update({name: known.get(name, "") for name in ("name", *known)})
        if asked.kind in dict(self.fields["kind"].choices):  # type: ignore[attr-defined]
            self.initial["kind"] = asked.kind

    def consent_sentence(self) -> str:
        return questions.invitation_consent()

    def answers(self) -> dict[str, Any]:
        return {**super().answers(), "email": self.mailbox}
