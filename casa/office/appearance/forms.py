"""The forms of the appearance: colours, typefaces, pictures, words and links."""

from typing import IO, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from casa.appearance import pictures
from casa.appearance.models import Appearance, AppearanceText
from casa.lib.media import images, uploads

NOT_SQUARE = _("The small picture has to be as wide as it is high. Cut it, or choose another.")


class PictureField(forms.FileField):
    """A picture that staff choose, judged by how it begins; see `uploads` for when it is read."""

    widget = forms.FileInput

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        upload: UploadedFile | None = super().clean(data, initial)
        if not upload:
            return None
        if refusal := uploads.refusal_of(upload):
            raise ValidationError(refusal, code="picture")
        if not isinstance(upload, uploads.ReadPicture):
            self._judge(upload)
        return upload

    @staticmethod
    def _judge(upload: UploadedFile) -> None:
        try:
            images.check(
                cast("IO[bytes]", upload), upload.size or 0, pictures.LOGO, pictures.MAX_BYTES
            )
        except images.UnfitError as refusal:
            raise ValidationError(str(refusal), code="picture") from refusal


def _new(label: Any, help_text: Any) -> PictureField:
    return PictureField(label=label, required=False, help_text=help_text)


def _remove(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


KINDS = _("PNG, JPEG, WebP, GIF or HEIC, up to 20 MB.")


class AppearanceForm(forms.ModelForm):
    new_logo = _new(_("New logo"), KINDS)
    remove_logo = _remove(_("No logo"))
    new_dark_logo = _new(
        _("New logo for the dark"),
        _("For readers whose screen is dark, and on a band. Without it they see the other one."),
    )
    remove_dark_logo = _remove(_("No logo for the dark"))
    new_icon = _new(
        _("New small picture"),
        _("As wide as high: stands in the browser’s tab and on telephones. 512 pixels are best."),
    )
    remove_icon = _remove(_("No small picture"))

    class Meta:
        model = Appearance
        fields = ("accent", "second", "typefaces", "header", "shows_name")
        widgets = {
            "accent": forms.TextInput(attrs={"size": 10}),
            "second": forms.TextInput(attrs={"size": 10}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in pictures.JOBS:
            if f"remove_{name}" in self.fields and not getattr(self.instance, name):
                self.fields[f"remove_{name}"].widget = forms.HiddenInput()

    @property
    def stood(self) -> dict[str, Any]:
        """What is done to pictures is done to those that were seen."""
        return {
            f"{verb}_{name}": getattr(self.instance, name)
            for name in pictures.JOBS
            for verb in ("new", "remove")
            if f"{verb}_{name}" in self.fields
        }

    def clean_new_icon(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data.get("new_icon")
        if isinstance(upload, uploads.ReadPicture):
            largest = upload.pictures[-1]
            if largest.width != largest.height:
                raise ValidationError(NOT_SQUARE, code="picture")
        return upload

    def keep_pictures(self) -> None:
        """Put what was chosen into the draft; a new picture goes before "none"."""
        for name in pictures.JOBS:
            if upload := self.cleaned_data.get(f"new_{name}"):
                setattr(self.instance, name, pictures.store(uploads.pictures_of(upload)))
            elif self.cleaned_data.get(f"remove_{name}"):
                setattr(self.instance, name, "")


class TextForm(forms.ModelForm):
    class Meta:
        model = AppearanceText
        fields = (
            "language", "name", "tagline", "postal_address", "contact_email", "logo_words",
            "fediverse_account", "home_title", "home_words",
        )  # fmt: skip
        widgets = {
            "language": forms.HiddenInput,
            "name": forms.TextInput(attrs={"class": "vTextField"}),
            "postal_address": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }
