"""What an uploaded file is, by its content: its name and its claimed type are not believed."""

import hashlib
import zipfile
import zlib
from typing import IO

OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
}
ENDINGS = {
    "application/pdf": ".pdf",
    OFFICE["word/"]: ".docx",
    OFFICE["xl/"]: ".xlsx",
    OFFICE["ppt/"]: ".pptx",
    **OPEN_DOCUMENT,
}
"""The ending of a file's name that goes with each media type."""


def document_type(file: IO[bytes]) -> str | None:
    """The media type of a PDF, Office or OpenDocument file; None for anything else."""
    file.seek(0)
    if file.read(5) == b"%PDF-":
        return "application/pdf"
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
        return declared if declared in OPEN_DOCUMENT else None
    return None


def _has(names: list[str], folder: str) -> bool:
    return any(name.startswith(folder) for name in names)


def sha256(file: IO[bytes]) -> str:
    """The file's SHA-256 in hexadecimal; the file is rewound."""
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(1 << 16):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()
