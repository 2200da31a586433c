from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casa.lib.testing import slow_texts
from signatories.parser import (
    Shape,
    numbered_lines,
    parse_block,
    parse_line,
    read_block,
    read_rows,
)
from signatories.parser.text import MAX_LINE

BLOCKS = json.loads((Path(__file__).parent / "data" / "blocks.json").read_text(encoding="utf-8"))
FIELDS = ("honorific", "name", "credentials", "role", "organization", "city", "region", "country")
LINES = [line["original"] for block in BLOCKS for line in block["lines"]]
ASKED = {"mark", "may_publish", "email", "consent", "doubts", "ror", "registration"}
KEYS = {"line", "original", "kind", *FIELDS, "confidence", "notes", *ASKED}


@pytest.mark.parametrize("block", BLOCKS, ids=[block["shape"] for block in BLOCKS])
def test_every_field_is_as_a_careful_reader_puts_it(block):
    numbered = list(enumerate((line["original"] for line in block["lines"]), start=1))
    for parsed, expected in zip(parse_block(numbered), block["lines"], strict=True):
        read = {field: getattr(parsed, field) for field in ("kind", *FIELDS)}
        wanted = {field: expected.get(field, "") for field in ("kind", *FIELDS)}
        assert read == wanted, expected["original"]
        assert parsed.is_doubtful == expected["unsure"], (expected["original"], parsed)
        assert parsed.notes or not expected["unsure"]


def test_there_are_lines_enough_to_mean_something():
    assert len(LINES) >= 150
    assert len(set(LINES)) == len(LINES)


def test_a_parsed_line_is_the_contract():
    parsed = parse_line("Jane Roe, River Trust, Leeds, UK", line=7).as_dict()
    assert set(parsed) == KEYS
    assert parsed["line"] == 7
    assert json.loads(json.dumps(parsed)) == parsed
    assert all(isinstance(parsed[field], str) for field in FIELDS)


def test_a_block_skips_headings_and_blank_lines_and_keeps_numbers_and_words():
    block = (
        "\ufeffSubmitted by,\r\n\r\n1. Jane Roe, Leeds, UK\r\n-----\r\n  • River Trust, OR  \r\n"
    )
    assert numbered_lines(block) == [
        (1, "Submitted by,"), (3, "1. Jane Roe, Leeds, UK"), (5, "  • River Trust, OR  "),
    ]  # fmt: skip
    person, organization = parse_block(numbered_lines(block))
    assert (person.line, person.name) == (3, "Jane Roe")
    assert (organization.original, organization.organization) == (
        "  • River Trust, OR  ",
        "River Trust",
    )


@pytest.mark.parametrize(
    "heading",
    ["Submitted by,", "Signed:", "SIGNATORIES", "Signatories (19)", "Sincerely,", "İmzalayanlar:"],
)
def test_headings_are_no_signatories(heading):
    block = read_block(numbered_lines(f"{heading}\nJane Roe"))
    assert [line.line for line in block.lines] == [2]
    assert [(left.line, left.original) for left in block.left_out] == [(1, heading)]


def test_a_surname_comes_first_only_where_the_whole_block_says_so():
    inverted = parse_block([(1, "Roe, Jane"), (2, "Poe, John"), (3, "Doe, Mary Ann")])
    assert [parsed.name for parsed in inverted] == ["Jane Roe", "John Poe", "Mary Ann Doe"]
    mixed = parse_block([(1, "Roe, Jane"), (2, "John Poe, Leeds"), (3, "Mary Doe, York, UK")])
    assert mixed[1].name == "John Poe"


def test_the_other_lines_tell_the_country_of_a_city_of_many():
    lines = ["Jane Roe, Leeds, UK", "John Poe, Bath, UK", "Mary Doe, York, UK", "Ann Coe, Ashford"]
    assert parse_block(enumerate(lines, start=1))[3].country == "GB"


STANZAS = """Greta Holm
President, Coalition for Heritage Schools

Ferran Puig, Ph.D.
Executive Director
Mill Museum,
Austin, TX

Ada Brook
Teacher
"""


def test_a_name_with_its_role_and_place_in_the_lines_below_is_one_signatory():
    greta, ferran, ada = read_block(numbered_lines(STANZAS)).lines
    assert (greta.line, greta.name, greta.role) == (1, "Greta Holm", "President")
    assert greta.organization == "Coalition for Heritage Schools"
    assert (ferran.line, ferran.name, ferran.credentials) == (4, "Ferran Puig", "Ph.D.")
    assert (ferran.role, ferran.organization) == ("Executive Director", "Mill Museum")
    assert (ferran.city, ferran.region) == ("Austin", "TX")
    assert ferran.original == "Ferran Puig, Ph.D. / Executive Director / Mill Museum, / Austin, TX"
    assert "Lines 4 to 7" in ferran.notes[0]
    assert (ada.line, ada.role) == (9, "Teacher")


@pytest.mark.parametrize(
    "block",
    [
        "Greta Holm\n\nMill Museum\n\nExecutive Director\n\nAda Brook, Leeds, UK",
        "Greta Holm, Leeds\nJohn Poe, York\n\nAda Brook, Bath\nMill Museum",
        "Greta Holm\nJohn Poe\nAda Brook\n\nFerran Puig",
        "Greta Holm\nMill Museum",
        "Mill Museum\nLeeds, UK\n\nAlder Trust\nYork, UK",
    ],
)
def test_lines_that_are_signatories_of_their_own_stay_so(block):
    lines = numbered_lines(block)
    assert [(row.line, row.original) for row in read_block(lines).lines] == lines


def test_a_role_alone_is_never_surely_a_person():
    for text in ("Executive Director", "President", "Mayor", "Secretary General, Leeds, UK"):
        assert parse_line(text).confidence < 0.8
        assert parse_line(text).name == ""
    assert parse_line("Jane Baker").name == "Jane Baker"


def test_a_row_of_headings_tells_the_columns_and_is_nobody():
    block = read_block(
        numbered_lines(
            "Name | Title | Organization | City\nGreta Holm | Chair | Weir Watch | Leeds, UK\n"
            "Dr. Ferran Puig, PhD | | Mill Museum | Reno, NV\n| | Alder Trust | Salem, OR\n"
            "Ada Brook, Teacher\n"
        )
    )
    greta, ferran, trust, ada = block.lines
    assert (greta.name, greta.role, greta.organization) == ("Greta Holm", "Chair", "Weir Watch")
    assert (greta.city, greta.country) == ("Leeds", "GB")
    assert (ferran.honorific, ferran.name, ferran.credentials) == ("Dr.", "Ferran Puig", "PhD")
    assert (trust.kind, trust.organization, trust.region) == ("organization", "Alder Trust", "OR")
    assert (ada.name, ada.role) == ("Ada Brook", "Teacher")
    assert [number for number, _ in block.notes] == [1]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_cell_in_quotation_marks_is_one_as_spreadsheets_write_it(separator):
    rows = [
        ["Name", "Organization", "City"],
        ["Greta Holm", '"Weir, Mill; Watch"', '"Leeds, UK"'],
        ["", '"Society ""Alder"""', '"Salem, OR"'],
    ]
    block = read_block(numbered_lines("\n".join(map(separator.join, rows))))
    greta, society = block.lines
    assert (greta.name, greta.organization) == ("Greta Holm", "Weir, Mill; Watch")
    assert (greta.city, greta.country, society.city) == ("Leeds", "GB", "Salem")
    assert society.organization == 'Society "Alder"'
    assert greta.original == separator.join(rows[1])


def test_several_names_in_one_line_are_several_signatories():
    rows = parse_block([(3, "Jane Roe; John Poe; and Mary Doe")])
    assert [(row.line, row.name) for row in rows] == [
        (3, "Jane Roe"), (3, "John Poe"), (3, "Mary Doe"),
    ]  # fmt: skip
    assert all(row.original.endswith("and Mary Doe") and row.notes for row in rows)
    one = parse_block([(1, "Percival Stroud; Secretary; Mill Museum; Concord; NH")])
    assert [(row.name, row.role, row.city) for row in one] == [
        ("Percival Stroud", "Secretary", "Concord")
    ]


@pytest.mark.parametrize(
    "end", ["CC: The Council", "cc: Ada Poe", "About the Alder Trust", "Contact(s):", "Contact",
            "Press office", "Media contact: Ada Poe"],
)  # fmt: skip
def test_what_stands_below_the_names_ends_them_and_is_said(end):
    block = read_block(numbered_lines(f"Jane Roe, Leeds\n\n{end}\nPaul Poe, member"))
    assert [row.name for row in block.lines] == ["Jane Roe"]
    assert [number for number, _ in block.notes] == [3, 4]


def test_a_line_of_punctuation_is_left_out_and_said():
    block = read_block(numbered_lines("Jane Roe\n,,,\n-----\nJohn Poe"))
    assert [row.name for row in block.lines] == ["Jane Roe", "John Poe"]
    assert [number for number, _ in block.notes] == [2]


def test_the_party_of_a_legislator_stays_in_the_notes():
    assert "D-NY" in parse_line("Sen. Ada Brook (D-NY)").notes[0]


def test_joiners_stay_in_names_and_bidi_marks_do_not():
    assert parse_line("علی\u200cرضا رضایی").name == "علی\u200cرضا رضایی"
    assert parse_line("\u202eJane\u202c Roe\u200d").name == "Jane Roe"


def test_an_address_in_the_line_is_said_and_kept_out():
    parsed = parse_line("Jane Roe, jane@example.org, +44 20 7946 0018, Leeds, UK")
    assert (parsed.name, parsed.organization, parsed.city) == ("Jane Roe", "", "Leeds")
    assert len(parsed.notes) == 2
    assert "jane@example.org" in parsed.original


@pytest.mark.parametrize(
    ("line", "name", "organization", "role"),
    [
        ("Aldermouth Cyclists e.V., info@x.example.org (Jo Brandt)",
         "Jo Brandt", "Aldermouth Cyclists e.V.", ""),
        ("Jane Roe, jane@x.example.org (River Trust)", "Jane Roe", "River Trust", ""),
        ("Jane Roe, jane@x.example.org (Teacher)", "Jane Roe", "", "Teacher"),
    ],
)  # fmt: skip
def test_a_bracket_behind_an_address_is_taken_without_its_signs(line, name, organization, role):
    read = parse_line(line)
    assert (read.name, read.organization, read.role) == (name, organization, role)


@pytest.mark.parametrize(
    "line", ["Hi Demo, here's the list we talked about :)", "Dear Kim, below is our list"]
)
def test_a_greeting_with_its_sentence_names_nobody(line):
    block = read_block([(1, line), (2, "Jane Roe, Teacher"), (3, "Hi Lind, Teacher")])
    assert [(one.line, one.name) for one in block.lines] == [(2, "Jane Roe"), (3, "Hi Lind")]


def test_what_is_no_name_is_unsure():
    for text in ("", "???", "42", "Berlin, Germany"):
        parsed = parse_line(text)
        assert parsed.confidence < 0.8, text
        assert parsed.notes


@pytest.mark.parametrize(
    "long",
    ["a " * 5_000, "a," * 5_000, '"' * 10_000, "(" * 10_000, "1 " * 5_000, "of " * 3_300],
    ids=lambda text: text[:3],
)
def test_a_very_long_line_is_read_and_kept(long):
    """A pattern that backtracks without end would never come back from these."""
    assert parse_line(long).original == long


_WORDS = sorted({word for line in LINES for word in line.split()})
_UNTIDY = st.lists(st.sampled_from(_WORDS) | st.text(max_size=3), max_size=14).map(" ".join)


@pytest.mark.slow
@settings(deadline=None, max_examples=300)
@given(st.text() | _UNTIDY)
def test_nothing_raises_and_the_line_is_kept(text):
    parsed = parse_line(text, line=3)
    assert (parsed.line, parsed.original) == (3, text)
    assert 0 <= parsed.confidence <= 1
    assert set(parsed.as_dict()) == KEYS
    assert parsed.name or parsed.organization or parsed.confidence < 0.8


@pytest.mark.medium
@settings(deadline=None, max_examples=60)
@given(st.lists(st.text() | _UNTIDY, max_size=6))
def test_a_block_gives_a_row_or_a_note_for_every_line(texts):
    block = read_block(enumerate(texts, start=1))
    said = {number for number, _ in block.notes}
    kept = " / ".join(row.original for row in block.lines)
    assert all(n in said or text.strip() in kept for n, text in enumerate(texts, start=1))
    assert [row.line for row in block.lines] == sorted(row.line for row in block.lines)


@pytest.mark.medium
def test_no_line_keeps_the_reader_busy():
    parse_line("Jane Roe, River Trust, Leeds, UK")  # loads the names of cities
    assert not slow_texts(lambda text: read_block(numbered_lines(text)))


@pytest.mark.slow
def test_many_long_lines_take_time_in_proportion_to_their_length():
    """100 lines as long as they are read, at some 20 ms each; squared they would take minutes."""

    def read(text):
        starts = range(0, len(text), MAX_LINE)
        read_block((start, text[start : start + MAX_LINE]) for start in starts)

    parse_line("Jane Roe, River Trust, Leeds, UK")
    assert not slow_texts(read, limit=6)


def test_the_rows_of_a_spreadsheet_are_read_by_their_headers():
    block = read_rows(
        [
            (1, ["Supporters of the reading room", "", ""]),
            (2, ["Timestamp", "Vor- und Nachname", "E-Mail", "Verein", "Namen veröffentlichen?"]),
            (3, ["1.3.2026", "Dr. Hanna Brück", "h@example.org", "Leseecke", "Ja"]),
            (4, ["1.3.2026", "Jon Eklund", "", "", "Nein"]),
            (5, ["", "", "", "", ""]),
        ]
    )
    hanna, jon = block.lines
    assert block.shape == Shape.TABLE
    assert [column.field for column in block.columns] == [
        "", "name", "email", "organization", "may_publish",
    ]  # fmt: skip
    assert (hanna.line, hanna.honorific, hanna.name) == (3, "Dr.", "Hanna Brück")
    assert (hanna.email, hanna.organization) == ("h@example.org", "Leseecke")
    assert (hanna.may_publish, jon.may_publish) == (True, False)
    assert [number for number, _ in block.notes] == [1, 2]


@pytest.mark.parametrize(
    ("header", "answer"),
    [
        ("May we publish your name?", ""),
        ("May we publish your name?", "yes but only initials"),
        ("Consent", ""),
        ("Dürfen wir Ihren Namen veröffentlichen?", "Ja, aber nur die Initialen"),
        ("Adınızı dərc edə bilərikmi?", "bəli, amma yalnız inisiallar"),
        ("Можно ли опубликовать ваше имя?", "да, но только инициалы"),
    ],
)
def test_a_blank_answer_and_a_yes_with_a_but_are_no_clear_yes(header, answer):
    table = [["Name", "E-mail", header], ["Ada Brook", "a@example.org", "Yes"]]
    table.append(["Jon Eklund", "j@example.org", answer])
    ada, jon = read_rows(enumerate(table, start=1)).lines
    assert ada.may_publish is not False
    assert ada.is_sure
    assert jon.may_publish is None
    assert not jon.is_sure
    assert (answer or "blank") in jon.doubts[0]


def test_a_clear_no_stays_a_no():
    rows = [["Name", "May we publish?"], ["Ada Brook", "I do not agree unless you call me"]]
    assert read_rows(enumerate(rows, start=1)).lines[0].may_publish is False


def test_a_column_that_is_left_out_is_not_told_in_each_line():
    rows = [["Timestamp", "Name", "Remarks"], ["11/6/2026", "Ada Brook", "Thank you. " * 20]]
    assert read_rows(enumerate(rows, start=1)).lines[0].notes == []


@pytest.mark.parametrize(
    "line",
    [
        "Zoë García, River Trust, Aldermouth",
        "Nora Adler, University of Aldermouth, Leeds",
        "Isla García, Friends of Branch Libraries, Harwick",
        "Dr. Jane Roe, Chair, River Trust, Portland, OR",
        "Jane Roe, Freelance Writer, Leeds, UK",
        "Marta Petersen, Chair of the Friends of the Library, Leeds, UK",
    ],
)
def test_a_line_without_capitals_is_read_as_its_capitals_would_be(line):
    (small,) = read_block([(1, line.lower())]).lines
    with_capitals = parse_line(line)
    for field in FIELDS:
        assert getattr(small, field).lower() == getattr(with_capitals, field).lower()
    assert small.original == line.lower()
    assert small.name.islower()
    assert small.is_sure <= with_capitals.is_sure


def test_a_part_without_capitals_that_may_be_a_role_is_unsure():
    assert not parse_line("jane roe, looking after children, leeds").is_sure


@pytest.mark.parametrize(
    ("line", "organization"),
    [
        ("Millbrook Parents' Association (contact: Jane Doe)", "Millbrook Parents' Association"),
        ("Asociación Ribera (contacto: Ana Gil)", "Asociación Ribera"),
    ],
)
def test_a_contact_in_brackets_is_left_out_and_said(line, organization):
    read = parse_line(line)
    assert (read.kind, read.name, read.organization) == ("organization", "", organization)
    assert "a contact does not sign" in read.notes[0]


def test_somebody_from_the_choir_is_a_person_to_be_looked_at():
    pat, jo = parse_line("Pat from the choir"), parse_line("Zuzu from the choir")
    assert (pat.kind, pat.name, pat.organization) == ("person", "Pat", "choir")
    assert not pat.is_sure
    assert not jo.is_sure
    assert parse_line("Voices from the Valley").kind == "organization"


def test_a_surname_in_capitals_in_front_is_said():
    assert "the surname seems to stand first" in parse_line("PETERSEN Marta").notes[0]
    assert parse_line("JANE ROE").notes == []


@pytest.mark.parametrize(
    "line",
    [
        "Already 1,240 signatures and counting",
        "We have reached 1,240 signatures",
        "Artıq 1240 imza toplanıb",
        "Hi all, here are the latest signatures!",
        "Hi everyone, names below",
        "Liebe alle, hier sind die neuesten Unterschriften",
        "Best wishes",
        "Saludos cordiales",
        "Hörmətlə,",
    ],
)
def test_counters_and_the_words_of_a_mail_are_nobody(line):
    block = read_block([(1, "Jane Roe, Leeds, UK"), (2, line), (3, "John Poe, York, UK")])
    assert [row.name for row in block.lines] == ["Jane Roe", "John Poe"]
    assert [number for number, _ in block.notes] == [2]


def test_who_wrote_the_mail_does_not_sign_and_organizations_do():
    mail = ["Best Wishes Foundation", "Jane Roe, Leeds, UK", "Best wishes", "Kim"]
    block = read_block(enumerate(mail, start=1))
    assert [row.line for row in block.lines] == [1, 2]
    assert block.notes[-1] == (4, "Left out: “Kim” stands below the names.")
    letter = read_block(enumerate(["Best wishes", "Kim"], start=1))
    assert [row.name for row in letter.lines] == ["Kim"]


def test_columns_may_be_mapped_by_hand():
    rows = [(1, ["Leeds", "Ada Brook"]), (2, ["York", "Jon Eklund"])]
    lines = read_rows(rows, columns=["town", "name"]).lines
    assert [(row.name, row.city) for row in lines] == [
        ("Ada Brook", "Leeds"),
        ("Jon Eklund", "York"),
    ]
    text = [(1, "Leeds; Ada Brook"), (2, "York; Jon Eklund")]
    assert [row.name for row in read_block(text, columns=["", "name"]).lines] == [
        "Ada Brook", "Jon Eklund",
    ]  # fmt: skip


def test_people_of_one_organization_are_each_a_signatory():
    rows = parse_block([(1, "Natalie Reeve & Omar Siddiq, Harbor Readers, Salem, MA")])
    assert [(row.name, row.organization, row.city) for row in rows] == [
        ("Natalie Reeve", "Harbor Readers", "Salem"), ("Omar Siddiq", "Harbor Readers", "Salem"),
    ]  # fmt: skip


UNREADABLE = [f"{n}\tx{n}\t{n}{n}\t\u2014" for n in range(100, 112)]


def test_a_block_most_of_whose_lines_are_unsure_says_what_it_looks_like():
    table = read_block(enumerate(UNREADABLE, start=1))
    assert table.shape == Shape.TABLE
    assert table.looks_like.startswith("This looks like a table without headers")
    rows = read_rows([(n, line.split("\t")) for n, line in enumerate(UNREADABLE, start=1)])
    assert rows.looks_like
    assert "no line names anybody" in read_block([(1, "-----")]).looks_like.casefold()
    assert not read_block([(1, "Ada Brook, Leeds, UK"), (2, "42")]).looks_like


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("1. Ada Brook\n2. Jon Eklund\n3. Mary Doe", Shape.NUMBERED),
        ("- Ada Brook\n- Jon Eklund\n- Mary Doe", Shape.BULLETED),
        ("Roe, Jane\nPoe, John\nDoe, Mary", Shape.SURNAME_FIRST),
        ("Signed by Jane Roe, John Poe, Mary Doe and Ann Coe", Shape.INLINE),
        ("Name,Town\nAda Brook,Leeds", Shape.TABLE),
        ("Name: Ada Brook\nTown: Leeds\n\nName: Jon Eklund\nTown: York", Shape.CARDS),
        (STANZAS, Shape.CARDS),
        ("Ada Brook\nJon Eklund", Shape.LIST),
        ("", Shape.EMPTY),
    ],
)
def test_a_block_says_its_shape(text, shape):
    assert read_block(numbered_lines(text)).shape == shape


def test_a_footnote_and_a_heading_mark_the_capacity():
    lines = "Ada Brook*, Mill Museum\nJon Eklund, Weir Watch\n* For identification only"
    assert [row.mark for row in parse_block(numbered_lines(lines))] == ["identification_only", ""]
    lines = "Ada Brook, Mill Museum\nIn a personal capacity:\nJon Eklund, Weir Watch"
    assert [row.mark for row in parse_block(numbered_lines(lines))] == ["", "personal_capacity"]


def test_nothing_ends_a_list_for_good_by_one_word():
    text = "Ada Brook, Leeds\nAbout Face Theatre\nJon Eklund\n\n"
    text += "Media contact:\nMary Doe\n\nAnn Coe, York"
    rows = read_block(numbered_lines(text)).lines
    assert [row.name or row.organization for row in rows] == [
        "Ada Brook", "About Face Theatre", "Jon Eklund", "Ann Coe",
    ]  # fmt: skip


def test_the_number_of_a_footnote_marks_and_is_no_part_of_a_name():
    lines = "Ada Brook1, Mill Museum\nJon Eklund, Weir Watch [2]\nMary Doe, personal capacity\n"
    notes = "1. Signing in a personal capacity\n[2] Affiliation for identification only"
    rows = parse_block(numbered_lines(lines + notes))
    assert [(row.name, row.organization, row.mark) for row in rows] == [
        ("Ada Brook", "Mill Museum", "personal_capacity"),
        ("Jon Eklund", "Weir Watch", "identification_only"),
        ("Mary Doe", "", "personal_capacity"),
    ]


def test_a_couple_is_two_people_of_one_family():
    lines = [
        "Mary and Peter Holbrook, Leeds, UK",
        "Hollis & June Tremaine",
        "Hans + Ute Meier, Ulm",
    ]
    read = [(row.name, row.city) for row in parse_block(enumerate(lines, start=1))]
    assert read == [
        ("Mary Holbrook", "Leeds"),
        ("Peter Holbrook", "Leeds"),
        ("Hollis Tremaine", ""),
        ("June Tremaine", ""),
        ("Hans Meier", "Ulm"),
        ("Ute Meier", "Ulm"),
    ]


def test_two_people_have_each_their_role_and_both_the_organization():
    (one, other) = parse_block(
        [(1, "Graham Yeo, Chair, and Tessa Blunt, Secretary, Pruners' Guild")]
    )
    assert (one.name, one.role, one.organization) == ("Graham Yeo", "Chair", "Pruners' Guild")
    assert (other.name, other.role, other.organization) == (
        "Tessa Blunt", "Secretary", "Pruners' Guild"
    )  # fmt: skip


ROLES_FIRST = ["Ada Brook, chair, Weir Trust, Leeds", "Jon Ek, editor, River Press, Leeds"]


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Pia Roe, zorbist, Mill Trust, Leeds", "role", "zorbist"),
        ("Pia Roe, editor, Quenby Larks, Leeds", "organization", "Quenby Larks"),
        ("Pia Roe, editor, Weir Trust, Quenby", "city", "Quenby"),
    ],
)
def test_the_other_lines_tell_what_a_part_is(line, field, value):
    *_, read = parse_block(enumerate([*ROLES_FIRST, line], start=1))
    assert getattr(read, field) == value


def test_a_part_that_only_its_place_tells_is_no_sure_one():
    read = parse_line("Pia Roe, Quenby Larks")
    assert read.organization == "Quenby Larks"
    assert not read.is_sure


def test_surnames_in_capitals_in_front_are_turned_where_most_names_are_so():
    block = ["AUBRAC Lucille, présidente", "DE LA TOUR Odile, libraire", "LE BIHAN Yann"]
    read = [row.name for row in parse_block(enumerate(block, start=1))]
    assert read == ["Lucille AUBRAC", "Odile DE LA TOUR", "Yann LE BIHAN"]


def test_a_patronymic_tells_that_the_surname_stands_first():
    assert parse_line("Берёзкин Илья Андреевич, инженер").name == "Илья Андреевич Берёзкин"
    assert parse_line("Илья Андреевич Берёзкин").name == "Илья Андреевич Берёзкин"


def test_m_is_a_form_of_address_where_ladies_are_addressed():
    block = ["Mme Sabine Roussillon", "M. Yann Le Goff"]
    assert [row.name for row in parse_block(enumerate([*block, *block[:1]], start=1))][1] == (
        "Yann Le Goff"
    )
    assert parse_line("M. Night Roe").name == "M. Night Roe"


@pytest.mark.parametrize(
    "remark",
    [
        "... and 214 more residents",
        "🚲 Bike racks at every station! 🚲",
        "--- halfway there, share the letter! ---",
        "Read more | Share | Print",
        "Is your organization missing? Write to meals@example.org",
    ],
)
def test_remarks_by_their_shape_are_left_out_with_a_note(remark):
    block = read_block([(1, "Jane Roe"), (2, remark), (3, "John Poe")])
    assert [row.name for row in block.lines] == ["Jane Roe", "John Poe"]
    assert [line for line, _ in block.notes] == [2]


def test_a_mark_within_a_hebrew_word_is_no_quotation():
    assert parse_line('ד"ר בועז אלוני, חוקר, מכון הנחלים').name == "בועז אלוני"
