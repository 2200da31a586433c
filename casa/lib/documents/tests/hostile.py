"""Files that somebody might give to do harm, each with a part of the sentence that refuses it."""

import io
import struct
import zipfile
from collections.abc import Callable

from casa.lib.documents.tests.packing import OPEN_NAMES, cell, docx, ods_cell, open_document, xlsx

BLANKS = 304 << 20  # bytes that a bomb unpacks to, and one that lies is as dangerous with fewer
LYING = 16 << 20
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"


def with_blanks(file: io.IOBase, part: str, *, lies: bool = False) -> bytes:
    """The document with blanks in a part; where it lies, it says that those are 1,000."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(file) as old,  # type: ignore[arg-type]
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            with new.open(name, "w") as entry:
                if name == part:
                    content = old.read(name)
                    at = content.rindex(b"</")
                    entry.write(content[:at])
                    for _ in range((LYING if lies else BLANKS) >> 22):
                        entry.write(b" " * (1 << 22))
                    entry.write(content[at:])
                else:
                    entry.write(old.read(name))
    data = out.getvalue()
    return _with_size(data, part, 1_000) if lies else data


def _with_size(data: bytes, part: str, size: int) -> bytes:
    """What the list of an archive says of the unpacked size of a part, changed."""
    changed = bytearray(data)
    at = changed.index(b"PK\x01\x02")
    while changed[at : at + 4] == b"PK\x01\x02":
        lengths = struct.unpack_from("<HHH", changed, at + 28)
        if changed[at + 46 : at + 46 + lengths[0]] == part.encode():
            struct.pack_into("<I", changed, at + 24, size)
        at += 46 + sum(lengths)
    return bytes(changed)


def _names() -> io.IOBase:
    return xlsx(f'<row r="1">{cell("A1", "Jane Roe")}</row>')  # type: ignore[return-value]


def _many_entries() -> bytes:
    out = io.BytesIO(_names().read())
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(5_000):
            archive.writestr(f"xl/{number}", b"")
    return out.getvalue()


def _nested() -> bytes:
    inner = b"0" * (1 << 20)
    for _ in range(5):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inner.zip", inner)
        inner = out.getvalue()
    return inner


def _repeated_rows() -> bytes:
    wide = ods_cell("x", 'table:number-columns-repeated="16384"')
    row = f'<table:table-row table:number-rows-repeated="1048576">{ods_cell("Jane")}{wide}'
    table = f'<table:table table:name="N">{row}</table:table-row></table:table>'
    return open_document("spreadsheet", table).read()


def _all_columns() -> bytes:
    cells = "".join(f"<c><v>{number}</v></c>" for number in range(16_384))
    return xlsx(f'<row r="1">{cells}</row>').read()


SHEET = "xl/worksheets/sheet1.xml"
CORNER = f'<row r="1">{cell("A1", "J")}</row><row r="1048576">{cell("XFD1048576", "x")}</row>'

FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.xlsx": (lambda: with_blanks(_names(), SHEET), "more memory or time"),
    "lying-bomb.xlsx": (lambda: with_blanks(_names(), SHEET, lies=True), "damaged"),
    "bomb.docx": (lambda: with_blanks(docx("<w:p/>"), "word/document.xml"), "more memory or time"),
    "lying-bomb.docx": (
        lambda: with_blanks(docx("<w:p/>"), "word/document.xml", lies=True), "damaged",
    ),
    "bomb.ods": (
        lambda: with_blanks(open_document("spreadsheet", ""), "content.xml"), "more memory or time",
    ),
    "many.xlsx": (_many_entries, "more memory or time"),
    "nested.zip": (_nested, "archive"),
    "rows.ods": (_repeated_rows, "rows.ods"),
    "columns.xlsx": (_all_columns, "more than 256 columns"),
    "corner.xlsx": (lambda: xlsx(CORNER).read(), "more memory or time"),
    "laughs.xlsx": (lambda: xlsx(f'<row r="1">{cell("A1", "&b;")}</row>', before=LAUGHS).read(),
                    "damaged"),
    "outside.xlsx": (lambda: xlsx(f'<row r="1">{cell("A1", "&a;")}</row>', before=OUTSIDE).read(),
                     "damaged"),
    "laughs.ods": (lambda: open_document("spreadsheet", ods_cell("&b;"), before=LAUGHS).read(),
                   "damaged"),
    "outside.odt": (
        lambda: open_document("text", "<text:p>&a;</text:p>", before=OUTSIDE).read(), "damaged",
    ),
    "flat.fods": (f"<?xml version='1.0'?><office:document {OPEN_NAMES}/>".encode, "XML"),
    "line.csv": (lambda: b"x" * (9 << 20), "Line 1 of line.csv has more than 20,000 characters"),
    "nul.csv": (lambda: b"Jane\0Roe,x\n" * 9, "no text"),
    "picture.csv": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "picture"),
    "deep.json": (lambda: b"[" * 200_000 + b'"' + b"]" * 200_000, "more memory or time"),
    "deep.html": (lambda: b"<div>" * 200_000 + b"Jane", "cannot be told for sure"),
    "cut.pdf": (lambda: b"%PDF-1.7\n1 0 obj\n<</Type /Catalog", "damaged"),
    "rows.csv": (lambda: b"Jane Roe,River Watch\n" * 60_000, "more than 50,000 lines"),
}  # fmt: skip
