"""The pictures of an upload of many: files, or a ZIP file of them, bounded in every way.

Nothing is unpacked to the disk, and of each file no more is read than a logo may have.
"""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, cast

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from casa.lib.media import files

MOST_FILES = 100
LARGEST_FILE = 5 * 1024**2
LARGEST_WHOLE = 60 * 1024**2
"""Bytes of all files together, unpacked."""

LONGEST_NAME = 200
_BESIDE = frozenset(("__MACOSX", "Thumbs.db"))
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
# Others take as much memory as the file says, and fail with errors of their own.


class RefusedError(Exception):
    """The upload is not taken, and nothing of it is stored; `str()` says why and what helps."""


@dataclass(frozen=True)
class Found:
    name: str
    data: bytes


def found_in(uploads: Iterable[UploadedFile]) -> Iterator[Found]:
    """Each file with its bytes, one after the other. Raises RefusedError, at any of them."""
    number = whole = 0
    for upload in uploads:
        for found in _of(upload):
            number, whole = number + 1, whole + len(found.data)
            if number > MOST_FILES:
                words = _("At most %(number)d files at once. Send the others afterwards.")
                raise RefusedError(words % {"number": MOST_FILES})
            if whole > LARGEST_WHOLE:
                words = _("Together the files are larger than %(limit)s MB. Send fewer at once.")
                raise RefusedError(words % {"limit": LARGEST_WHOLE // 1024**2})
            yield found
    if not number:
        raise RefusedError(_("There is no file in it. Choose pictures, or a ZIP file of them."))


def _of(upload: UploadedFile) -> Iterator[Found]:
    file = cast("IO[bytes]", upload)
    if _is_archive(file):
        yield from _unpacked(file, upload.name or "")
    else:
        upload.seek(0)
        yield _checked(upload.name or "", upload.read(LARGEST_FILE + 1))


def _is_archive(file: IO[bytes]) -> bool:
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    return start in (b"PK\x03\x04", b"PK\x05\x06")


def _unpacked(file: IO[bytes], name: str) -> Iterator[Found]:
    try:
        if files.size_of_list(file) > files.LONGEST_LIST:
            raise RefusedError(_too_many(name))
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            entries = [one for one in archive.infolist() if _is_meant(one)]
            if len(entries) > MOST_FILES:
                raise RefusedError(_too_many(name))
            if any(entry.compress_type not in _METHODS for entry in entries):
                raise RefusedError(_packed_otherwise(name))
            for entry in entries:
                yield _read(archive, entry)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError) as error:
        words = _("“%(name)s” cannot be unpacked: it is damaged, or locked by a password.")
        raise RefusedError(words % {"name": name}) from error


def _too_many(name: str) -> str:
    words = _("“%(name)s” has more than %(number)d files. Pack fewer at once.")
    return words % {"name": name, "number": MOST_FILES}


def _packed_otherwise(name: str) -> str:
    words = _("“%(name)s” is packed in an unusual way. Pack it as a plain ZIP file.")
    return words % {"name": name}


def _is_meant(entry: zipfile.ZipInfo) -> bool:
    """Not folders, and not what systems put beside the files."""
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    hidden = any(part[:1] == "." and part not in (".", "..") for part in parts)
    return bool(parts) and not entry.is_dir() and not hidden and not set(parts) & _BESIDE


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Found:
    """What its header says of its size is not believed."""
    with archive.open(entry) as member:
        return _checked(entry.filename, member.read(LARGEST_FILE + 1))


def _checked(name: str, data: bytes) -> Found:
    shown = PurePosixPath(name.replace("\\", "/")).name[:LONGEST_NAME]
    shown = "".join(char for char in shown if char.isprintable()) or _("(without a name)")
    if len(data) > LARGEST_FILE:
        words = _("“%(name)s” is larger than %(limit)s MB. Leave it out, or save it smaller.")
        raise RefusedError(words % {"name": shown, "limit": LARGEST_FILE // 1024**2})
    return Found(shown, data)
