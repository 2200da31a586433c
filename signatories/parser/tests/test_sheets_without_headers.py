"""A sheet without known headers: nothing of it is sure, but one column is read as a list."""

import pytest

from signatories.parser import SURE, read_block, read_rows

PEOPLE = (
    ("Jane Roe", "Teacher", "Leeds"), ("John Poe", "Librarian", "York"),
    ("Ann Doe", "Nurse", "Hull"), ("Mary Major", "Baker", "Bath"),
)  # fmt: skip


def numbered(rows):
    return [(number, list(cells)) for number, cells in enumerate(rows, 1)]


@pytest.mark.parametrize(
    "rows",
    [
        PEOPLE,
        [(name, town) for name, _role, town in PEOPLE],
        [(f"{name}, {role}", town) for name, role, town in PEOPLE],
        [("", name, "x1", town) for name, _role, town in PEOPLE],
        [("Foo", "Bar", "Baz"), *PEOPLE],
    ],
)
def test_nothing_is_sure_where_only_the_cells_tell_what_columns_hold(rows):
    found = read_rows(numbered(rows)).lines
    assert len(found) >= len(PEOPLE)
    assert [line.name for line in found if line.confidence >= SURE] == []


def test_known_headers_and_columns_that_somebody_named_are_sure():
    headed = read_rows(numbered([("Name", "Role", "Town"), *PEOPLE])).lines
    by_hand = read_rows(numbered(PEOPLE), columns=["name", "role", "town"]).lines
    for found in (headed, by_hand):
        assert [line.confidence >= SURE for line in found] == [True] * len(PEOPLE)


def test_one_column_is_a_list_as_in_a_text():
    lines = [(f"{name}, {role}, {town}, UK",) for name, role, town in PEOPLE]
    sheet = read_rows(numbered(lines)).lines
    text = read_block([(number, cells[0]) for number, cells in numbered(lines)]).lines
    assert [line.name for line in sheet] == [line.name for line in text]
    assert [line.confidence >= SURE for line in sheet] == [True] * len(PEOPLE)
