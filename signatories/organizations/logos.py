"""Logos of organizations: read from an upload, kept as the sizes that pages show, removed.

What came with a signature is kept apart (`approved=False`) and shown to staff alone until they
approve it. Every file is written anew, so that nothing of the upload itself is ever served.
"""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import IO, cast

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet

from casa.lib.media import images
from signatories.models import Logo, Organization

BOXES = ((192, 96), (384, 192))
"""Width and height, in pixels, that the sizes fit into."""

FROM_SIGNERS = replace(images.FROM_ANYBODY, boxes=BOXES)
FROM_STAFF = replace(images.FROM_STAFF, kept=images.FROM_ANYBODY.kept, boxes=BOXES)
MAX_BYTES = {FROM_SIGNERS: 2 * 1024 * 1024, FROM_STAFF: 20 * 1024 * 1024}

Sizes = tuple[images.Written, ...]


class RefusedError(Exception):
    """The upload is no picture that can be a logo; `str()` says why and what helps."""


def check(upload: UploadedFile, job: images.Job) -> None:
    """Look at size and beginning alone, which costs nothing. Raises RefusedError."""
    try:
        images.check(cast("IO[bytes]", upload), upload.size or 0, job, MAX_BYTES[job])
    except images.UnfitError as refusal:
        raise RefusedError(str(refusal)) from refusal


def read(upload: UploadedFile, job: images.Job = FROM_SIGNERS) -> Sizes:
    """The picture in `upload` as its sizes; it takes a while. Raises RefusedError."""
    check(upload, job)
    try:
        return images.rewritten(cast("IO[bytes]", upload), job)
    except images.RefusedError as refusal:
        raise RefusedError(str(refusal)) from refusal


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
    return f"{digest(written)}{written.suffix}"


def digest(written: images.Written) -> str:
    """Stands for the size and the pixels of a picture."""
    return f"{written.width}x{written.height}-{sha256(written.data).hexdigest()[:16]}"


def digest_of(logo: Logo) -> str:
    """The same of a logo that is kept, by its file's name; a storage may add to that."""
    return PurePosixPath(str(logo.file.name)).stem.partition("_")[0]
