"""The renditions of an image attachment: smaller copies, made once, when it is uploaded."""

from collections.abc import Iterable

from django.core.files.base import File
from django.db import transaction

from casa.lib.media import images
from statements.models import Attachment, Rendition


@transaction.atomic
def renew_renditions(attachment: Attachment, made: Iterable[images.Written]) -> None:
    """Replace the attachment's renditions by what was `made` of it; by none for a document."""
    attachment.renditions.all().delete()
    for one in made:
        Rendition.objects.create(
            attachment=attachment,
            file=File(one.file, f"{attachment.pk}-{one.width}{one.suffix}"),
            content_type=one.content_type,
            width=one.width,
            height=one.height,
        )
