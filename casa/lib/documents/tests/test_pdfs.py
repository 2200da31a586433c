"""PDFs with text, without, and hostile ones."""

import io
import zlib
from dataclasses import replace

import pypdf
import pytest
import typst

from casa.lib.documents.reading import LIMITS, DocumentRefused, Kind, TextBlock, read_document
from casa.lib.documents.tests.here import read_here


def pdf(source):
    return typst.compile(source.encode())


def test_the_text_of_a_pdf_is_lines_with_tabs_between_columns():
    document = read_here(pdf("""
= Signed by
- Jane Röe, Director
- Мария Соколова, Clerk

#v(2em)
Ana Lima

#table(columns: 2, [Name], [Organization], [Omar Said], [River Watch of Aldermouth])
"""), "names.pdf")  # fmt: skip
    assert document.kind is Kind.PDF
    assert document.blocks == [
        TextBlock([
            (1, "Signed by"), (2, "• Jane Röe, Director"), (3, "• Мария Соколова, Clerk"), (3, ""),
            (4, "Ana Lima"), (5, "Name\tOrganization"), (6, "Omar Said\tRiver Watch of Aldermouth"),
        ])
    ]  # fmt: skip


def test_a_scan_is_a_sentence():
    with pytest.raises(DocumentRefused, match="pictures of pages and no text"):
        read_here(pdf("#rect(width: 2cm)"), "names.pdf")


def test_pages_without_text_are_said():
    document = read_here(pdf("Jane Roe #pagebreak() #rect() #pagebreak() Ana"), "names.pdf")
    assert document.notes == [(0, "Pages without text were left out: 2.")]


def test_a_pdf_with_a_password_is_said():
    writer = pypdf.PdfWriter(io.BytesIO(pdf("Jane Roe")))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(DocumentRefused, match="password"):
        read_here(out, "names.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 40])
def test_a_broken_pdf_is_said(data):
    with pytest.raises(DocumentRefused, match="damaged"):
        read_here(data, "names.pdf")


def made_by_hand(*objects):
    """A PDF of these objects, numbered from 1; the first one is its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)


CATALOGUE = b"<</Type /Catalog /Pages 2 0 R>>"
PAGE = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R>>"


def test_a_pdf_of_thousands_of_pages_is_refused():
    kids = b"3 0 R " * 5_000
    pages = b"<</Type /Pages /Count 5000 /Kids [%s]>>" % kids
    with pytest.raises(DocumentRefused, match="more than 1,000 pages"):
        read_here(made_by_hand(CATALOGUE, pages, PAGE, b"<<>>"), "names.pdf")


def packed_blanks(size):
    """So many blanks, packed at once: one block of them is repeated."""
    block, packer = b" " * (1 << 22), zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(size // len(block)):
        check = zlib.adler32(block, check)
    return b"\x78\xda" + piece * (size // len(block)) + b"\x03\x00" + check.to_bytes(4, "big")


@pytest.mark.slow
def test_a_stream_that_unpacks_to_a_gigabyte_takes_no_such_memory():
    bomb = zlib.compress(packed_blanks(1 << 30), 9)
    filters = b"/Filter [/FlateDecode /FlateDecode]"
    stream = b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(bomb), filters, bomb)
    pages = b"<</Type /Pages /Count 1 /Kids [3 0 R]>>"
    data = made_by_hand(CATALOGUE, pages, PAGE, stream)
    assert len(data) < 100_000
    with pytest.raises(DocumentRefused, match=r"memory or time|no text"):
        read_document(io.BytesIO(data), name="names.pdf", limits=replace(LIMITS, seconds=1))
