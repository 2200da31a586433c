"""What a file is, by its content."""

import re
import zipfile
from enum import StrEnum
from io import SEEK_END
from typing import IO

from casa.lib.documents.reader.bounds import Limits, RefusedError


class Kind(StrEnum):
    TEXT = "text"
    CSV = "csv"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    DOCX = "docx"
    ODT = "odt"
    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"
    VCARD = "vcard"
    PDF = "pdf"


_HEAD = 4096
_STARTS = {
    b"\xff\xd8\xff": "picture", b"\x89PNG\r\n\x1a\n": "picture", b"GIF8": "picture",
    b"II*\0": "picture", b"MM\0*": "picture", b"{\\rtf": "rtf", b"Rar!": "archive",
    b"7z\xbc\xaf": "archive", b"\x1f\x8b": "archive", b"BZh": "archive", b"\xfd7zXZ": "archive",
    b"ID3": "recording", b"OggS": "recording", b"fLaC": "recording",
    b"\x1aE\xdf\xa3": "recording", b"MZ": "binary", b"\x7fELF": "binary",
    b"SQLite format": "binary",
}  # fmt: skip
_RIFF = {b"WEBP": "picture", b"WAVE": "recording", b"AVI ": "recording"}
_PICTURE_BRANDS = (b"hei", b"hev", b"mif", b"msf", b"avi")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_PARTS = {
    "EncryptedPackage": "password", "WordDocument": "word97", "PowerPoint Document": "slides",
    "__substg1.0_": "mail",
}  # fmt: skip
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OPEN = {"spreadsheet": Kind.ODS, "text": Kind.ODT}
_LONGEST_END = (1 << 16) + 22  # bytes: an archive's comment, and what stands before it
_MIMETYPE = 100  # bytes
_MANIFEST = "META-INF/manifest.xml"
_LONGEST_MANIFEST = 1 << 20  # bytes
_BYTES_OF_ENTRY = 400  # in an archive's list, with a long name


def binary_kind(file: IO[bytes], limits: Limits) -> Kind | None:
    """The kind of a file that is no text; None for what may be one. Raises RefusedError."""
    file.seek(0)
    head = file.read(_HEAD)
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        return _packed(file, limits)
    if head.startswith(_OLE):
        return _compound(file)
    for start, code in _STARTS.items():
        if head.startswith(start):
            raise RefusedError(code)
    if head[:4] == b"RIFF":
        raise RefusedError(_RIFF.get(head[8:12], "binary"))
    if head[4:8] == b"ftyp":
        raise RefusedError("picture" if head[8:11] in _PICTURE_BRANDS else "recording")
    return None


def _packed(file: IO[bytes], limits: Limits) -> Kind:
    if _size_of_list(file) > limits.entries * _BYTES_OF_ENTRY:
        raise RefusedError("heavy")
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return _kind_of_archive(archive, limits)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise RefusedError("damaged") from error


def _size_of_list(file: IO[bytes]) -> int:
    """Bytes of an archive's list of files, which is read as a whole when it is opened."""
    size = file.seek(0, SEEK_END)
    file.seek(max(size - _LONGEST_END, 0))
    before, mark, end = file.read().rpartition(b"PK\x05\x06")
    if b"PK\x06\x07" in before[-20:]:
        return size  # the list is told of elsewhere, as no document needs
    return int.from_bytes(end[8:12], "little") if mark else 0


def _kind_of_archive(archive: zipfile.ZipFile, limits: Limits) -> Kind:
    names = set(archive.namelist())
    kind = _kind_by_names(archive, names)
    entries = archive.infolist()
    if len(entries) > limits.entries or sum(one.file_size for one in entries) > limits.unpacked:
        raise RefusedError("heavy")
    if any(one.flag_bits & 1 for one in entries) or _is_encrypted(archive, names):
        raise RefusedError("password")
    return kind


def _is_encrypted(archive: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether an OpenDocument says that its parts are."""
    if _MANIFEST not in names or archive.getinfo(_MANIFEST).file_size > _LONGEST_MANIFEST:
        return False
    return b":encryption-data" in archive.read(_MANIFEST)


def _kind_by_names(archive: zipfile.ZipFile, names: set[str]) -> Kind:
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return Kind.XLSX
    if "word/document.xml" in names:
        return Kind.DOCX
    if "mimetype" in names and archive.getinfo("mimetype").file_size < _MIMETYPE:
        return _open_document(archive.read("mimetype").decode("ascii", "replace").strip())
    if any(name.endswith(".iwa") or name == "Index.zip" for name in names):
        raise RefusedError(_apple(names))
    if "ppt/presentation.xml" in names:
        raise RefusedError("slides")
    raise RefusedError("archive")


def _open_document(declared: str) -> Kind:
    if not declared.startswith(_OPEN_DOCUMENT):
        raise RefusedError("archive")
    kind = _OPEN.get(declared.removeprefix(_OPEN_DOCUMENT).partition("-")[0])
    if kind is None:
        raise RefusedError("slides")
    return kind


def _apple(names: set[str]) -> str:
    """Pages and Numbers pack alike: only the latter has tables of its own, and Keynote slides."""
    if any("Slide" in name for name in names):
        return "slides"
    has_sheets = any("CalculationEngine" in name for name in names)
    return (
        "numbers" if has_sheets and not any("Section" in name for name in names) else "apple-pages"
    )


def _compound(file: IO[bytes]) -> Kind:
    """What is in the kind of file that Office wrote until 2007, and puts passwords around."""
    file.seek(0)
    content = file.read()
    for part, code in _OLE_PARTS.items():
        if part.encode("utf-16-le") in content:
            raise RefusedError(code)
    if any(one.encode("utf-16-le") + b"\0\0" in content for one in ("Workbook", "Book")):
        return Kind.XLS
    raise RefusedError("binary")


_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|table|tr|ul|ol|p|div|meta|h[1-6])\b", re.IGNORECASE
)
_MAIL = re.compile(r"(?:From|Return-Path|Received|MIME-Version|Delivered-To|Date|Subject): ")
_WORKBOOK = "urn:schemas-microsoft-com:office:spreadsheet"
_RULE_OF_TABLE = re.compile(r"[|:\-\s]+")
_HEADING = re.compile(r"#{1,6} \S")


def text_kind(text: str) -> Kind:
    """The kind of a text, where it says so itself; what has columns is told later."""
    head = text[:_HEAD].lstrip()
    if head[:11].upper() == "BEGIN:VCARD":
        return Kind.VCARD
    if head[:1] == "<" and (kind := _marked_up(head)):
        return kind
    if head[:1] in ("[", "{") and text.rstrip()[-1:] in ("]", "}") and '"' in text:
        return Kind.JSON
    if _MAIL.match(head) and "\nMIME-Version: " in f"\n{head}":
        raise RefusedError("mail")
    return Kind.MARKDOWN if _is_markdown(text) else Kind.TEXT


def _marked_up(head: str) -> Kind | None:
    if _HTML.search(head):
        return Kind.HTML
    if head.startswith("<?xml"):
        raise RefusedError("excel-xml" if _WORKBOOK in head else "xml")
    return None


def _is_markdown(text: str) -> bool:
    """Whether a table is drawn in it, or headings are marked."""
    lines = text.split("\n")
    return any(is_rule_of_table(line) for line in lines) or any(map(_HEADING.match, lines))


def is_rule_of_table(line: str) -> bool:
    """Whether it is what Markdown puts below the first row of a table: `|---|:--|`."""
    line = line.strip()
    return "|" in line and "---" in line and bool(_RULE_OF_TABLE.fullmatch(line))
