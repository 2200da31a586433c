"""Titles, roles, towns and countries as lists outside of western Europe have them."""

import pytest

from signatories.parser import numbered_lines, parse_line, read_block


@pytest.mark.parametrize(
    ("line", "name", "role", "organization", "town"),
    [
        ("Shri K. R. Venkat, teacher, Madurai", "K. R. Venkat", "teacher", "", "Madurai"),
        ("Hj. Maimunah Sari, guru, Medan", "Maimunah Sari", "guru", "", "Medan"),
        ("doc. dr. sc. Jasenka Perko, Zagreb", "Jasenka Perko", "", "", "Zagreb"),
        ("ትዕግስት ተስፋዬ፣ መምህርት፣ ጎንደር", "ትዕግስት ተስፋዬ", "መምህርት", "", "ጎንደር"),
        ("ნანა ბერიძე, ექიმი, ფოთი", "ნანა ბერიძე", "ექიმი", "", "ფოთი"),
        ("Ann Poe, for the Alder Wood Trust", "Ann Poe", "", "Alder Wood Trust", ""),
    ],
)
def test_each_part_is_read(line, name, role, organization, town):
    row = parse_line(line)
    assert (row.name, row.role, row.organization, row.city) == (name, role, organization, town)


def test_a_capacity_behind_a_hyphen_leaves_the_organization():
    row = parse_line("Ann Poe, Head of Research, Alder Institute - personal capacity")
    assert (row.organization, row.mark) == ("Alder Institute", "personal_capacity")


def test_what_cars_carry_tells_the_country():
    lines = "Eva Roth, Lienz (A)\nUrs Graf, Chur (CH)\nGesa Ohl, Husum (D)\nMia Egli, Thun (CH)"
    rows = read_block(numbered_lines(lines)).lines
    assert [(row.city, row.country) for row in rows] == [
        ("Lienz", "AT"), ("Chur", "CH"), ("Husum", "DE"), ("Thun", "CH"),
    ]  # fmt: skip
