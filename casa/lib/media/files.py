"""What an uploaded file is, by its content: its name and its claimed type are not believed."""

import hashlib
import zipfile
import zlib
from io import SEEK_END
from pathlib import Path
from typing import IO

from django.utils.text import get_valid_filename

OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
PDF = "application/pdf"
TEXT, TABLE = "text/plain", "text/csv"
LONGEST_LIST = 1 << 20  # bytes; a document has some dozen files
LONGEST_END = (1 << 16) + 22  # bytes: a comment, and what stands before it
CONTENT_TYPES = "[Content_Types].xml"
MOST_LINKS = 50  # to other workbooks
MOST_FILES = 10_000  # in an archive
LONGEST_WHOLE = 500 * (1 << 20)  # bytes, unpacked: what the archive says of itself
# What a file of each type is called in the end, whatever it was called when it came.
SUFFIXES = {
    PDF: ".pdf",
    OFFICE["word/"]: ".docx",
    OFFICE["xl/"]: ".xlsx",
    OFFICE["ppt/"]: ".pptx",
    f"{OPEN_DOCUMENT}text": ".odt",
    f"{OPEN_DOCUMENT}spreadsheet": ".ods",
    f"{OPEN_DOCUMENT}presentation": ".odp",
    TEXT: ".txt",
    TABLE: ".csv",
}
# Parts of documents that hold programs: macros of three kinds, and controls that run code.
PROGRAMS = ("vbaProject", "xl/macrosheets/", "/activeX/", "Basic/", "Scripts/")


class HoldsProgramsError(Exception):
    """A document would run something on the computer of whoever opens it."""


def document_type(file: IO[bytes]) -> str | None:
    """The media type of a PDF, Office or OpenDocument file; None for anything else.

    Raises HoldsProgramsError for a document with macros.
    """
    file.seek(0)
    if file.read(5) == b"%PDF-":
        return PDF
    try:
        if size_of_list(file) > LONGEST_LIST:
            return None
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            return _archive_type(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError):
        return None
    finally:
        file.seek(0)


def size_of_list(file: IO[bytes]) -> int:
    """Bytes of an archive's list of files, which is read as a whole when it is opened."""
    size = file.seek(0, SEEK_END)
    file.seek(max(size - LONGEST_END, 0))
    before, mark, end = file.read().rpartition(b"PK\x05\x06")
    if b"PK\x06\x07" in before[-20:]:
        return size  # the list is told of elsewhere, as no document needs
    return int.from_bytes(end[8:12], "little") if mark else 0


def _archive_type(archive: zipfile.ZipFile) -> str | None:
    entries = archive.infolist()
    if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > LONGEST_WHOLE:
        return None
    names = archive.namelist()
    kind = _office_type(archive, names) or _open_document_type(archive, names)
    if kind and (_has_programs(names) or _is_linked_to_programs(archive, names)):
        raise HoldsProgramsError
    return kind


def _office_type(archive: zipfile.ZipFile, names: list[str]) -> str | None:
    if CONTENT_TYPES not in names:
        return None
    if b"macroEnabled" in _small(archive, CONTENT_TYPES):
        raise HoldsProgramsError
    return next((kind for folder, kind in OFFICE.items() if _has(names, folder)), None)


def _open_document_type(archive: zipfile.ZipFile, names: list[str]) -> str | None:
    if "mimetype" not in names or archive.getinfo("mimetype").file_size >= 100:
        return None
    declared = archive.read("mimetype").decode("ascii", "replace").strip()
    return declared if declared.startswith(OPEN_DOCUMENT) and declared in SUFFIXES else None


def _has_programs(names: list[str]) -> bool:
    return any(part in name for name in names for part in PROGRAMS)


def _is_linked_to_programs(archive: zipfile.ZipFile, names: list[str]) -> bool:
    """Whether cells ask other programs for their values (DDE), as commands can be hidden."""
    links = [name for name in names if name.startswith("xl/externalLinks/")]
    if len(links) > MOST_LINKS:
        raise HoldsProgramsError
    return any(b"ddeLink" in _small(archive, name) for name in links)


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part of a document that is no longer than such parts are. Raises ValueError."""
    if archive.getinfo(name).file_size > LONGEST_LIST:
        raise ValueError(name)
    return archive.read(name)


def _has(names: list[str], folder: str) -> bool:
    return any(name.startswith(folder) for name in names)


def text_type(name: str) -> str | None:
    """What a file is by its name alone, which tells plain text from a table; None if neither."""
    return {".txt": TEXT, ".csv": TABLE}.get(Path(name.strip()).suffix.lower())


PICTURES = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"GIF8": "GIF"}
# "mif1" and "msf1" are of other kinds too; whoever reads the file finds out.
HEIF_BRANDS = (
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1",
)  # fmt: skip


def picture_format(file: IO[bytes]) -> str | None:
    """What its first bytes say that a picture is: JPEG, PNG, WEBP, GIF or HEIF; None if nothing."""
    file.seek(0)
    beginning = file.read(12)
    file.seek(0)
    if beginning[:4] == b"RIFF" and beginning[8:] == b"WEBP":
        return "WEBP"
    if beginning[4:8] == b"ftyp" and beginning[8:] in HEIF_BRANDS:
        return "HEIF"
    known = (name for start, name in PICTURES.items() if beginning.startswith(start))
    return next(known, None)


def is_svg(file: IO[bytes]) -> bool:
    """Whether it looks like an SVG picture: a document that may hold scripts."""
    file.seek(0)
    beginning = file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    file.seek(0)
    return beginning.startswith(b"<") and b"<svg" in beginning


def named_by_type(name: str, suffix: str) -> str:
    """The file's own name, made safe, with the ending that tells what it is."""
    stem = get_valid_filename(Path(name.replace("\\", "/")).stem.strip(". ") or "file")
    return f"{stem[:80]}{suffix}"


def sha256(file: IO[bytes]) -> str:
    """The file's SHA-256 in hexadecimal; the file is rewound."""
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(1 << 16):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()
