"""Pictures on screens of the back office: read last, and outside the transaction of the screen.

A screen is checked as a whole. If all on it is right but for pictures that nobody has read, its
transaction is undone, they are read, and the screen is done again with what became of them. So no
lock of the database is held while a picture is read.
"""

import re
from collections.abc import Callable, Mapping
from typing import IO, Any, ClassVar, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext

from casa.lib.admin import OfficeAdmin
from casa.lib.media import files, images

MOST_AT_ONCE = 10

allows: list[Callable[[HttpRequest], bool]] = []
"""Each is asked before a picture is read; the app that counts by network adds its own."""


class StoredPicture(UploadedFile):
    """A picture that is kept already, and read once more to be cut in another way."""


class UnreadError(Exception):
    """All is right, but for pictures that have not been read.

    `stored` are those that nobody uploads, by the names of their fields.
    """

    def __init__(self, stored: Mapping[str, StoredPicture] | None = None) -> None:
        super().__init__()
        self.stored = stored or {}


class ReadPicture(UploadedFile):
    """Replaces an upload: the pictures made of it, or why there are none."""

    def __init__(
        self, upload: UploadedFile, pictures: tuple[images.Written, ...] = (), refusal: str = ""
    ) -> None:
        super().__init__(upload.file, upload.name, upload.content_type, upload.size)
        self.pictures, self.refusal = pictures, refusal
        self.is_stored = isinstance(upload, StoredPicture)

    def close(self) -> None:
        """Close the pictures too; Django closes all uploads in the end."""
        for picture in self.pictures:
            picture.file.close()
        super().close()


def pictures_of(upload: UploadedFile) -> tuple[images.Written, ...]:
    """What was made of an upload. Raises UnreadError if nobody has read it."""
    if not isinstance(upload, ReadPicture):
        raise UnreadError
    return upload.pictures


def refusal_of(upload: UploadedFile) -> str:
    """Why nothing was made of an upload that was read; empty otherwise."""
    return upload.refusal if isinstance(upload, ReadPicture) else ""


class PictureAdmin(OfficeAdmin):
    """A screen with fields for pictures; `picture_jobs` names them by a pattern."""

    picture_jobs: ClassVar[Mapping[str, images.Job]]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, *args, **kwargs)
        except UnreadError as unread:
            for name, stored in unread.stored.items():
                request.FILES[name] = stored
            self._read_pictures(request)
            return super().changeform_view(request, object_id, *args, **kwargs)

    def require_pictures_read(self, request: HttpRequest) -> None:
        """Call this before anything of the screen is saved. Raises UnreadError."""
        if self._unread(request):
            raise UnreadError

    def picture_job(self, request: HttpRequest, name: str) -> images.Job | None:
        """What is made of the upload in the field `name`; None for one that is no picture's."""
        jobs = self.picture_jobs.items()
        return next((job for pattern, job in jobs if re.fullmatch(pattern, name)), None)

    def _unread(self, request: HttpRequest) -> dict[str, images.Job]:
        return {
            name: job
            for name, upload in request.FILES.items()
            if _is_unread(upload) and (job := self.picture_job(request, name))
        }

    def _read_pictures(self, request: HttpRequest) -> None:
        for number, (name, job) in enumerate(self._unread(request).items()):
            upload = cast("UploadedFile", request.FILES[name])
            request.FILES[name] = read(request, upload, job if number < MOST_AT_ONCE else None)


def _is_unread(upload: Any) -> bool:
    is_read = isinstance(upload, ReadPicture)
    return not is_read and files.picture_format(cast("IO[bytes]", upload)) is not None


def read(request: HttpRequest, upload: UploadedFile, job: images.Job | None) -> ReadPicture:
    """What becomes of an upload; without a `job` it is one too many."""
    if job is None:
        sentence = gettext("At most %(number)s pictures at once. Save, then add the others.")
        return ReadPicture(upload, refusal=sentence % {"number": MOST_AT_ONCE})
    if not all(allow(request) for allow in allows):
        return ReadPicture(upload, refusal=str(images.SENTENCES["many"]))
    try:
        return ReadPicture(upload, images.rewritten(cast("IO[bytes]", upload), job))
    except images.RefusedError as refusal:
        return ReadPicture(upload, refusal=str(refusal))
