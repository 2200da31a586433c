"""What the lines of a block tell together: headings of towns, codes, senders, sentences."""

import pytest

from signatories.parser import numbered_lines, read_block, read_rows


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


OTHERS = ("Ada Brook, potter", "Jon Eklund, baker", "Nia Rowe, cook", "Mary Poole, nurse")


@pytest.mark.parametrize(
    "line",
    [
        "Ben Cole, Oma von vier Enkeln",  # a small word inside is no organization's word
        "Ben Cole, LOCK KEEPER",
        "Ben Cole, maintainer, footmap",
        "Konrad u. Annemarie Stein, Rentner",
        "наук Евдокия Белова, доцент",
        "Rancho Folclórico da Serra Alta (Guarda)",
        "Chorverein Oderklang e.V. (Frankfurt (Oder))",
        "Okonjo, Ximena - Mayor",
    ],
)
def test_what_differs_from_the_other_lines_is_unsure(line):
    *others, row = read(*OTHERS, line)
    assert [other.is_sure for other in others] == [True] * 4
    assert not row.is_sure


def test_a_mark_whose_footnote_is_not_understood_makes_its_lines_unsure():
    rows = read(
        "Ada Brook, potter*", "Jon Eklund, baker", "Nia Rowe, cook", "", "* na dovolenke do jesene."
    )
    assert [(row.name, row.is_sure) for row in rows] == [
        ("Ada Brook", False),
        ("Jon Eklund", True),
        ("Nia Rowe", True),
    ]


def test_a_mark_of_a_private_person_is_understood():
    rows = read(
        "Ada Brook, potter*",
        "Jon Eklund, baker",
        "Nia Rowe, cook",
        "* podpisuje jako osoba prywatna",
    )
    assert [row.mark for row in rows] == ["personal_capacity", "", ""]


def test_a_heading_of_private_persons_is_no_mark():
    rows = read(
        "Yksityishenkilöt:", "* Ada Brook, potter", "* Jon Eklund, baker", "* Nia Rowe, cook"
    )
    assert [row.mark for row in rows] == ["", "", ""]


def test_a_body_and_its_short_form_are_one_name():
    rows = read("Articulação de Hortas Urbanas – AHU", "Movimento Passarela Já – MPJ")
    assert rows[0].organization == "Articulação de Hortas Urbanas – AHU"
    assert [row.city for row in rows] == ["", ""]


def test_words_that_come_into_no_field_make_a_line_unsure():
    rows = read(*OTHERS, "Ben Cole, baker (at the Mill until spring)")
    assert [row.is_sure for row in rows][:4] == [True] * 4
    assert "baker" in rows[4].role


def test_two_groups_of_bare_names_are_no_cards():
    names = ["Anna Brook", "Wulda Vane", "Oswin Rill", "Zeph Marl"]
    assert len(read(*names, "", *names)) == 8


def test_names_in_bold_over_what_they_do_are_no_headings():
    rows = read(
        "**Ada Brook**",
        "Director",
        "Museum of Lamps",
        "",
        "**Wulda Vane**",
        "Curator",
        "Lantern Trust",
        "",
        "**Jon Eklund**",
        "Teacher",
        "Larkrise School",
    )
    assert [(row.name, row.role) for row in rows] == [
        ("Ada Brook", "Director"),
        ("Wulda Vane", "Curator"),
        ("Jon Eklund", "Teacher"),
    ]


def test_hard_blanks_are_blanks():
    rows = read("Many thanks for all:", *(line.replace(" ", "\u00a0") for line in OTHERS))
    assert [(row.name, row.role) for row in rows][:2] == [
        ("Ada Brook", "potter"),
        ("Jon Eklund", "baker"),
    ]


def test_labelled_cards_with_numbers_and_a_mail_around_them():
    rows = read(
        "Dear all,",
        "",
        "1. Name: Ada Brook",
        "Role: potter",
        "",
        "2. Name: Jon Eklund",
        "Role: baker",
        "",
        "Best wishes",
        "Kim",
    )
    assert [(row.name, row.role) for row in rows if row.role] == [
        ("Ada Brook", "potter"),
        ("Jon Eklund", "baker"),
    ]


def test_a_pair_behind_a_semicolon_is_unsure_where_the_second_may_be_a_town():
    assert not any(row.is_sure for row in read("Duncan Reeve; Ashby Cross"))


def test_two_numbered_columns_are_read_one_below_the_other():
    rows = signers(
        "1. Aldous Merri          4. Faye Burnaby",
        "2. Wulda Vane            5. Oswin Rill",
        "3. Zeph Marl             6. Ysolt Orr",
    )
    assert sorted(rows) == [
        "Aldous Merri", "Faye Burnaby", "Oswin Rill", "Wulda Vane", "Ysolt Orr", "Zeph Marl",
    ]  # fmt: skip


def test_a_row_with_a_known_word_in_it_is_no_header_again():
    rows = [
        ["Full name", "Role", "May we publish your name?", "Remarks"],
        ["Ada Brook", "potter", "Yes", ""],
        ["Jon Eklund", "farmer", "No", "Please do not print my name"],
    ]
    found = read_rows(list(enumerate(rows, start=1))).lines
    assert [(row.name, row.may_publish) for row in found] == [
        ("Ada Brook", True),
        ("Jon Eklund", False),
    ]


def test_names_above_roles_alone_are_unsure():
    rows = read(
        "Ada Brook", "", "Curator", "", "Jon Eklund", "", "Bookseller", "", "Nia Rowe", "", "Vicar"
    )
    assert not any(row.is_sure for row in rows)


def test_a_country_over_names_is_no_town():
    rows = read(
        "Luxembourg:", "Ada Brook", "Jon Eklund", "", "Singapore:", "Nia Rowe", "Mary Poole"
    )
    assert [(row.city, row.country) for row in rows] == [
        ("", "LU"),
        ("", "LU"),
        ("", "SG"),
        ("", "SG"),
    ]


@pytest.mark.parametrize(
    "greeting", ["Hi Jane", "Hello Jane", "Liebe Jane", "Hola Jane", "Salam Jane"]
)
def test_whom_a_mail_greets_is_unsure(greeting):
    alone = read(f"{greeting}, River Trust")
    above = read(f"{greeting}, River Trust", *OTHERS)
    assert not any(row.is_sure for row in alone + above[:-4])
    assert [row.is_sure for row in above[-4:]] == [True] * 4


def test_a_mark_before_a_bracket_is_a_mark():
    rows = read(
        "Ada Brook* (potter)", "Jon Eklund (baker)", "Nia Rowe (cook)", "* in a personal capacity"
    )
    assert [(row.name, row.mark) for row in rows] == [
        ("Ada Brook", "personal_capacity"),
        ("Jon Eklund", ""),
        ("Nia Rowe", ""),
    ]


def test_a_chat_says_who_wrote_and_that_is_left_out():
    rows = read(
        "[13/11/2026, 18:03:40] Lena: Lena Brook, midwife",
        "[13/11/2026, 18:04:05] +44 7700 900341: Ada Eklund, baker",
        "[13/11/2026, 18:06:52] Pat R: Patricia Rowe, cook",
        "[13/11/2026, 18:07:20] Pat R: great 👍",
    )
    assert [(row.name, row.role) for row in rows] == [
        ("Lena Brook", "midwife"),
        ("Ada Eklund", "baker"),
        ("Patricia Rowe", "cook"),
    ]


def test_cells_between_slashes_are_told_by_their_headers():
    rows = read(
        "SIGN-UP SHEET – Saturday stall",
        "Name / Town / Occupation",
        "Ada Brook / Frome / baker",
        "Jon Eklund / Wells / bus driver",
        "Nia Rowe / Frome / dentist",
        "(sheet 2 is with Kim)",
    )
    assert [(row.name, row.city, row.role) for row in rows] == [
        ("Ada Brook", "Frome", "baker"),
        ("Jon Eklund", "Wells", "bus driver"),
        ("Nia Rowe", "Frome", "dentist"),
    ]


def test_a_column_of_countries_may_hold_codes():
    rows = read("Name | Country", "Ada Brook | IN", "Jon Eklund | UK", "Nia Rowe | DE")
    assert [row.country for row in rows] == ["IN", "GB", "DE"]


def test_a_greeting_and_its_sender_in_one_line_are_nobody():
    rows = read("Від: Оксана <oksana@example.org>", *OTHERS, "", "З повагою, Оксана")
    assert len(rows) == len(OTHERS)


def test_the_last_of_a_sentence_may_have_an_article():
    rows = read(
        "This letter is endorsed by: River Trust, Night Workers' Union, Food Cooperative, "
        "Disability Voice Scotland and the Alder Youth Council."
    )
    assert rows[-1].organization == "Alder Youth Council"


def test_a_couple_may_have_a_double_name():
    rows = read("Ben and Louisa Marchetti-Dean", *OTHERS)
    assert [row.name for row in rows[:2]] == ["Ben Marchetti-Dean", "Louisa Marchetti-Dean"]
