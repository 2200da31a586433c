"""Forms of the back office."""

from typing import IO, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from casa.lib.files import ENDINGS, document_type, sha256
from statements.models import Attachment

ATTACHMENT_LIMIT = 20 * 1024 * 1024  # bytes


class AttachmentForm(forms.ModelForm):
    class Meta:
        model = Attachment
        fields = ("position", "title", "file")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        if file.size is None or file.size > ATTACHMENT_LIMIT:
            limit = filesizeformat(ATTACHMENT_LIMIT)
            raise ValidationError(_("The file is larger than %(limit)s.") % {"limit": limit})
        content = cast("IO[bytes]", file)
        if (content_type := document_type(content)) is None:
            raise ValidationError(_("Choose a PDF, Word, Excel, PowerPoint or OpenDocument file."))
        if not (file.name or "").lower().endswith(ENDINGS[content_type]):
            # A browser goes by the ending once the file is on a reader's disk.
            raise ValidationError(
                _("The name has to end in %(ending)s, as the file is one.")
                % {"ending": ENDINGS[content_type]}
            )
        self.instance.content_type = content_type
        self.instance.size = file.size
        self.instance.sha256 = sha256(content)
        return file
