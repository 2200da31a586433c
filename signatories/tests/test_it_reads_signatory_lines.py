from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signatories.blocks import numbered_lines, parse_block, parse_line

BLOCKS = json.loads((Path(__file__).parent / "data" / "blocks.json").read_text(encoding="utf-8"))
FIELDS = ("honorific", "name", "credentials", "role", "organization", "city", "region", "country")
LINES = [line["original"] for block in BLOCKS for line in block["lines"]]
KEYS = {"line", "original", "kind", *FIELDS, "confidence", "notes"}


@pytest.mark.parametrize("block", BLOCKS, ids=[block["shape"] for block in BLOCKS])
def test_every_field_is_as_a_careful_reader_puts_it(block):
    numbered = list(enumerate((line["original"] for line in block["lines"]), start=1))
    for parsed, expected in zip(parse_block(numbered), block["lines"], strict=True):
        read = {field: getattr(parsed, field) for field in ("kind", *FIELDS)}
        wanted = {field: expected.get(field, "") for field in ("kind", *FIELDS)}
        assert read == wanted, expected["original"]
        assert (parsed.confidence < 0.8) == expected["unsure"], (expected["original"], parsed)
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
    assert numbered_lines(block) == [(3, "1. Jane Roe, Leeds, UK"), (5, "  • River Trust, OR  ")]
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
    assert numbered_lines(f"{heading}\nJane Roe") == [(2, "Jane Roe")]


def test_a_surname_comes_first_only_where_the_whole_block_says_so():
    inverted = parse_block([(1, "Roe, Jane"), (2, "Poe, John"), (3, "Doe, Mary Ann")])
    assert [parsed.name for parsed in inverted] == ["Jane Roe", "John Poe", "Mary Ann Doe"]
    mixed = parse_block([(1, "Roe, Jane"), (2, "John Poe, Leeds"), (3, "Mary Doe, York, UK")])
    assert mixed[1].name == "John Poe"


def test_the_other_lines_tell_the_country_of_a_city_of_many():
    lines = ["Jane Roe, Leeds, UK", "John Poe, Bath, UK", "Mary Doe, York, UK", "Ann Coe, Ashford"]
    assert parse_block(enumerate(lines, start=1))[3].country == "GB"


def test_an_address_in_the_line_is_said_and_kept_out():
    parsed = parse_line("Jane Roe, jane@example.org, +44 20 7946 0018, Leeds, UK")
    assert (parsed.name, parsed.organization, parsed.city) == ("Jane Roe", "", "Leeds")
    assert len(parsed.notes) == 2
    assert "jane@example.org" in parsed.original


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


@settings(deadline=None, max_examples=300)
@given(st.text() | _UNTIDY)
def test_nothing_raises_and_the_line_is_kept(text):
    parsed = parse_line(text, line=3)
    assert (parsed.line, parsed.original) == (3, text)
    assert 0 <= parsed.confidence <= 1
    assert set(parsed.as_dict()) == KEYS
    assert parsed.name or parsed.organization or parsed.confidence < 0.8


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text() | _UNTIDY, max_size=6))
def test_a_block_gives_a_row_for_every_line(texts):
    parsed = parse_block(enumerate(texts, start=1))
    assert [row.original for row in parsed] == texts
