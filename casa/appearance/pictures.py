"""Pictures of the appearance: written anew, by the confined program, in the sizes pages show."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction

from casa.appearance.looks import PICTURES, Size
from casa.appearance.models import Appearance, AppearancePicture, PublishedAppearance
from casa.lib.media import images

MAX_BYTES = 20 * 1024 * 1024
LOGO = replace(
    images.FROM_STAFF, kept=images.FROM_ANYBODY.kept, boxes=((240, 56), (480, 112), (720, 168))
)
ICON = replace(
    images.FROM_STAFF, kept=images.FROM_ANYBODY.kept,
    boxes=((32, 32), (180, 180), (192, 192), (512, 512)),
)  # fmt: skip
"""Boxes are width and height, in pixels, that the sizes fit into."""

JOBS = {"logo": LOGO, "dark_logo": replace(LOGO, on_white=False), "icon": ICON}


@transaction.atomic
def store(sizes: Iterable[images.Written]) -> str:
    """Keep the sizes of an upload; the key they have from now on. The same pixels are kept once."""
    written = {one.width: one for one in sizes}  # a small picture is not made larger
    key = sha256(written[max(written)].data).hexdigest()[:16]
    kept = set(AppearancePicture.objects.filter(key=key).values_list("width", flat=True))
    for width in sorted(set(written) - kept):
        one = written[width]
        picture = AppearancePicture(
            key=key, content_type=one.content_type, width=one.width, height=one.height
        )
        name = f"{key}-{one.width}x{one.height}{one.suffix}"
        picture.file.save(name, ContentFile(one.data), save=False)
        picture.save()
    return key


def sizes_of(key: str) -> list[Size]:
    """What a look tells of a picture; nothing for ""."""
    found = AppearancePicture.objects.filter(key=key) if key else []
    return [
        Size(
            filename=one.filename,
            content_type=one.content_type,
            width=one.width,
            height=one.height,
        )
        for one in found
    ]


def key_of(sizes: list[Size]) -> str:
    return sizes[0]["filename"].partition("-")[0] if sizes else ""


@transaction.atomic
def remove_unused() -> None:
    """Delete what neither the draft holds nor anything that was ever public, with its files."""
    used = {""}
    for draft in Appearance.objects.all():
        used |= {getattr(draft, name) for name in PICTURES}
    for content in PublishedAppearance.objects.values_list("content", flat=True):
        used |= {key_of(sizes) for sizes in content["pictures"].values()}
    gone = list(AppearancePicture.objects.exclude(key__in=used))
    AppearancePicture.objects.filter(pk__in=[one.pk for one in gone]).delete()
    transaction.on_commit(lambda: _remove_files(gone))


def _remove_files(gone: Iterable[AppearancePicture]) -> None:
    for one in gone:
        one.file.storage.delete(str(one.file.name))
