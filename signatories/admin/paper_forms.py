"""The forms for signatures on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import IO, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User
from casa.lib.media import files, images, uploads
from casa.lib.moments.fields import DayField
from casa.lib.text import normalise
from signatories.admin.filters import TITLES
from signatories.leads import paper, scans
from signatories.models import PaperCount
from signatories.models.paper import MOST_SIGNATURES
from statements.models import Statement
from statements.permissions import visible_to

LARGEST = 10 * 1024**2  # bytes
AT_ONCE = 5
"""Files in a form; more can be added afterwards."""

SHEETS = tuple(f"sheet{number}" for number in range(1, AT_ONCE + 1))


def _statements(by: User) -> Any:
    found = visible_to(by, Statement.objects.prefetch_related(TITLES))
    gone = (*Statement.UNPUBLISHED_STATUSES, *paper.CLOSED_TO)
    return found.exclude(status__in=gone)


class SheetsForm(forms.Form):
    """Scanned sheets. Each is told by its content; a picture is read last, and written anew."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.scans: list[paper.Scan] = []
        for number, name in enumerate(SHEETS, 1):
            self.fields[name] = forms.FileField(
                label=gettext("Scanned sheet %(number)d") % {"number": number},
                required=False,
                help_text=_("A PDF or a picture, at most 10 MB.") if number == 1 else "",
                error_messages={"empty": _("The file is empty.")},
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, upload in self._uploads(data):
            self._attempt(name, lambda upload=upload: check_size(upload))
        if not self.errors:  # what costs comes last
            for name, upload in self._uploads(data):
                scan = self._attempt(name, lambda upload=upload: read(self.request, upload))
                if scan is not None:
                    self.scans.append(scan)
        return data

    def _uploads(self, data: dict[str, Any]) -> Iterator[tuple[str, UploadedFile]]:
        for name in SHEETS:
            if data.get(name):
                yield name, data[name]

    def _attempt(self, name: str, look: Any) -> Any:
        try:
            return look()
        except ValidationError as error:
            self.add_error(name, error)
            return None


class AddSheetsForm(SheetsForm):
    """More sheets of a declaration that stands."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not self.scans:
            self.add_error(SHEETS[0], gettext("Choose a file."))
        return data


def check_size(upload: UploadedFile) -> None:
    if (upload.size or 0) > LARGEST:
        raise ValidationError(
            gettext("The file is too large: at most %(megabytes)d MB are taken.")
            % {"megabytes": LARGEST // 1024**2}
        )


def read(request: HttpRequest, upload: UploadedFile) -> paper.Scan:
    """A sheet as it is kept. Raises ValidationError."""
    content = cast("IO[bytes]", upload)
    if files.picture_format(content):
        return _picture(request, upload)
    if not scans.is_pdf(content):
        raise ValidationError(
            gettext("Choose a PDF, or a picture (JPEG, PNG, WebP, GIF, HEIC) of the sheet.")
        )
    try:
        pages = scans.pages_of(content)
    except scans.RefusedError as refusal:
        raise ValidationError(str(refusal)) from refusal
    content.seek(0)
    name = files.named_by_type(upload.name or "", files.SUFFIXES[files.PDF])
    return paper.Scan(name, files.PDF, content.read(), pages)


def _picture(request: HttpRequest, upload: UploadedFile) -> paper.Scan:
    """The picture written anew: without the place and the camera that it came with."""
    found = uploads.read(request, upload, images.FROM_STAFF)
    if found.refusal:
        raise ValidationError(found.refusal)
    whole = found.pictures[0]
    try:
        data = whole.data
    finally:
        for one in found.pictures:
            one.file.close()
    name = files.named_by_type(upload.name or "", whole.suffix)
    return paper.Scan(name, whole.content_type, data)


class CountForm(forms.Form):
    """How many signed where, and who collected them."""

    number = forms.IntegerField(
        label=_("Signatures on paper"),
        min_value=1,
        max_value=MOST_SIGNATURES,
        help_text=_("How many stand on the sheets, without crossed-out and doubled ones."),
        error_messages={"required": _("Say how many there are.")},
    )
    collected_on = DayField(
        label=_("Collected on"), help_text=_("The day, or the last one of several.")
    )
    place = forms.CharField(
        label=_("Where"), max_length=200, required=False,
        help_text=_("A stall, a street, a meeting."),
    )  # fmt: skip
    collected_by = forms.CharField(
        label=_("Collected by"),
        max_length=200,
        help_text=_("Who held the sheets and answers for them."),
    )
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("For staff alone."),
    )  # fmt: skip

    def clean_collected_on(self) -> date:
        day: date = self.cleaned_data["collected_on"]
        if day > timezone.localdate():
            raise ValidationError(gettext("This day is still to come."))
        return day

    def clean_place(self) -> str:
        return normalise(self.cleaned_data["place"])

    def clean_collected_by(self) -> str:
        return normalise(self.cleaned_data["collected_by"])

    @property
    def counted(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in paper.FIELDS}


class DeclareForm(CountForm, SheetsForm):
    """A declaration with its first sheets."""

    statement = forms.ModelChoiceField(
        Statement.objects.none(), label=_("Statement"), help_text=_("What the sheets ask to sign.")
    )

    def __init__(self, *args: Any, request: HttpRequest, by: User, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        statements: Any = self.fields["statement"]
        statements.queryset = _statements(by)
        self.order_fields(["statement", *paper.FIELDS, *SHEETS])


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("For the history, which staff can read."),
        error_messages={"required": _("Say why.")},
    )


class CorrectForm(CountForm):
    reason = _reason()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, of: PaperCount, **kwargs: Any) -> None:
        first = {name: getattr(of, name) for name in (*paper.FIELDS, "version")}
        super().__init__(*args, **{**kwargs, "initial": first})


class ReasonForm(forms.Form):
    reason = _reason()


def sheets_in_words(number: int) -> str:
    told = ngettext("%(n)d sheet was added.", "%(n)d sheets were added.", number)
    return told % {"n": number}
