"""Spreadsheets of Excel and LibreOffice."""

import io
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from casa.lib import csv
from casa.lib.documents.reading import DocumentRefused, Kind, TableBlock, read_document
from casa.lib.documents.tests.here import read_here
from casa.lib.documents.tests.packing import cell, ods_cell, open_document, xlsx


def read(file, name="names.xlsx"):
    return read_here(file, name)


def workbook(fill):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    fill(book, book.add_worksheet("Names"))
    book.close()
    return out


def rows(document):
    return [row for _number, row in document.blocks[0].rows]


@pytest.mark.slow
def test_a_workbook_is_its_rows_with_their_numbers():
    def fill(_book, sheet):
        sheet.write_row("A2", ["Name", "Organization"])
        sheet.write_row("A4", ["Jane Roe", "Friends of Libraries", ""])

    document = read_document(workbook(fill), name="names.xlsx")
    assert document.kind is Kind.XLSX
    table = TableBlock(
        "Names", [(2, ["Name", "Organization"]), (4, ["Jane Roe", "Friends of Libraries"])]
    )
    assert (document.blocks, document.notes) == ([table], [])


def test_cells_are_what_the_program_shows_and_dates_are_of_one_form():
    def fill(book, sheet):
        sheet.write_datetime("A1", datetime(2026, 3, 2), book.add_format({"num_format": "d.m.yy"}))
        sheet.write_datetime(
            "B1", datetime(2026, 3, 2, 18, 30), book.add_format({"num_format": "d.m.yy hh:mm"})
        )
        sheet.write_row("C1", [7, 0.5, True, 4912345678901])
        sheet.write_string("G1", "007")
        sheet.write_formula("H1", '="Ja"&"ne"', None, "Jane")
        sheet.write_rich_string("I1", "Ja", book.add_format({"bold": True}), "ne", " Roe")

    assert rows(read(workbook(fill))) == [[
        "2026-03-02", "2026-03-02 18:30:00", "7", "0.5", "TRUE", "4912345678901", "007", "Jane",
        "Jane Roe",
    ]]  # fmt: skip


def test_what_is_hidden_is_left_out_and_said():
    def fill(book, sheet):
        for number in range(8):
            sheet.write_row(number, 0, [f"Name {number}", "secret", "Org"])
        for number in (2, 3, 4, 6):
            sheet.set_row(number, options={"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})
        hidden = book.add_worksheet("Old")
        hidden.write("A1", "John Poe")
        hidden.hide()

    document = read(workbook(fill))
    assert rows(document) == [[f"Name {number}", "Org"] for number in (0, 1, 5, 7)]
    assert document.notes == [
        (0, "Sheet “Names”: hidden rows were left out: 3–5, 7."),
        (0, "Sheet “Names”: hidden columns were left out: B."),
        (0, "The sheet “Old” is hidden and was left out."),
    ]


def test_a_cell_of_several_rows_is_read_for_each():
    def fill(_book, sheet):
        sheet.merge_range("B2:B4", "River Watch")
        sheet.write_column("A2", ["Jane Roe", "John Poe"])
        sheet.write_row("A5", ["Ana Lima"])

    document = read(workbook(fill))
    assert rows(document) == [
        ["Jane Roe", "River Watch"], ["John Poe", "River Watch"], ["Ana Lima"],
    ]  # fmt: skip
    assert document.notes[0][0] == 3


def test_a_formula_without_a_value_is_said():
    row = f'<row r="1">{cell("A1", "Jane")}<c r="B1"><f>A1</f></c></row>'
    document = read(xlsx(row))
    assert rows(document) == [["Jane"]]
    assert [line for line, _sentence in document.notes] == [1]


def test_sheets_come_in_their_order():
    def fill(book, sheet):
        sheet.write("A1", "Jane Roe")
        book.add_worksheet("Empty")
        book.add_worksheet("More").write("A1", "John Poe")

    assert [block.name for block in read(workbook(fill)).blocks] == ["Names", "More"]


def test_a_spreadsheet_of_libreoffice_is_read_alike():
    table = f"""
      <table:table table:name="Names">
        <table:table-column table:number-columns-repeated="2"/>
        <table:table-column table:visibility="collapse"/>
        <table:table-row>{
        ods_cell("Jane Roe<office:annotation><text:p>call her</text:p></office:annotation>")
    }{ods_cell("River Watch", 'table:number-rows-spanned="2"')}
          {ods_cell("secret")}</table:table-row>
        <table:table-row>{ods_cell("John Poe")}<table:covered-table-cell/></table:table-row>
        <table:table-row table:visibility="filter">{ods_cell("Ana Lima")}</table:table-row>
        <table:table-row><table:table-cell office:value-type="date"
          office:date-value="2026-03-02"><text:p>2.3.26</text:p></table:table-cell>
          <table:table-cell office:value-type="float" office:value="7" table:formula="of:=3+4"/>
        </table:table-row>
        <table:table-row table:number-rows-repeated="1048572">
          <table:table-cell table:number-columns-repeated="16384"/></table:table-row>
      </table:table>
      <table:table table:name="Old" table:style-name="off"><table:table-row>{ods_cell("Old")}
        </table:table-row></table:table>"""
    off = (
        '<style:style style:name="off" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    document = read(open_document("spreadsheet", table, styles=off), "names.ods")
    assert document.kind is Kind.ODS
    assert rows(document) == [
        ["Jane Roe", "River Watch"], ["John Poe", "River Watch"], ["2026-03-02", "7"],
    ]  # fmt: skip
    assert len(document.notes) == 4


def test_an_old_workbook_is_read():
    """As xlwt wrote it: names, a date, a cell of two rows, and a sheet that is hidden."""
    with (Path(__file__).parent / "data" / "names.xls").open("rb") as file:
        document = read(file, "names.xls")
    assert document.kind is Kind.XLS
    assert rows(document) == [
        ["Name", "Organization", "Signed on"],
        ["José Núñez", "River Watch", "2026-03-02"],
        ["Мария Соколова", "River Watch"],
    ]
    assert "The sheet “Old” is hidden and was left out." in [said for _line, said in document.notes]


def test_the_kind_is_told_by_the_content_and_a_wrong_name_is_said():
    document = read(xlsx(f'<row r="1">{cell("A1", "Jane")}</row>'), "names.csv")
    assert rows(document) == [["Jane"]]
    assert document.notes == [(0, "names.csv is an Excel workbook; it was read as one.")]


def test_a_formula_that_was_typed_stays_text_and_exports_guard_it():
    document = read(xlsx(f'<row r="1">{cell("A1", "=cmd|calc")}</row>'))
    assert rows(document) == [["=cmd|calc"]]
    assert b"".join(csv.streamed(rows(document))) == b"'=cmd|calc\r\n"


@pytest.mark.medium
@pytest.mark.parametrize("place", ["A1048576", "XFD1"])
def test_cells_that_are_only_formatted_cost_nothing(place):
    number = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 50_000))
    beside = f'<c r="{place}" s="0"/>' if number == "1" else ""
    head = f'<row r="1">{cell("A1", "Jane")}{beside}</row>'
    tail = f'<row r="{number}"><c r="{place}" s="0"/></row>' * (number != "1")
    document = read(xlsx(head + blank + tail))
    assert document.blocks == [TableBlock("Names", [(1, ["Jane"])])]


def refusal(file, name="names.xlsx"):
    with pytest.raises(DocumentRefused) as caught:
        read(file, name)
    return str(caught.value)


@pytest.mark.medium
def test_a_sheet_of_all_columns_is_refused_with_the_limit():
    def fill(_book, sheet):
        sheet.write_row("A1", ["x"] * 16_384)

    assert "more than 256 columns" in refusal(workbook(fill))


@pytest.mark.slow
def test_a_cell_in_the_last_corner_of_a_sheet_takes_no_memory_for_all_before_it():
    rows = f'<row r="1">{cell("A1", "Jane")}</row><row r="1048576">{cell("XFD1048576", "x")}</row>'
    with pytest.raises(DocumentRefused, match="more memory or time"):
        read_document(xlsx(rows), name="names.xlsx")


def test_a_workbook_with_a_password_is_said():
    stream = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    stream += "EncryptedPackage".encode("utf-16-le")
    assert "password" in refusal(io.BytesIO(stream))


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_workbook_that_was_cut_off_is_said(cut):
    data = xlsx(f'<row r="1">{cell("A1", "Jane")}</row>').read()
    assert "damaged" in refusal(io.BytesIO(data[: int(len(data) * cut)]))


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("before", [LAUGHS, OUTSIDE])
def test_entities_are_refused(before):
    file = xlsx(f'<row r="1">{cell("A1", "&a;")}</row>', before=before)
    assert "damaged" in refusal(file)
    file = open_document("spreadsheet", ods_cell("&a;"), before=before)
    assert "damaged" in refusal(file, "names.ods")
