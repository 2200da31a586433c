"""What an uploaded file is, by its content: its name and its claimed type are not believed."""

import hashlib
import zipfile
import zlib
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
# What a file of each type is called in the end, whatever it was called when it came.
SUFFIXES = {
    PDF: ".pdf",
    OFFICE["word/"]: ".docx",
    OFFICE["xl/"]: ".xlsx",
    OFFICE["ppt/"]: ".pptx",
    f"{OPEN_DOCUMENT}text": ".odt",
    f"{OPEN_DOCUMENT}spreadsheet": ".ods",
    f"{OPEN_DOCUMENT}presentation": ".odp",
}


def document_type(file: IO[bytes]) -> str | None:
    """The media type of a PDF, Office or OpenDocument file; None for anything else."""
    file.seek(0)
    if file.read(5) == b"%PDF-":
        return PDF
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return _archive_type(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError):
        return None
    finally:
        file.seek(0)


def _archive_type(archive: zipfile.ZipFile) -> str | None:
    names = archive.namelist()
    if "[Content_Types].xml" in names and not any("vbaProject" in name for name in names):
        return next((kind for folder, kind in OFFICE.items() if _has(names, folder)), None)
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
        declared = archive.read("mimetype").decode("ascii", "replace").strip()
        return declared if declared in SUFFIXES else None
    return None


def _has(names: list[str], folder: str) -> bool:
    return any(name.startswith(folder) for name in names)


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
