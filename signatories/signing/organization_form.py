"""The fields of the sign form for an organization."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib.addresses.forms import WebAddressField
from casa.lib.media import images
from casa.lib.text import name_key
from signatories.models import NAME_LENGTH, Organization
from signatories.organizations import entries, likeness, logos
from signatories.signing.fields import PlainTextField

ANOTHER = "new"
"""The answer that it is none of the organizations of similar names."""

ORGANIZATION_FIELDS = ("organization", "same_as", "website", "organization_kind", "logo")
"""In the order they are asked in."""


class LogoField(forms.FileField):
    """A picture, judged by how it begins; whoever takes the form reads it, which costs more."""

    widget = forms.FileInput

    def __init__(self, *, job: images.Job = logos.FROM_SIGNERS, **options: Any) -> None:
        super().__init__(**options)
        self.job = job

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        upload: UploadedFile | None = super().clean(data, initial)
        if not upload:
            return None
        try:
            logos.check(upload, self.job)
        except logos.RefusedError as refusal:
            raise ValidationError(str(refusal), code="picture") from refusal
        return upload


class OrganizationFields(forms.Form):
    """The organization: one of the directory, or entered anew.

    Whether the question about similar names is asked depends on the public directory alone, and
    never on who has signed.
    """

    organization = PlainTextField(
        label=_("Name of the organization"),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "organization",
                "data-suggestions": reverse_lazy("signatories:suggest"),
            }
        ),
    )
    # Filled in by a choice from the suggestions, or shown as a question.
    same_as = forms.CharField(
        label=_("Is it one of these?"), max_length=20, required=False, widget=forms.HiddenInput
    )
    website = WebAddressField(
        label=_("Its website"),
        max_length=300,
        required=False,
        widget=forms.URLInput(attrs={"autocomplete": "url", "inputmode": "url"}),
        help_text=_(
            "If your e-mail address is of the same domain, your organization is marked as verified."
        ),
        error_messages={"invalid": _("Enter a web address such as https://example.org.")},
    )
    organization_kind = forms.ChoiceField(
        label=_("Kind of organization"),
        choices=Organization.Kind.choices,
        initial=Organization.Kind.ASSOCIATION,
        required=False,
    )
    logo = LogoField(
        label=_("Its logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        help_text=_("PNG, JPEG, WebP or GIF, up to 2 MB. Shown after we have looked at it."),
    )

    def clean_organization_fields(self) -> None:
        """Find out which organization is meant, and ask where that is not certain."""
        name = self.cleaned_data.get("organization", "")
        if name and "same_as" in self.fields:
            self._find(name, self.cleaned_data.get("country", ""))

    def _find(self, name: str, country: str) -> None:
        answer = self.cleaned_data.get("same_as", "")
        self.entry = entries.find_public(int(answer)) if _is_key(answer) else None
        if self.entry and name_key(self.entry.name) == name_key(name):
            return  # chosen from the suggestions
        if self.entry is None and answer != ANOTHER:
            self.entry = entries.find_only(name, country, among=Organization.objects.public())
            if self.entry:
                return
        similar = likeness.similar(name, self.cleaned_data.get("city", ""))
        if self.entry and self.entry not in similar:
            self.entry = None  # of a name that stands in the form no more
        if not similar:
            return
        self._ask(similar)
        self.is_another = answer == ANOTHER
        if not self.entry and not self.is_another:
            self.add_error("same_as", _("We know an organization of a similar name. Choose one."))

    entry: Organization | None = None
    is_another = False

    def _ask(self, similar: list[Organization]) -> None:
        choices = [(str(one.pk), ", ".join(filter(None, (one.name, one.place)))) for one in similar]
        choices.append((ANOTHER, gettext("No, it is another organization")))
        self.fields["same_as"].widget = forms.RadioSelect(choices=choices)

    def with_directory_entry(self, answers: dict[str, Any]) -> dict[str, Any]:
        """`answers` with what is meant in place of the answer to the question."""
        if "same_as" not in answers:
            return answers
        del answers["same_as"]
        entry = self.entry.pk if self.entry else None
        return {**answers, "directory_entry": entry, "is_another": self.is_another}


def _is_key(answer: str) -> bool:
    return answer.isascii() and answer.isdecimal() and len(answer) < 19
