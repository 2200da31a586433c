"""What stands side by side in a line, and what stands apart from a list."""

import pytest

from signatories.parser import numbered_lines, read_block


def read(*lines):
    return read_block(numbered_lines("\n".join(lines))).lines


def signers(*lines):
    return [line.name or line.organization for line in read(*lines)]


@pytest.mark.parametrize("mark", ["\t", "   ", " | ", " / "])
def test_names_in_columns_are_each_somebody(mark):
    rows = signers("Supporters", f"Ada Brook{mark}Okko Tjaden", f"Jon Eklund{mark}Nia Rowe")
    assert rows == ["Ada Brook", "Okko Tjaden", "Jon Eklund", "Nia Rowe"]


@pytest.mark.parametrize("beside", [("River Trust", "Mill Museum"), ("Leeds", "York")])
def test_columns_of_bodies_and_of_towns_are_no_names(beside):
    assert signers(f"Ada Brook\t{beside[0]}", f"Jon Eklund\t{beside[1]}") == [
        "Ada Brook",
        "Jon Eklund",
    ]


def test_two_of_one_family_sign_where_no_organization_does():
    couple, bodies = "Tobsha and Wren Calloway", ("River Trust", "Mill Museum")
    people = signers(couple, "Ada Brook", "Jon Eklund")
    assert people[:2] == ["Tobsha Calloway", "Wren Calloway"]
    assert len(read(couple, *bodies)) == 3


@pytest.mark.parametrize(
    "words",
    ["Firman este manifiesto", "Diesen Aufruf unterzeichnen", "Signent cet appel", "Подписали это"],
)
def test_names_stand_behind_a_verb_of_signing(words):
    rows = signers(f"{words} Ada Brook, Jon Eklund, Nia Rowe.")
    assert rows == ["Ada Brook", "Jon Eklund", "Nia Rowe"]


def test_a_chat_is_read_without_who_wrote_it_and_without_chatter():
    rows = signers(
        "[09.04, 21:14] Kim: go on",
        "[09.04, 21:15] Kim: Ada Brook, potter",
        "[09.04, 21:19] Jo: and Jon Eklund, baker",
        "[09.04, 21:22] Jo: Nia Rowe, cook",
    )
    assert rows == ["Ada Brook", "Jon Eklund", "Nia Rowe"]


@pytest.mark.parametrize(
    "heading",
    [
        "Unions and networks behind the call",
        "Verbände, die den Aufruf tragen",
        "Общественные организации и инициативы региона",
        "المنظمات الداعمة للبيان",
    ],
)
def test_a_heading_of_a_kind_is_told_without_a_mark(heading):
    rows = read(heading, "River Trust (Ada Brook, chair)", "Mill Museum", "Harbour Society")
    assert [row.kind for row in rows] == ["organization"] * 3
    assert rows[0].name == "Ada Brook"


def test_names_of_bodies_that_begin_as_headings_do_stay():
    names = ["Groups Against Waste", "Churches Together in Ayr", "Networks of Care"]
    assert signers(*names) == names


PEOPLE = ("Ada Brook, potter, York", "Jon Eklund, baker, York", "Nia Rowe, cook, York")


@pytest.mark.parametrize(
    "last",
    [
        ("All best", "from the campaign office"),
        ("Danke und Grüße", "vom Büro"),
        ("(List continues overleaf)",),
        ("[further names to follow]",),
        ("Sheet checked 3 May",),
    ],
)
def test_what_ends_a_list_in_another_shape_is_nobody(last):
    assert signers(*PEOPLE, "", *last) == ["Ada Brook", "Jon Eklund", "Nia Rowe"]


def test_a_title_with_marks_of_its_own_is_nobody():
    title = "SIGN-UP SHEET – Saturday stall (typed by Kim)"
    assert signers(title, "", "Brook, Ada", "Eklund, Jon", "Rowe, Nia")[0] == "Ada Brook"


def test_a_line_of_as_many_parts_as_the_others_is_no_sentence():
    rows = signers(
        "سامي الحداد - مدير - مركز الجسر للحوار",
        "ليلى منصور - رئيسة - جمعية الميناء القديم",
        "طارق أبو سنبلة - أمين عام - نقابة صيادي الساحل",
    )
    assert len(rows) == 3


def test_a_footnote_that_is_not_understood_asks_for_a_look():
    rows = read("Ada Brook, chair, River Trust*", "Jon Eklund, baker", "", "* chosen by lot")
    assert [row.is_sure for row in rows] == [False, True]


def test_a_body_may_begin_with_the_word_of_a_role():
    rows = read(
        "Ada Brook, secretary, Student Housing Network",
        "Jon Eklund, chair, River Trust",
        "Nia Rowe, treasurer, Mill Museum",
    )
    assert (rows[0].role, rows[0].organization) == ("secretary", "Student Housing Network")


def test_the_country_of_the_heading_holds_for_the_towns_below():
    rows = read("Ireland", "Ada Brook, River Trust, Athlone", "Jon Eklund, Mill Museum, Galway")
    assert [row.country for row in rows] == ["IE", "IE"]


def test_a_heading_that_is_no_known_country_asks_for_a_look():
    lines = ("Armenia", "River Trust", "", "Nowhereland", "Mill Museum", "", "Norway", "Sea Trust")
    assert [(row.country, row.is_sure) for row in read(*lines)] == [
        ("AM", True),
        ("", False),
        ("NO", True),
    ]


def test_georgia_is_the_country_among_countries():
    rows = read("Ada Brook, Germany", "Jon Eklund, Georgia", "Nia Rowe, Poland", "Ben Cole, Spain")
    assert rows[1].country == "GE"


def test_a_city_is_read_before_the_region_of_its_name():
    rows = read("Ada Brook, médica, São Paulo", "Jon Eklund, músico, Rio de Janeiro")
    assert [(row.city, row.country) for row in rows] == [
        ("São Paulo", "BR"),
        ("Rio de Janeiro", "BR"),
    ]


def test_a_word_that_the_end_of_a_line_parts_is_one():
    rows = read("Ada Brook, Policy Offi-", "cer, River Trust", "Jon Eklund, baker, York")
    assert [row.name for row in rows] == ["Ada Brook", "Jon Eklund"]
    assert (rows[0].role, rows[0].organization) == ("Policy Officer", "River Trust")


def test_an_office_between_names_belongs_to_the_name_behind_it():
    rows = read("Also signed by Ada Brook, Jon Eklund, the Mayor of York, Nia Rowe and Ben Cole.")
    assert [(row.name, row.role) for row in rows] == [
        ("Ada Brook", ""),
        ("Jon Eklund", ""),
        ("Nia Rowe", "Mayor of York"),
        ("Ben Cole", ""),
    ]


def test_surnames_by_the_alphabet_stand_behind_the_given_names():
    rows = signers("Aklund Jon", "Brook Ada", "Cole Ben", "Rowe Nia")
    assert rows == ["Jon Aklund", "Ada Brook", "Ben Cole", "Nia Rowe"]


def test_others_and_headings_with_letters_are_nobody():
    lines = ("A. Rumah", "River Trust", "Mill Museum", "Sea Trust", "B. Orang", "Ada Brook")
    assert signers(*lines, "Jon Eklund", "and others") == [
        "River Trust",
        "Mill Museum",
        "Sea Trust",
        "Ada Brook",
        "Jon Eklund",
    ]


def test_a_column_of_answers_holds_nobody_and_a_postcode_is_no_town():
    rows = read(
        "Nr.;Vorname;Nachname;Firma / Verein;Für den Verein?;PLZ Ort",
        "1;Ada;Brook;River Trust;Nein;72072 York",
        "2;Jon;Eklund;;Nein;72108 Leeds",
        "3;Nia;Rowe;Mill Museum;Ja;72119 Hull",
    )
    assert [row.organization for row in rows] == ["River Trust", "", "Mill Museum"]
    assert [row.city for row in rows] == ["York", "Leeds", "Hull"]


def test_words_over_a_column_of_numbers_name_the_columns():
    rows = signers("Zap|Ihm|Yol", "1|Ada Brook|York", "2|Jon Eklund|Hull", "3|Nia Rowe|York")
    assert rows == ["Ada Brook", "Jon Eklund", "Nia Rowe"]
