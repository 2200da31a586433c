"""The lead picture on the statement's screen: its form, with the point that stays in sight."""

from typing import IO, Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import FileField
from django.http import FileResponse, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.admin import Screen
from casa.lib.media import images, uploads
from casa.lib.media.uploads import ReadPicture, StoredPicture, UnreadError
from casa.lib.moments.fields import FIELDS_OF_ADMIN
from statements import files as statement_files
from statements import lead_pictures
from statements.admin.files import may_open, may_open_old
from statements.admin.forms import AttachmentFileInput
from statements.admin.parts import PartInline
from statements.models import LeadPicture, Statement
from statements.models.lead_picture import MIDDLE

FILE_FIELD = "lead_picture-0-file"
FOCUS = ("focus_x", "focus_y")


def focused(job: images.Job, data: QueryDict) -> images.Job:
    """The job, for the point that was chosen with an upload; the form has checked the numbers."""
    x, y = (data.get(f"lead_picture-0-{name}", "") for name in FOCUS)
    return lead_pictures.job(int(x or MIDDLE), int(y or MIDDLE))


def picture_url(statement: Statement) -> str:
    """Where staff see the whole picture."""
    return reverse("admin:statements_statement_lead_picture", args=[statement.pk])


def old_picture_url(record: Any) -> str:
    """Where staff see the picture of an old row."""
    arguments = [record.statement_id, record.history_id]
    return reverse("admin:statements_statement_old_picture", args=arguments)


class LeadPictureForm(forms.ModelForm):
    """Takes a picture, which is cut anew whenever another point of it is chosen."""

    class Meta:
        model = LeadPicture
        fields = ("file", "alt_text", "is_decorative", "credit", *FOCUS)
        widgets = {"alt_text": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}

    pictures: tuple[images.Written, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "file" in self.fields:
            self.fields["file"].widget.address = picture_url(self.instance.statement)
        for name in FOCUS:
            if name in self.fields:
                self.fields[name].widget.attrs |= {"min": 0, "max": 100, "data-focus": name[-1]}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        if refusal := uploads.refusal_of(file):
            raise ValidationError(refusal)
        if not isinstance(file, ReadPicture):
            return self._unread(file)
        whole, self.pictures = file.pictures[0], file.pictures[1:]
        if file.is_stored:
            return self.instance.file
        lead_pictures.describe(self.instance, whole)
        return self.instance.file.file

    def _unread(self, upload: UploadedFile) -> UploadedFile:
        try:
            images.check(
                cast("IO[bytes]", upload), upload.size or 0, lead_pictures.JOB,
                lead_pictures.MAX_BYTES,
            )  # fmt: skip
        except images.UnfitError as error:
            raise ValidationError(str(error)) from None
        return upload

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        is_described = self.cleaned_data.get("alt_text", "").strip()
        if not is_described and not self.cleaned_data.get("is_decorative"):
            sentence = _("Say what the picture shows, or that it only decorates.")
            self.add_error("alt_text", sentence)
        if self._is_cut_anew and not self._is_there:
            sentence = _("The file of this picture is gone. Choose it again.")
            self.add_error("file", sentence)
        return cleaned

    @property
    def _is_cut_anew(self) -> bool:
        is_moved = any(name in self.changed_data for name in FOCUS)
        return bool(self.instance.pk) and is_moved and "file" not in self.changed_data

    @property
    def _is_there(self) -> bool:
        file = self.instance.file
        return bool(file) and file.storage.exists(file.name)

    def save(self, commit: bool = True) -> LeadPicture:
        file = self.cleaned_data["file"]
        if self._is_cut_anew:
            raise UnreadError({self.add_prefix("file"): _stored(self.instance)})
        if isinstance(file, UploadedFile):
            raise UnreadError
        if self.pictures:
            lead_pictures.keep(self.instance, self.pictures)
        picture: LeadPicture = super().save(commit=commit)
        return picture


def _stored(picture: LeadPicture) -> StoredPicture:
    file = picture.file.open()
    return StoredPicture(file, picture.filename, images.JPEG, file.size)


class LeadPictureInline(PartInline):
    model = LeadPicture
    form = LeadPictureForm
    template = "admin/statements/statement/picture.html"
    formfield_overrides = {**FIELDS_OF_ADMIN, FileField: {"widget": AttachmentFileInput}}
    fields = ("file", "alt_text", "is_decorative", "credit", FOCUS)
    first_step = gettext_lazy(
        "It stands on the statement’s page, in lists, and where others link to it."
    )

    class Media:
        css = {"all": ("casa/admin-picture.css",)}

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1  # there is one at most, so its form needs no button


def show(model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement) -> FileResponse:
    picture = get_object_or_404(LeadPicture, statement=statement)
    return FileResponse(statement_files.stored(picture.file), content_type=images.JPEG)


def show_old(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement, row: int
) -> FileResponse:
    history: Any = LeadPicture.history
    found = get_object_or_404(history.filter(statement_id=statement.pk), history_id=row)
    return FileResponse(statement_files.stored(found.file), content_type=images.JPEG)


def show_size(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement, size: str
) -> FileResponse:
    """As visitors will see it, in the preview of a draft."""
    return lead_pictures.answer(LeadPicture.objects.filter(statement=statement).first(), size)


SCREENS = (
    Screen("lead_picture", "<int:pk>/picture/", show, may_open, of=Statement),
    Screen(
        "old_picture", "<int:pk>/picture/old/<int:row>/", show_old, may_open_old, of=Statement
    ),
    Screen(
        "picture_size", "<int:pk>/picture/<str:size>", show_size, may_open, of=Statement,
    ),
)  # fmt: skip
