"""What the lines of a block tell together: headings of towns, codes, senders, sentences."""

import pytest

from signatories.parser import numbered_lines, read_block


def read(*lines):
    return read_block(numbered_lines("\n".join(lines))).lines


def signers(*lines):
    return [line.name or line.organization for line in read(*lines)]


def test_headings_that_are_towns_place_the_names_below():
    rows = read("NIŠ", "Ada Brook, potter", "Jon Eklund, baker", "", "LEEDS", "Nia Rowe, cook")
    assert [row.city for row in rows] == ["NIŠ", "NIŠ", "LEEDS"]


def test_a_letter_and_a_time_alone_name_nobody():
    rows = signers("A", "Ada Brook, York", "2 hours ago", "B", "Ben Cole, Luton", "1 day ago")
    assert rows == ["Ada Brook", "Ben Cole"]


@pytest.mark.parametrize("codes", [("VS", "NW", "GR"), ("S", "MP", "V"), ("35", "54", "15")])
def test_codes_in_brackets_that_are_no_country_are_left_out(codes):
    rows = read(
        f"Ada Brook, teacher ({codes[0]})",
        f"Jon Eklund, baker ({codes[1]})",
        f"Nia Rowe, cook ({codes[2]})",
    )
    assert [(row.role, row.organization, row.country) for row in rows] == [
        ("teacher", "", ""),
        ("baker", "", ""),
        ("cook", "", ""),
    ]


def test_codes_of_countries_are_countries():
    rows = read("River Trust (DE)", "Mill Trust (FR)", "Hill Trust (ES)", "Sea Trust (PT)")
    assert [row.country for row in rows] == ["DE", "FR", "ES", "PT"]


def test_who_ends_a_mail_is_one_and_unsure():
    rows = read(
        "Ada Brook, potter",
        "Jon Eklund, baker",
        "Nia Rowe, cook",
        "",
        "Best wishes",
        "Kim",
        "",
        "Kim Doyle",
        "Office of the River Campaign",
    )
    assert [row.is_sure for row in rows] == [True, True, True, False]
    assert (rows[3].name, rows[3].kind) == ("Kim", "person")
    assert rows[3].original == "Kim / Kim Doyle / Office of the River Campaign"


def test_names_below_a_greeting_are_not_one():
    rows = signers(
        "Ada Brook", "Jon Eklund", "Nia Rowe", "Best wishes", "Ben Cole", "Mary Poole", "Ann Doe"
    )
    assert rows[3:] == ["Ben Cole", "Mary Poole", "Ann Doe"]


@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("Deze oproep wordt gesteund door Stichting A1, Vereniging Zon, Club De Kade.", "De Kade"),
        ("Hanno aderito all'appello: Circolo Luna, Comitato Sole e Libreria Il Segno.", "Il Segno"),
        ("Обращение подписали: Анна Белова — актриса, Иван Гордин — слесарь, Олег Лук.", "Лук"),
    ],
)
def test_a_sentence_names_each_of_several(line, last):
    rows = read(line)
    assert len(rows) == 3
    assert (rows[-1].name or rows[-1].organization).endswith(last)


def test_small_letters_with_full_stops_are_a_form_of_the_body():
    rows = read(
        "Podporující organizace:", "Tiché hory, z. s.", "Čtenářský klub Lípa", "Dům, o. p. s."
    )
    assert [(row.kind, row.organization) for row in rows] == [
        ("organization", "Tiché hory, z. s."),
        ("organization", "Čtenářský klub Lípa"),
        ("organization", "Dům, o. p. s."),
    ]


def test_a_column_of_numbers_stays_a_column():
    rows = read("No.\tName\tFunction", "1\tAda Brook\tpotter", "2\tJon Eklund\tbaker")
    assert [(row.name, row.role) for row in rows] == [
        ("Ada Brook", "potter"),
        ("Jon Eklund", "baker"),
    ]


def test_a_surname_stands_first_before_a_role_behind_a_dash():
    (row,) = read("Okafor, Ximena - Mayor")
    assert (row.name, row.role, row.is_sure) == ("Ximena Okafor", "Mayor", False)


def test_what_holds_no_letter_is_no_organization():
    rows = read("Ada Brook - ***4512** - Cuenca", "Jon Eklund - ***0931** - Teruel")
    assert [(row.name, row.organization, row.city) for row in rows] == [
        ("Ada Brook", "", "Cuenca"),
        ("Jon Eklund", "", "Teruel"),
    ]
