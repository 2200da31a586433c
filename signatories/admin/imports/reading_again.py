"""An import is read another way: in another encoding, or with other columns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib.admin import page_context
from casa.lib.documents.reading import ENCODINGS
from signatories.admin.imports.review_page import redirect_to_review, row_of
from signatories.leads import batches, reading
from signatories.models import ImportBatch

COLUMN_FIELDS = (
    ("", _("leave out")),
    ("name", _("name")),
    ("given_name", _("given name")),
    ("surname", _("surname")),
    ("honorific", _("form of address")),
    ("credentials", _("credentials")),
    ("role", _("role")),
    ("organization", _("organization")),
    ("place", _("town, region and country together")),
    ("town", _("town")),
    ("region", _("region")),
    ("country", _("country")),
    ("kind", _("person or organization")),
    ("email", _("e-mail address")),
    ("consent", _("consent")),
    ("may_publish", _("may the name be published")),
    ("mark", _("in a personal capacity")),
    ("ror", _("ROR ID")),
    ("registration", _("registration number")),
)
"""What a column may hold, by the parser's names."""


class AgainForm(forms.Form):
    """How a list is to be read instead."""

    encoding = forms.ChoiceField(
        label=_("Encoding"),
        choices=[("", _("Found out by itself")), *ENCODINGS.items()],
        required=False,
        help_text=_("Where letters look wrong: “Ã¶” or “?” in the place of “ö”."),
    )

    def __init__(self, *args: Any, columns: list[list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        if columns:
            self.fields["has_headings"] = forms.BooleanField(
                label=_("The first row names the columns"),
                required=False,
                initial=True,
                help_text=_("Without it, the first row is somebody, too."),
            )
        for number, (heading, field) in enumerate(columns):
            label = heading or gettext("Column %(number)d") % {"number": number + 1}
            self.fields[f"column{number}"] = forms.ChoiceField(
                label=label, choices=COLUMN_FIELDS, required=False, initial=field
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        fields = [value for name, value in data.items() if name.startswith("column") and value]
        if self.columns and not {"name", "surname", "organization"}.intersection(fields):
            told = gettext("Say which column holds the name, or the organization.")
            raise ValidationError(told)
        return data

    @property
    def mapped(self) -> list[list[str]]:
        has_headings = self.cleaned_data.get("has_headings")
        return [
            [heading if has_headings else "", self.cleaned_data[f"column{number}"]]
            for number, (heading, _field) in enumerate(self.columns)
        ]


def show_again(
    model_admin: admin.ModelAdmin, request: HttpRequest, batch: ImportBatch
) -> HttpResponse:
    """Ask for another encoding, and what the columns hold (GET); read it so (POST)."""
    form = AgainForm(
        request.POST if request.method == "POST" else None,
        columns=batch.columns,
        initial={"encoding": batch.encoding},
    )
    if request.method == "POST" and form.is_valid():
        try:
            reading.read_again(
                batch, encoding=form.cleaned_data["encoding"], columns=form.mapped or None
            )
        except batches.BatchError as error:
            messages.error(request, str(error))
        return redirect_to_review(batch)
    sample = batch.lines.order_by("position")[:5]
    context = page_context(
        model_admin,
        request,
        title=gettext("Read it another way"),
        batch=batch,
        form=form,
        sample=[row_of(request, line, None) for line in sample],
        known=dict(COLUMN_FIELDS),
    )
    return render(request, "admin/signatories/imports/again.html", context)
