"""The forms of the import desk."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User
from casa.lib import countries
from casa.lib.addresses.forms import EmailAddressField
from casa.lib.documents.reading import ENCODINGS
from casa.lib.text import fold, normalise
from signatories.admin.filters import TITLES
from signatories.leads import lines
from signatories.leads.applying import current_edition
from signatories.models import AffiliationMark, CollectedBy, ImportLine, Signature
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
Decision = ImportLine.Decision


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


def _checked_size(file: UploadedFile | None, most: int) -> UploadedFile | None:
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
        return _checked_size(self.cleaned_data["file"], LARGEST)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        text, file = data.get("text", ""), data.get("file")
        if "file" in data and "text" in data:
            if text and file:
                self.add_error("file", gettext("Paste the names or choose a file, not both."))
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


def country_code(typed: str) -> str | None:
    """The code of a country that somebody typed in their language or in English, or as a code."""
    wanted = fold(typed.strip())
    if not wanted:
        return ""
    for language in (get_language() or "en", "en"):
        for code, name in countries.country_names(language).items():
            if wanted in (code.lower(), fold(name)):
                return code
    return None


class CountryField(forms.CharField):
    """A country by its name, typed; its value is the code."""

    def clean(self, value: Any) -> str:
        code = country_code(super().clean(value))
        if code is None:
            raise ValidationError(gettext("No country has this name or code."))
        return code

    def prepare_value(self, value: Any) -> Any:
        is_code = isinstance(value, str) and len(value) == 2
        return countries.country_name(value) if is_code else value


class UnderstoodForm(forms.Form):
    """What is understood of a line."""

    kind = forms.ChoiceField(label=_("Who"), choices=Signature.Kind.choices)
    name = forms.CharField(label=_("Name"), required=False, max_length=200)
    role = forms.CharField(label=_("Role"), required=False, max_length=200)
    organization = forms.CharField(label=_("Organization"), required=False, max_length=200)
    city = forms.CharField(label=_("Town"), required=False, max_length=120)
    region = forms.CharField(label=_("Region"), required=False, max_length=60)
    country = CountryField(
        label=_("Country"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"list": "countries"}),
    )
    mark = forms.ChoiceField(
        label=_("Affiliation"),
        required=False,
        choices=[("", _("without a mark")), *AffiliationMark.choices],
    )
    honorific = forms.CharField(label=_("Form of address"), required=False, max_length=60)
    credentials = forms.CharField(label=_("Credentials"), required=False, max_length=100)
    email = EmailAddressField(label=_("E-mail address"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        typed = {name: normalise(value or "") for name, value in self.understood(data).items()}
        for name, sentence in lines.problems(typed).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, sentence)
        return {**data, **typed}

    @staticmethod
    def understood(data: dict[str, Any]) -> dict[str, str]:
        return {name: data[name] for name in lines.FIELDS if name in data}


class LineForm(UnderstoodForm):
    """A line of the review: what was understood, and what becomes of it."""

    choice = forms.ChoiceField(label=_("What becomes of it"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, line: ImportLine, targets: dict[str, Any], contact: bool
    ) -> None:
        self.line = line
        initial = {**line.fields, "choice": lines.choice_of(line), "version": line.version}
        super().__init__(data, prefix=f"l{line.pk}", initial=initial)
        choice: Any = self.fields["choice"]
        choice.choices = _choices(line, targets)
        if not contact:
            del self.fields["email"]

    FIRST = ("choice", "kind", "name", "role", "organization", "city", "country")

    def first_fields(self) -> list[Any]:
        """Those that are looked at in every line."""
        return [self[name] for name in self.FIRST]

    def more_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in self.FIRST]

    def has_more(self) -> bool:
        """Whether there is something to see in the other fields."""
        return any(field.errors or field.value() for field in self.more_fields())

    def clean(self) -> dict[str, Any]:
        # What is not taken needs no name.
        if self.data.get(self.add_prefix("choice")) in (Decision.SKIPPED, Decision.HELD):
            self._keep_untouched()
            return self.cleaned_data
        return super().clean()

    def _keep_untouched(self) -> None:
        """Refuse no value of a line that waits and that nobody has typed."""
        for name in list(self.errors):
            came = self.line.fields.get(name)
            if came and self.data.get(self.add_prefix(name)) == came:
                del self.errors[name]
                self.cleaned_data[name] = came

    @property
    def typed(self) -> dict[str, str]:
        """The fields to be stored; those that were not shown stay."""
        hidden = {"email": self.line.fields.get("email", "")} if "email" not in self.fields else {}
        return {**self.understood(self.cleaned_data), **hidden}


def _choices(line: ImportLine, targets: dict[str, Any]) -> list[tuple[str, Any]]:
    first = Decision.SURE if line.decision == Decision.SURE else Decision.HELD
    found: list[tuple[str, Any]] = [
        (first, _("Decide later")),
        (Decision.ACCEPTED, _("Take it: another one") if line.alike else _("Take it")),
        (Decision.SKIPPED, _("Leave it out")),
    ]
    marks = [*line.alike, *([line.same_as] if line.same_as else [])]
    there = {mark: targets[mark] for mark in marks if mark in targets}
    found += [
        (mark, _("The same as %(name)s") % {"name": said(one)}) for mark, one in there.items()
    ]
    return found


def said(target: Any) -> str:
    """Whom a line may be the same as, in words."""
    if isinstance(target, ImportLine):
        told = {"name": target.displayed_name, "number": target.number}
        return gettext("%(name)s, line %(number)d") % told
    beside = target.place
    if isinstance(target, Signature):
        parts = (str(target), target.particulars, beside, gettext("signed"))
        return ", ".join(part for part in parts if part)
    named = ", ".join(part for part in (target.name, beside) if part)
    return gettext("%(name)s, in the directory") % {"name": named}


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
        "country", "mark", "honorific", "credentials", "email", "proof_words", "proof_file",
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
        return _checked_size(self.cleaned_data["proof_file"], LARGEST_PROOF)


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


def ascii_name(name: str) -> str:
    """A file's name as a header takes it."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or "file"
