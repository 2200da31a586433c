"""The forms that begin an import: a list, one signature, a press release."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User
from signatories.admin.filters import TITLES
from signatories.admin.imports.line_forms import UnderstoodForm
from signatories.leads.applying import current_edition
from signatories.models import CollectedBy, Signature
from signatories.signing.openness import may_sign
from statements.models import Statement
from statements.permissions import visible_to

LARGEST = 10 * 1024**2  # bytes
LONGEST_PASTED = 900_000  # characters
LARGEST_PROOF = 5 * 1024**2
LEADS, ORDINARY = "leads", "ordinary"
AS = (
    (ORDINARY, _("Among all others who signed")),
    (LEADS, _("Among the lead signatories, in the order of the list")),
)


def _statements(by: User) -> Any:
    gone = (Statement.Status.WITHDRAWN, Statement.Status.ARCHIVED)
    return visible_to(by, Statement.objects.prefetch_related(TITLES)).exclude(status__in=gone)


def _consent(**more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("How did they agree?"),
        choices=CollectedBy.choices,
        widget=forms.RadioSelect,
        help_text=_("How those who are named agreed to stand under the statement."),
        error_messages={"required": _("Say how they agreed to be named.")},
        **more,
    )


def _as() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Where do they stand?"),
        choices=AS,
        initial=ORDINARY,
        widget=forms.RadioSelect,
        help_text=_("Lead signatories stand on top, under “Submitted by”."),
    )


class IntoStatementForm(forms.Form):
    """The statement, the kind and the consent that imported names stand with."""

    statement = forms.ModelChoiceField(
        Statement.objects.none(),
        label=_("Statement"),
        help_text=_("Under which the names are to stand."),
    )
    place = _as()
    consent = _consent()

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statements: Any = self.fields["statement"]
        statements.queryset = _statements(by)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        statement = data.get("statement")
        if statement and data.get("place") == ORDINARY and current_edition(statement) is None:
            told = gettext(
                "Nothing is published that they could stand under. Put them among the lead"
                " signatories, or publish the statement first."
            )
            self.add_error("place", told)
        return data


def file_field(**more: Any) -> forms.FileField:
    return forms.FileField(
        label=_("A file"),
        required=False,
        help_text=_(
            "Text, CSV, Excel, OpenDocument, Word, HTML, Markdown, JSON or PDF with text; at most"
            " 10 MB."
        ),
        error_messages={"empty": _("The file is empty.")},
        **more,
    )


def checked_size(file: UploadedFile | None, most: int) -> UploadedFile | None:
    if file is not None and (file.size or 0) > most:
        told = gettext("The file is too large: at most %(megabytes)d MB are taken.")
        raise ValidationError(told % {"megabytes": most // 1024**2})
    return file


class ListForm(IntoStatementForm):
    """A list of names: pasted, or as a file."""

    text = forms.CharField(
        label=_("Names, pasted"),
        required=False,
        max_length=LONGEST_PASTED,
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"}),
        help_text=_("One to a line, as “Name, role, organization, town”; or cells of a table."),
    )
    file = file_field()
    asks_first = forms.BooleanField(
        label=_("Ask everybody who has an e-mail address to confirm first"),
        required=False,
        help_text=_(
            "They get the mail that asks to confirm, and count once they do. Others count at once."
        ),
    )
    field_order = ("statement", "text", "file", "place", "consent", "asks_first")

    def clean_file(self) -> UploadedFile | None:
        return checked_size(self.cleaned_data["file"], LARGEST)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        text, file = data.get("text", ""), data.get("file")
        if "file" in data and "text" in data:
            if text and file:
                self.add_error("text", gettext("Paste the names or choose a file, not both."))
            if not text and not file and not self.errors.get("file"):
                self.add_error("text", gettext("Paste the names, or choose a file."))
        self._check_asking(data)
        return data

    def _check_asking(self, data: dict[str, Any]) -> None:
        statement = data.get("statement")
        if data.get("asks_first") and statement and not may_sign(statement, Signature.Kind.PERSON):
            told = gettext("People cannot sign this statement now, so nobody can confirm.")
            self.add_error("asks_first", told)

    @property
    def data_of_list(self) -> bytes:
        file = self.cleaned_data["file"]
        return file.read() if file else self.cleaned_data["text"].encode()


class OneForm(UnderstoodForm, IntoStatementForm):
    """One signature that came by letter or mail, with what it came by."""

    proof_words = forms.CharField(
        label=_("Words of the letter or mail"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
        help_text=_("Kept as a proof, for staff alone."),
    )
    proof_file = forms.FileField(
        label=_("Or the letter as a file"),
        required=False,
        help_text=_("A scan or the mail as a file, at most 5 MB. Kept for staff alone."),
    )
    field_order = (
        "statement", "place", "consent", "kind", "name", "role", "organization", "city", "region",
        "country", "mark", "honorific", "credentials", "ror", "registration", "email",
        "proof_words", "proof_file",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        place: Any = self.fields["place"]
        place.label = _("Where does it stand?")
        place.choices = (AS[0], (LEADS, _("Among the lead signatories, after those who are there")))
        self.fields["consent"].label = _("How did this one agree?")
        self.fields["consent"].help_text = _(
            "How whoever is named agreed to stand under the statement."
        )

    def clean_proof_file(self) -> UploadedFile | None:
        return checked_size(self.cleaned_data["proof_file"], LARGEST_PROOF)


class ReleaseForm(forms.Form):
    """A press release, which becomes a draft with its names under review."""

    text = forms.CharField(
        label=_("Press release, pasted"),
        required=False,
        max_length=LONGEST_PASTED,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"}),
        help_text=_("All of it, from the first line to the list of names."),
    )
    file = forms.FileField(
        label=_("A file"), required=False, help_text=_("A text file, at most 1 MB.")
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("In which it is written."),
    )
    signers = forms.ChoiceField(
        label=_("Who may sign it?"),
        required=False,
        choices=[("", _("Everybody, if it is new")), *Statement.Signers.choices],
        help_text=_("Of one whose date is long past you are asked."),
    )
    consent = _consent(initial=CollectedBy.PARTNER)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("text")) == bool(data.get("file")) and "file" not in self.errors:
            self.add_error("text", gettext("Paste the press release, or choose a file."))
        return data

    @property
    def data_of_release(self) -> bytes:
        file = self.cleaned_data["file"]
        return file.read() if file else self.cleaned_data["text"].encode()
