"""Logos of organizations: read from an upload, kept as the sizes that pages show, removed.

What came with a signature is kept apart (`approved=False`) and shown to staff alone until they
approve it. Every file is written anew, so that nothing of the upload itself is ever served.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import IO, cast

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casa.lib.media import files, images
from signatories.models import Logo, Organization

BOXES = ((192, 96), (384, 192))
"""Width and height, in pixels, that the sizes fit into."""

MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 6_000_000
"""Anybody may send one, and unpacked it takes four bytes a pixel, some of them twice."""

Sizes = tuple[images.Written, ...]


class RefusedError(Exception):
    """The upload is no picture that can be a logo; `str()` says why and what helps."""


def read(upload: UploadedFile) -> Sizes:
    """The picture in `upload`, judged by its content, as its sizes. Raises RefusedError."""
    if (upload.size or 0) > MAX_BYTES:
        raise RefusedError(_("This file is larger than 2 MB. Choose a smaller picture."))
    try:
        picture = images.read(cast("IO[bytes]", upload), max_pixels=MAX_PIXELS)
    except images.TooLargeError:
        raise RefusedError(_("This picture has too many pixels. Choose a smaller one.")) from None
    except images.BrokenError:
        raise RefusedError(_("This picture is damaged. Save it anew, or choose another.")) from None
    if picture is None and files.is_svg(cast("IO[bytes]", upload)):
        raise RefusedError(_("An SVG file can hold programs. Save it as PNG, JPEG or WebP."))
    if picture is None:
        raise RefusedError(_("This is no picture. Choose a PNG, JPEG, WebP or GIF file."))
    # Pages show logos on white, in dark mode too.
    return tuple(picture.on_white().fitted(*BOXES))


@transaction.atomic
def store(organization: Organization, sizes: Sizes, *, approved: bool) -> None:
    """Keep a logo in the place of the logo that is shown, or of the one that waits."""
    _lock(organization)
    remove(organization.logos.filter(approved=approved))
    for written in sizes:
        logo = Logo(
            organization=organization,
            content_type=written.content_type,
            width=written.width,
            height=written.height,
            approved=approved,
        )
        logo.file.save(_name(written), ContentFile(written.data), save=False)
        logo.save()


@transaction.atomic
def approve(organization: Organization) -> bool:
    """Show the logo that came with a signature, in the place of the one before; False if none."""
    _lock(organization)
    waiting = organization.logos.filter(approved=False)
    if not waiting.exists():
        return False
    remove(organization.logos.filter(approved=True))
    return bool(waiting.update(approved=True))


@transaction.atomic
def remove(logos: QuerySet[Logo]) -> None:
    """Delete rows and, once that is certain, their files."""
    gone = list(logos)
    logos.filter(pk__in=[logo.pk for logo in gone]).delete()
    transaction.on_commit(lambda: remove_files(gone))


def remove_files(logos: Iterable[Logo]) -> None:
    for logo in logos:
        logo.file.storage.delete(str(logo.file.name))


def _lock(organization: Organization) -> None:
    """One change of an organization's logo at a time; who signs for it need not wait."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)


def _name(written: images.Written) -> str:
    """Other pixels, other name: what a browser has kept is never out of date."""
    digest = sha256(written.data).hexdigest()[:16]
    return f"{written.width}x{written.height}-{digest}{written.suffix}"
