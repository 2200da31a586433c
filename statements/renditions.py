"""The renditions of an image attachment: smaller copies, made once, when it is uploaded."""

from django.core.files.base import ContentFile
from django.db import transaction

from casa.lib.media import images
from statements.models import Attachment, Rendition


@transaction.atomic
def renew_renditions(attachment: Attachment, picture: images.Picture | None) -> None:
    """Replace the attachment's renditions by those of `picture`; by none for a document."""
    for old in attachment.renditions.all():
        transaction.on_commit(lambda file=old.file: file.delete(save=False))  # type: ignore[misc]
        old.delete()
    for made in picture.renditions() if picture else ():
        Rendition.objects.create(
            attachment=attachment,
            file=ContentFile(made.data, f"{attachment.pk}-{made.width}{made.suffix}"),
            content_type=made.content_type,
            width=made.width,
            height=made.height,
        )
