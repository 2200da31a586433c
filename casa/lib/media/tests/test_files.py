"""Documents are known by their content, and looking costs little."""

import io
import struct
import time
import zipfile

import pytest

from casa.lib.media import files


def archive(*names, comment=b""):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "")
        made.comment = comment
    return file


def enormous_list(number, *, told_elsewhere=False):
    """An archive that is nothing but its list of files."""
    row = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, *[0] * 8, 1, *[0] * 6) + b"a"
    size = len(row) * number
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, number & 0xFFFF, number & 0xFFFF, size, 0, 0)
    if told_elsewhere:
        wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, number, number, size, 0)
        end = wide + struct.pack("<4sLQL", b"PK\6\7", 0, size, 1) + end[:12] + bytes(10)
    return io.BytesIO(row * number + end)


def test_a_document_is_known_by_what_is_in_it():
    assert files.document_type(io.BytesIO(b"%PDF-1.7")) == files.PDF
    for comment in (b"", b"a comment" * 100):
        word = archive("[Content_Types].xml", "word/document.xml", comment=comment)
        assert files.document_type(word) == files.OFFICE["word/"]
    assert files.document_type(archive("a")) is None
    assert files.document_type(io.BytesIO(b"PK\5\6")) is None
    assert files.document_type(io.BytesIO(b"")) is None


def filled(parts, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file


WORKBOOK = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
SHEET = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}


def test_tables_of_both_office_programs_are_known():
    assert files.document_type(filled(WORKBOOK)) == files.OFFICE["xl/"]
    assert files.document_type(filled(SHEET)) == f"{files.OPEN_DOCUMENT}spreadsheet"


@pytest.mark.parametrize(
    "parts",
    [
        {**WORKBOOK, "xl/vbaProject.bin": "x"},
        {"[Content_Types].xml": "", "word/vbaProject.bin": ""},
        {**WORKBOOK, "xl/macrosheets/sheet1.xml": "x"},
        {**WORKBOOK, "xl/activeX/activeX1.xml": "x"},
        {**WORKBOOK, "[Content_Types].xml": "application/vnd.ms-excel.sheet.macroEnabled.main+xml"},
        {**WORKBOOK, "xl/externalLinks/externalLink1.xml": "<ddeLink ddeService='cmd'/>"},
        {**SHEET, "Basic/Standard/Module1.xml": "x"},
        {**SHEET, "Scripts/python/run.py": "x"},
    ],
)
def test_a_document_with_programs_is_told_from_one_without(parts):
    with pytest.raises(files.HoldsProgramsError):
        files.document_type(filled(parts))


@pytest.mark.medium
def test_a_document_that_says_it_is_enormous_is_refused_unread():
    bomb = filled({**WORKBOOK, "xl/sheet1.xml": b"0" * (1 << 20)}).getvalue()
    size = struct.pack("<L", 1 << 20)
    assert bomb.count(size) == 2  # before the part, and in the list
    lying = bomb.replace(size, struct.pack("<L", files.LONGEST_WHOLE + 1))
    assert files.document_type(io.BytesIO(lying)) is None
    assert files.document_type(filled({f"xl/{n}": "" for n in range(10_001)} | WORKBOOK)) is None
    long = {**WORKBOOK, "[Content_Types].xml": b" " * ((1 << 20) + 1)}
    assert files.document_type(filled(long)) is None


@pytest.mark.parametrize("told_elsewhere", [False, True])
def test_the_list_of_an_archive_is_not_read_however_long_it_is(told_elsewhere):
    file = enormous_list(400_000, told_elsewhere=told_elsewhere)
    begun = time.process_time()
    assert files.document_type(file) is None
    assert time.process_time() - begun < 0.2
