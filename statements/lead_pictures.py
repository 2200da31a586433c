"""Lead pictures: what is made of one, its files, and how one is handed out.

Sizes that visitors get are cut and written once, by the confined program, and are named by what
they hold. They go when the picture goes; the whole stays for the history, as attachments do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.db import transaction
from django.http import FileResponse, Http404
from django.urls import reverse

from casa.lib.http import absolute
from casa.lib.media import images
from casa.lib.media.files import sha256
from casa.lib.media.images import JPEG, WEBP
from casa.lib.media.rewriter.bounds import Crop
from statements import files
from statements.models import LeadPicture, Statement
from statements.models.lead_picture import FOLDER, Size

MAX_BYTES = 20 * 1024 * 1024  # of an upload
LEAST = (640, 360)
SHOWN = (1080, 608)
"""The JPEG: for browsers without WebP, for feeds and for other programs."""

BESIDE_WORDS = (480, 612)
"""What stands in share images, beside the words."""

CROPS = (
    Crop(320, 180, WEBP, most_bytes=24_000),
    Crop(480, 270, WEBP, most_bytes=48_000),
    Crop(720, 405, WEBP, most_bytes=96_000),  # a phone of 360 px takes this one
    Crop(1080, 608, WEBP, most_bytes=180_000),
    Crop(1600, 900, WEBP, most_bytes=320_000),
    Crop(*SHOWN, JPEG, most_bytes=220_000),
    Crop(*BESIDE_WORDS, JPEG, most_bytes=140_000, is_enlarged=True),
)
JOB = replace(images.FROM_STAFF, kept=8_000_000, crops=CROPS, least=LEAST)
"""Of larger pictures a half is read on each side: more than the widest size needs."""


def job(focus_x: int, focus_y: int) -> images.Job:
    """What is made of an upload; the focus is in per cent from the left and from the top."""
    return replace(JOB, focus=(focus_x, focus_y))


def give(
    statement: Statement, file: IO[bytes], *, focus: tuple[int, int] = (50, 50), **said: Any
) -> LeadPicture:
    """Give the statement, which has none, the picture in `file`; `said` are fields of the row.

    Raises images.RefusedError.
    """
    whole, *made = images.rewritten(file, job(*focus))
    picture = LeadPicture(statement=statement, focus_x=focus[0], focus_y=focus[1], **said)
    describe(picture, whole)
    keep(picture, made)
    picture.save()
    return picture


def describe(picture: LeadPicture, whole: images.Written) -> None:
    """Put the whole, and what is known of it, into the row, which is not saved."""
    picture.width, picture.height = whole.width, whole.height
    picture.sha256 = sha256(whole.file)
    picture.file = File(whole.file, f"{picture.sha256[:16]}{whole.suffix}")


def keep(picture: LeadPicture, made: Sequence[images.Written]) -> None:
    """Store what was `made` by a job in place of the sizes before; the row is not saved."""
    key = hashlib.sha256(b"".join(one.data for one in made)).hexdigest()[:16]
    before, picture.sizes = picture.sizes, [_stored(picture, key, one) for one in made]
    kept = {name for name, *_rest in picture.sizes}
    _remove(picture, (name for name, *_rest in before if name not in kept))


def _stored(picture: LeadPicture, key: str, made: images.Written) -> Size:
    filename = f"{key}-{made.width}x{made.height}{made.suffix}"
    path = _path(picture.statement_id, filename)
    if not _storage().exists(path):  # of these very bytes
        _storage().save(path, ContentFile(made.data))
    return Size(filename, made.content_type, made.width, made.height)


def forget(instance: LeadPicture, **kwargs: Any) -> None:
    """The sizes go with their picture."""
    _remove(instance, (size.filename for size in instance.all_sizes()))


def _remove(picture: LeadPicture, filenames: Iterable[str]) -> None:
    for filename in filenames:
        path = _path(picture.statement_id, filename)
        transaction.on_commit(partial(_storage().delete, path))


def _path(statement_id: int, filename: str) -> str:
    return f"{FOLDER}/{statement_id}/{filename}"


def _storage() -> Storage:
    return LeadPicture._meta.get_field("file").storage


def address(statement: Statement, filename: str) -> str:
    """Where visitors get a size from; one of another content has another address."""
    return reverse("lead_pictures:size", args=[statement.slug, filename])


def beside_words(statement: Statement) -> str:
    """The name of the file, in the storage, that stands in share images; "" without one."""
    picture = statement.picture
    if picture is None or not picture.sizes:
        return ""
    return _path(statement.pk, picture.beside_words.filename)


@dataclass(frozen=True)
class Shown:
    """A public picture as other programs are told of it; width and height in pixels."""

    url: str
    width: int
    height: int
    alt: str
    credit: str


def shown(statement: Statement) -> Shown | None:
    picture = statement.picture
    if picture is None or not picture.sizes:
        return None
    size = picture.shown
    url = absolute(address(statement, size.filename))
    return Shown(url, size.width, size.height, picture.shown_alt, picture.credit)


def answer(picture: LeadPicture | None, filename: str) -> FileResponse:
    """One of the sizes of a picture. Raises Http404."""
    sizes = picture.all_sizes() if picture else iter(())
    found = next((size for size in sizes if size.filename == filename), None)
    if picture is None or found is None:
        raise Http404
    path = _path(picture.statement_id, filename)
    return FileResponse(files.stored(path), content_type=found.content_type)
