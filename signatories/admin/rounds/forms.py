"""The forms of a round's list."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User
from casa.lib.telephones import read_telephone
from signatories.admin.imports.forms import LARGEST, LONGEST_PASTED, checked_size, file_field
from signatories.models import Invitation
from signatories.rounds.adding import Entry
from signatories.rounds.editing import FIELDS

Kind = Invitation.Kind


class ColleagueField(forms.ModelChoiceField):
    """One of us, by name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            User.objects.filter(is_active=True).order_by("name", "pk"),
            label=_("Who of us asks"),
            required=False,
            empty_label=_("Nobody yet"),
            help_text=_("Named in the mail, and who rings them when they are silent."),
            **options,
        )

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name or obj)


def _language(**more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("Of the mail and of the page behind the link."),
        **more,
    )


class ListForm(forms.Form):
    """A list of whom to ask: pasted, or as a file."""

    text = forms.CharField(
        label=_("Whom to ask, pasted"),
        required=False,
        max_length=LONGEST_PASTED,
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"}),
        help_text=_(
            "One to a line, as “Name, organization, role, e-mail address”; or cells of a table"
            " with headings."
        ),
    )
    file = file_field()
    language = _language()
    asked_by = ColleagueField()

    def clean_file(self) -> UploadedFile | None:
        return checked_size(self.cleaned_data["file"], LARGEST)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        text, file = data.get("text", ""), data.get("file")
        if "file" in data and "text" in data:
            if text and file:
                self.add_error("text", gettext("Paste the names or choose a file, not both."))
            if not text and not file and not self.errors.get("file"):
                self.add_error("text", gettext("Paste the names, or choose a file."))
        return data


class PersonForm(forms.ModelForm):
    """What is known of one on the list."""

    class Meta:
        model = Invitation
        fields = FIELDS
        widgets = {
            "kind": forms.RadioSelect,
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "name": _("Of an organization: who is asked for it."),
            "organization": _("Of a person: where they work; it does not sign."),
            "email": _("They sign with it. Without one they can only be rung."),
            "phone": _("For who of us rings them, as in “+47 22 12 34 56”. For the office alone."),
            "note": _("For the office alone, as in “at home after six”."),
        }

    language = _language()
    asked_by = ColleagueField()
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Kind.choices  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["seen"] = mark_of(self.instance)
            colleagues: Any = self.fields["asked_by"]
            if self.instance.asked_by_id:  # who has left stays named
                colleagues.queryset |= User.objects.filter(pk=self.instance.asked_by_id)

    def clean_phone(self) -> str:
        return read_telephone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_organization = data.get("kind") == Kind.ORGANIZATION
        needed = "organization" if is_organization else "name"
        if data.get("kind") and not data.get(needed) and needed not in self.errors:
            self.add_error(
                needed,
                gettext("Write the organization's name.")
                if is_organization
                else gettext("Write the person's name."),
            )
        return data

    def entry(self) -> Entry:
        data = self.cleaned_data
        names = ("kind", "name", "organization", "role", "email", "phone")
        return Entry(**{name: data[name] for name in names})


def mark_of(invitation: Invitation) -> str:
    """A short mark of what a form was opened with, to see whether somebody changed it since."""
    values = [str(getattr(invitation, f"{name}_id" if name == "asked_by" else name))
              for name in FIELDS]  # fmt: skip
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]
