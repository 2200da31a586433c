"""Blocks that are laid out in unusual ways: what is read of them, in short."""

import pytest

from signatories.parser import numbered_lines, read_block, read_rows

JANE = ("Jane Brook", "chair", "River Trust")
PETER = ("Peter Lund", "nurse", "")
LAYOUTS = {
    "two columns": ("Jane Brook, chair, River Trust\tPeter Lund, nurse\nMary Ash\tTom Reed", 4),
    "cards, the organization first": (
        "River Trust\nJane Brook\nchair\n\nMill Club\nMary Ash\nsecretary\n\nLock Club\nTom Reed",
        3,
    ),
    "cards without a blank line": (
        "Jane Brook\nchair, River Trust\nPeter Lund\nnurse\nMary Ash\npoet, Bath", 3,
    ),
    "cards of which the names are counted": (
        "1. Jane Brook\n   chair\n   River Trust\n2. Peter Lund\n   nurse", 2,
    ),
    "a name and a body in turn": (
        "Mary Ash\nLock Club\nTom Reed\nMill Society\nAda Quill\nReed Trust", 3,
    ),
    "labels in one line": (
        "Name: Jane Brook; Role: chair; Organisation: River Trust\nName: Peter Lund; Role: nurse",
        2,
    ),
    "labels below names": (
        "Jane Brook\n  Role: chair\n  Organisation: River Trust\nPeter Lund\n  Role: nurse", 2,
    ),
    "columns of a fixed width": (
        "Name        Role   Organisation\nJane Brook  chair  River Trust\nPeter Lund  nurse", 2,
    ),
    "a table in HTML": (
        "<tr><th>Name</th><th>Role</th><th>Group</th></tr>\n"
        "<tr><td>Jane Brook</td><td>chair</td><td>River Trust</td></tr>\n"
        "<tr><td>Peter Lund</td><td>nurse</td><td></td></tr>", 2,
    ),
    "a table of a wiki": (
        "{|\n! Name !! Role !! Group\n|-\n| Jane Brook || chair || River Trust\n|-\n"
        "| Peter Lund || nurse ||\n|}", 2,
    ),
    "a table whose headers no list knows": (
        "Who\tDoes what\tStands by\nJane Brook\tchair\tRiver Trust\nPeter Lund\tnurse\t", 2,
    ),
    "wrapped lines": ("Jane Brook, chair,\n   River Trust\nPeter Lund, nurse\nMary Ash, poet", 3),
    "times in front": (
        "2026-03-12 10:22 Jane Brook, chair, River Trust\n2026-03-12 10:25 Peter Lund, nurse", 2,
    ),
    "letters in front": (
        "a) Jane Brook, chair, River Trust\nb) Peter Lund, nurse\nc) Mary Ash, poet", 3,
    ),
    "headings that only their place tells": (
        "Of the quays\nJane Brook, chair, River Trust\nPeter Lund, nurse\n\n"
        "Of the towers\nMary Ash, poet\nTom Reed, baker", 4,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "count"), LAYOUTS.values(), ids=LAYOUTS)
def test_each_layout_gives_its_signatories(text, count):
    block = read_block(numbered_lines(text))
    read = [(row.name, row.role, row.organization) for row in block.lines]
    assert len(read) == count
    assert JANE in read or "Jane" not in text
    assert PETER in read or "Peter" not in text


def test_a_bare_organization_among_persons_is_unsure():
    people = ["Jane Brook, nurse", "Peter Lund, Leeds", "Mary Ash", "Tom Reed", "Ada Quill"]
    *_, body = read_block(list(enumerate([*people, "River Trust"], start=1))).lines
    assert body.organization == "River Trust"
    assert not body.is_sure


def test_where_many_lines_are_unsure_the_others_are_unsure_too():
    lines = ["Zorbo, Quux Narf", "Blip", "Jane Brook, chair, River Trust", "Fnord, Xyzzy Plugh"]
    rows = read_block(list(enumerate(lines, start=1))).lines
    assert not any(row.is_sure for row in rows)
    assert read_block([(1, lines[2])]).lines[0].is_sure


@pytest.mark.parametrize(
    "line",
    [
        "Signatures: Jane Brook, Peter Lund, Mary Ash",
        "This is signed by Jane Brook (River Trust), Peter Lund (nurse), and Mary Ash (poet).",
        "Jane Brook | Peter Lund | Mary Ash",
        "Jane Brook and Peter Lund and Mary Ash, of River Trust",
    ],
)
def test_names_within_a_line_are_each_read(line):
    rows = read_block([(1, line)]).lines
    assert [row.name for row in rows] == ["Jane Brook", "Peter Lund", "Mary Ash"]


def test_counters_of_any_form_and_dates_behind_are_no_part_of_a_name():
    block = "No. 2 – Arthur & Millie Lund\nNo. 5 – Mary Ash\nNo. 7 – Peter Lund, nurse\n\nPage 2\n"
    assert [row.name for row in read_block(numbered_lines(block)).lines] == [
        "Arthur Lund",
        "Millie Lund",
        "Mary Ash",
        "Peter Lund",
    ]
    dated = "\n".join(
        f"#0041{n}  {name}, Leeds – signed {n} May 2024"
        for n, name in enumerate(("Jane Brook", "Peter Lund", "Mary Ash"), start=1)
    )
    rows = read_block(numbered_lines(dated)).lines
    assert [(row.name, row.city) for row in rows] == [
        ("Jane Brook", "Leeds"),
        ("Peter Lund", "Leeds"),
        ("Mary Ash", "Leeds"),
    ]


def test_a_town_in_front_of_each_line_is_its_town():
    block = "Leeds – Jane Brook, nurse\nYork – Peter Lund, poet\nBath – Mary Ash, baker"
    rows = read_block(numbered_lines(block)).lines
    assert [(row.name, row.role, row.city) for row in rows] == [
        ("Jane Brook", "nurse", "Leeds"),
        ("Peter Lund", "poet", "York"),
        ("Mary Ash", "baker", "Bath"),
    ]


def test_codes_of_countries_in_brackets_are_no_states():
    block = "Bündnis Stadtbäume (DE)\nStichting Groene Daken (NL)\nEntraide Fluviale (FR)"
    assert [row.country for row in read_block(numbered_lines(block)).lines] == ["DE", "NL", "FR"]


def test_lines_that_are_counted_are_no_card():
    block = "1. Иван Горанов, учител, гр. Русе\n2. Мария Лозева, лекар, гр. Видин\n3. Петър Зоров"
    rows = read_block(numbered_lines(block)).lines
    assert [(row.name, row.city) for row in rows] == [
        ("Иван Горанов", "Русе"),
        ("Мария Лозева", "Видин"),
        ("Петър Зоров", ""),
    ]


def test_a_line_that_stands_apart_is_unsure():
    block = "Jane Brook, nurse\nPeter Lund, poet\nMary Ash, baker\n\nGreen Tree Trust"
    rows = read_block(numbered_lines(block)).lines
    assert [row.is_sure for row in rows] == [True, True, True, False]


def test_a_column_under_a_header_that_no_list_knows_is_told_by_its_cells_and_unsure():
    rows = [
        (1, ["Name", "What keeps you busy", "Town"]),
        (2, ["Jane Brook", "nurse", "Leeds"]),
        (3, ["Peter Lund", "teacher", "York"]),
    ]
    block = read_rows(rows)
    assert [(row.name, row.role, row.is_sure) for row in block.lines] == [
        ("Jane Brook", "nurse", False),
        ("Peter Lund", "teacher", False),
    ]


def test_a_surname_in_front_is_turned_where_the_header_asks_for_it_and_unsure():
    rows = [(1, ["Nazwisko i imię", "Zawód lub funkcja"]), (2, ["Brzozowicz Anna", "lekarka"])]
    (row,) = read_rows(rows).lines
    assert (row.name, row.role, row.is_sure) == ("Anna Brzozowicz", "lekarka", False)


def test_what_reads_as_a_role_alone_is_kept_as_a_name_that_asks_for_a_look():
    block = "Students for Slow Travel\nRiver Trust\nMill Union\nLock Club"
    first = read_block(numbered_lines(block)).lines[0]
    assert (first.organization, first.is_sure) == ("Students for Slow Travel", False)
