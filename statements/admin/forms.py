"""Forms of the back office."""

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any, cast

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.media import files, images, texts, uploads
from casa.lib.media.uploads import ReadPicture, UnreadError
from casa.lib.text import has_control_characters, normalise
from statements import renditions
from statements.admin import dates
from statements.admin.files import staff_url
from statements.models import (
    ANSWER_LENGTH,
    MOST_CHOICES,
    Ask,
    Attachment,
    ConsentText,
    QuestionText,
    Statement,
    SupporterText,
)

AfterSigning = Statement.AfterSigning
ATTACHMENT_LIMIT = 20 * 1024 * 1024  # bytes


class StatementForm(forms.ModelForm):
    """The statement's own fields."""

    class Meta:
        model = Statement
        fields = ("kind",)  # the screen says which
        help_texts = {
            "ask_role": gettext_lazy("Of whoever signs for an organization too."),
            "ask_city": gettext_lazy("Shown with the name; of an organization, its own."),
            "ask_country": gettext_lazy("Chosen from a list, so that it can be counted."),
        }

    def clean_publish_at(self) -> Any:
        moment = self.cleaned_data["publish_at"]
        if moment is None and not self.instance.is_unpublished:
            raise ValidationError(_("It is published: say at which moment visitors may see it."))
        return moment

    def clean_ask_region(self) -> str:
        region: str = self.cleaned_data["ask_region"]
        if region != Ask.NO and self.cleaned_data.get("ask_country") == Ask.NO:
            raise ValidationError(
                _("Ask for the country too: which states or regions there are depends on it.")
            )
        return region

    def clean_next_statement(self) -> Statement | None:
        chosen: Statement | None = self.cleaned_data["next_statement"]
        if chosen and chosen == self.instance:
            raise ValidationError(_("Choose another statement than this one."))
        if not chosen and self.cleaned_data.get("after_signing") == AfterSigning.STATEMENT:
            raise ValidationError(_("Choose the statement that is to be offered."))
        return chosen

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        dates.ask_about_odd_dates(self)
        return cleaned


class ConsentForm(forms.ModelForm):
    """A consent sentence: plain words, since signers agree to what they read."""

    class Meta:
        model = ConsentText
        fields = ("language", "text", "in_place")
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})}

    def clean_text(self) -> str:
        text = plain_line(self.cleaned_data["text"])
        if not text:
            raise ValidationError(_("Write the sentence, or remove it."))
        return text


class QuestionForm(forms.ModelForm):
    """The office's own question: plain words, and one answer on each line."""

    class Meta:
        model = QuestionText
        fields = ("language", "label", "help_text", "choices")
        widgets = {"choices": forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"})}

    def clean_label(self) -> str:
        label = plain_line(self.cleaned_data["label"])
        if not label:
            raise ValidationError(_("Write the question, or remove it."))
        return label

    def clean_help_text(self) -> str:
        return plain_line(self.cleaned_data["help_text"])

    def clean_choices(self) -> str:
        typed = self.cleaned_data["choices"].splitlines()
        lines = [line for line in map(plain_line, typed) if line]
        if len(lines) > MOST_CHOICES:
            told = _("Offer %(most)d answers at most.") % {"most": MOST_CHOICES}
            raise ValidationError(told)
        if len({line.casefold() for line in lines}) < len(lines):
            raise ValidationError(_("Two answers are the same. Leave one out."))
        if any(len(line) > ANSWER_LENGTH for line in lines):
            told = _("Shorten each answer to %(most)d characters.") % {"most": ANSWER_LENGTH}
            raise ValidationError(told)
        return "\n".join(lines)


def plain_line(typed: str) -> str:
    """One line of plain words; raises ValidationError for characters that nobody sees."""
    text = normalise(strip_tags(typed))
    if has_control_characters(text):
        raise ValidationError(_("Please remove the invisible characters, or type it in anew."))
    return text


def plain_paragraphs(typed: str) -> str:
    """Plain words with an empty line between paragraphs; raises as `plain_line` does."""
    blocks = re.split(r"\n\s*\n", strip_tags(typed).replace("\r\n", "\n"))
    return "\n\n".join(line for line in map(plain_line, blocks) if line)


STEP = ("step_words", "step_label", "step_address")
LETTER = ("letter_subject", "letter_words")


class SupporterForm(forms.ModelForm):
    """Words for supporters: plain ones, since other sites and mails show them."""

    class Meta:
        model = SupporterText
        fields = ("language", "share_sentence", "next_step", "thanks", *STEP, *LETTER)
        widgets = {
            "share_sentence": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "thanks": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
            "step_words": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "letter_words": forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"}),
        }

    def clean_share_sentence(self) -> str:
        return plain_line(self.cleaned_data["share_sentence"])

    def clean_next_step(self) -> str:
        return plain_line(self.cleaned_data["next_step"])

    def clean_thanks(self) -> str:
        return plain_paragraphs(self.cleaned_data["thanks"])

    def clean_step_words(self) -> str:
        return plain_line(self.cleaned_data["step_words"])

    def clean_step_label(self) -> str:
        return plain_line(self.cleaned_data["step_label"])

    def clean_letter_subject(self) -> str:
        return plain_line(self.cleaned_data["letter_subject"])

    def clean_letter_words(self) -> str:
        return plain_paragraphs(self.cleaned_data["letter_words"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        label, address = cleaned.get("step_label"), cleaned.get("step_address")
        if label and not address and "step_address" not in self.errors:
            self.add_error("step_address", _("Enter where the link leads."))
        if address and not label and "step_label" not in self.errors:
            self.add_error("step_label", _("Enter the words of the link."))
        subject, words = (cleaned.get(name) for name in LETTER)
        if subject and not words and "letter_words" not in self.errors:
            self.add_error("letter_words", _("Enter the words of the letter."))
        if words and not subject and "letter_subject" not in self.errors:
            self.add_error("letter_subject", _("Enter the subject of the letter."))
        return cleaned


@dataclass(frozen=True)
class StoredFile:
    """A file as Django's own template for a file input asks for it."""

    name: str
    url: str

    def __str__(self) -> str:
        return self.name


class AttachmentFileInput(AdminFileWidget):
    """Leads to the file that is there by the address where staff open it: no other serves it."""

    address = ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["is_initial"] = widget["is_initial"] and bool(self.address)
        widget["value"] = StoredFile(PurePath(str(value or "")).name, self.address)
        return context


class AttachmentForm(forms.ModelForm):
    """Takes documents and pictures, by what they are and not by what they are called."""

    class Meta:
        model = Attachment
        fields = ("position", "title", "file", "alt_text")

    pictures: tuple[images.Written, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "file" in self.fields:
            self.fields["file"].widget.address = staff_url(self.instance)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        name = file.name
        try:
            return self._taken(file)
        except ValidationError as error:
            raise ValidationError([f"{name}: {said}" for said in error.messages]) from None

    def _taken(self, file: UploadedFile) -> File:
        if file.size is None or file.size > ATTACHMENT_LIMIT:
            limit = filesizeformat(ATTACHMENT_LIMIT)
            raise ValidationError(_("The file is larger than %(limit)s.") % {"limit": limit})
        content = cast("IO[bytes]", file)
        if files.picture_format(content):
            return self._picture(file)
        content_type = self._document_type(content) or self._text_type(content, file.name or "")
        file.name = files.named_by_type(file.name or "", files.SUFFIXES[content_type])
        self._describe(content_type, file.size, files.sha256(content))
        return file

    def _picture(self, upload: UploadedFile) -> File:
        """What is kept of it; the upload itself until it has been read (see `uploads`)."""
        if refusal := uploads.refusal_of(upload):
            raise ValidationError(refusal)
        if not isinstance(upload, ReadPicture):
            self.instance.content_type = images.JPEG  # a picture of some kind
            return upload
        self.pictures = upload.pictures
        whole = upload.pictures[0]
        file = File(whole.file, files.named_by_type(upload.name or "", whole.suffix))
        self._describe(whole.content_type, file.size, files.sha256(whole.file))
        self.instance.width, self.instance.height = whole.width, whole.height
        return file

    def _document_type(self, content: IO[bytes]) -> str | None:
        try:
            return files.document_type(content)
        except files.HoldsProgramsError:
            raise ValidationError(
                _("It holds macros, which are programs, so it is not taken. Save it without them.")
            ) from None

    def _text_type(self, content: IO[bytes], name: str) -> str:
        kind = files.text_type(name)
        if kind is None or files.is_svg(content):
            raise ValidationError(self._refusal(content))
        try:
            texts.check(content, kind)
        except texts.UnfitTextError as error:
            raise ValidationError(str(error)) from None
        return kind

    def _refusal(self, content: IO[bytes]) -> str:
        if files.is_svg(content):
            return _("An SVG file can hold programs, so it is not taken. Save it as PNG.")
        return _(
            "Choose a PDF, Word, Excel, PowerPoint or OpenDocument file, a text or a table (TXT,"
            " CSV), or a picture (JPEG, PNG, WebP, GIF, HEIC)."
        )

    def _describe(self, content_type: str, size: int, sha256: str) -> None:
        self.instance.content_type = content_type
        self.instance.size, self.instance.sha256 = size, sha256
        self.instance.width = self.instance.height = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        is_image = not self.errors.get("file") and self.instance.is_image
        if is_image and not self.cleaned_data.get("alt_text", "").strip():
            self.add_error(
                "alt_text", _("Say what the picture shows, for those who cannot see it.")
            )
        return cleaned

    def save(self, commit: bool = True) -> Attachment:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile) and files.picture_format(cast("IO[bytes]", file)):
            raise UnreadError
        attachment: Attachment = super().save(commit=commit)
        if commit and "file" in self.changed_data:
            renditions.renew_renditions(attachment, self.pictures[1:])
        return attachment
