"""Files that are text: encodings, lines, and tables with delimiters."""

import csv
import io

import pytest

from casa.lib.documents.reading import ENCODINGS, Kind, TableBlock, TextBlock
from casa.lib.documents.tests.here import read_here as read

TURKISH = "Ayşe Yılmaz, İstanbul\nÖmer Şahin, öğretmen\nÇağrı Güneş\nGülşen Işık"
LISTS = {
    "windows-1252": "Jürgen Groß, Köln – Deutz\nFrançois Lefèvre\nSoñia Núñez\nJosé “Pepe” Ruiz",
    "windows-1250": "Paweł Kowalski\nAgnieszka Wiśniewska\nŻaneta Łuczak\nStanisław Dąbrowski",
    "windows-1251": "Иван Петров, учитель\nМария Соколова, Москва\nОбщество друзей библиотек",
    "windows-1253": "Γιώργος Παπαδόπουλος, Αθήνα\nΜαρία Ιωάννου\nΣύλλογος Φίλων",
    "windows-1254": TURKISH,
    "windows-1256": "محمد علي، القاهرة\nفاطمة حسن\nجمعية أصدقاء المكتبات",
    "windows-1257": "Jānis Bērziņš, Rīga\nĢirts Kļaviņš\nŽydrūnas Šimkus\nĀrija Ķīse",
    "koi8-r": "Иван Петров, учитель\nМария Соколова, Москва\nОбщество друзей библиотек",
    "iso-8859-5": "Иван Петров, учитель\nМария Соколова, Москва",
}


def words(document):
    return "\n".join(line for _number, line in document.blocks[0].lines)


@pytest.mark.medium
@pytest.mark.parametrize("encoding", LISTS)
def test_the_encoding_of_a_list_is_guessed_and_said(encoding):
    document = read(LISTS[encoding].encode(encoding))
    assert words(document) == LISTS[encoding]
    assert document.encoding_guessed


@pytest.mark.medium
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_no_guess_but_where_no_mark_says_it(encoding):
    document = read(TURKISH.encode(encoding))
    assert words(document) == TURKISH
    assert document.encoding_guessed == (encoding in ("utf-16-le", "utf-16-be"))


@pytest.mark.medium
def test_a_wrong_guess_is_changed_by_hand():
    assert words(read(b"Jos\xe9")) == "José"
    document = read(b"Jos\xe9", encoding="windows-1251")
    assert (words(document), document.encoding_guessed) == ("Josй", False)


@pytest.mark.medium
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_encoding_that_is_offered_can_be_read(encoding):
    assert words(read("Jane Roe".encode(encoding), encoding=encoding)) == "Jane Roe"


@pytest.mark.medium
def test_lines_have_their_numbers_and_one_blank_parts_groups():
    document = read(b"Jane Roe\r\nDirector\r\n\r\n \r\nJohn Poe\r\n")
    assert document.kind is Kind.TEXT
    lines = [(1, "Jane Roe"), (2, "Director"), (3, ""), (5, "John Poe")]
    assert document.blocks == [TextBlock(lines)]


def written(rows, **options):
    out = io.StringIO(newline="")
    csv.writer(out, **options).writerows(rows)
    return out.getvalue().encode()


ROWS = [
    ["Name", "Organization", "Remark"],
    ["Jane Roe", 'Friends of "Branch; Libraries", Millbrook', "two\nlines"],
    ["John Poe", "", "=HYPERLINK(1)"],
    ["Ana Lima", "River, Clean | Up", "-"],
]


@pytest.mark.medium
@pytest.mark.parametrize("delimiter", ["\t", ";", ",", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_what_spreadsheets_save_comes_back_with_the_numbers_of_its_lines(delimiter, quoting):
    document = read(written(ROWS, delimiter=delimiter, quoting=quoting), "names.csv")
    assert (document.kind, document.delimiter) == (Kind.CSV, delimiter)
    assert document.blocks == [TableBlock("", list(zip((1, 2, 4, 5), ROWS, strict=True)))]
    assert document.notes == []


@pytest.mark.medium
def test_the_delimiter_is_told_by_all_lines_and_not_by_the_first():
    lines = ["Signed by, as of today:", *(f"Jane {n}, Dr.;Org {n}, Inc.;{n}" for n in range(9))]
    document = read("\n".join(lines).encode())
    assert document.delimiter == ";"
    assert document.blocks[0].rows[1] == (2, ["Jane 0, Dr.", "Org 0, Inc.", "0"])


@pytest.mark.medium
@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe, Director, Friends of Libraries\nJohn Poe, Clerk, River Watch",
        "Jane Roe; John Poe; Mary Doe\nAna Lima; Omar Said; Li Wei",
        "Jane Roe,Director",
    ],
)
def test_a_list_with_commas_in_it_is_lines(text):
    assert read(text.encode(), "names.csv").kind is Kind.TEXT


@pytest.mark.medium
def test_names_with_commas_in_quotation_marks_are_one_column():
    document = read(b'"Roe, Jane"\n"Poe, John"\n')
    assert document.blocks == [TableBlock("", [(1, ["Roe, Jane"]), (2, ["Poe, John"])])]


@pytest.mark.medium
def test_excels_own_first_line_says_the_delimiter():
    document = read(b"sep=|\nName|Org\nRoe|Friends\n")
    assert document.blocks == [TableBlock("", [(2, ["Name", "Org"]), (3, ["Roe", "Friends"])])]


@pytest.mark.medium
def test_a_quotation_mark_that_nothing_closes_swallows_no_names():
    data = b'Name,Org\n"Jane,A\n' + b"John,B\n" * 200
    document = read(data)
    assert document.blocks[0].rows[1:3] == [(2, ['"Jane', "A"]), (3, ["John", "B"])]
    assert len(document.blocks[0].rows) == 202
    assert "quotation mark" in document.notes[0][1]


@pytest.mark.medium
def test_invisible_characters_are_removed_and_said():
    document = read("Jane\u200b Roe\u202e\nJohn".encode())
    assert words(document) == "Jane Roe\nJohn"
    assert document.notes == [(0, "Invisible characters were removed.")]
