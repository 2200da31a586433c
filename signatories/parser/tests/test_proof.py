"""A line is sure where known words speak for each of its fields, or the lines beside it do."""

import pytest

from signatories.parser import numbered_lines, read_block
from signatories.parser.parsed import UNPROVED

KNOWN = "Maria Brook, teacher, Leeds\nJohn Carter, nurse, York\nAnna Miller, doctor, Bristol"


def last_of(line, beside=KNOWN):
    return read_block(numbered_lines(f"{beside}\n{line}")).lines[-1]


def test_known_words_prove_a_line():
    assert last_of("Peter Stone, chair, Alder Trust, Leeds").is_sure


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Torvik Hasl Brenne, teacher, Leeds", "“Torvik Hasl Brenne” may not"),
        ("Peter Stone, teacher, Leeds (XQ)", "Only its place tells"),
        ("Peter Stone", "“Peter Stone” may not be a name."),
    ],
)
def test_what_no_known_word_proves_waits_for_a_look(line, said):
    row = last_of(line)
    assert not row.is_sure
    assert any(doubt.startswith(said) for doubt in row.doubts)


def test_bare_names_prove_each_other():
    row = last_of("Peter Stone", "Maria Brook\nJohn Carter\nAnna Miller")
    assert row.is_sure


def test_what_may_be_a_town_is_no_country():
    row = last_of("Maria Serra, Vic")
    assert not row.is_sure


def test_a_name_with_a_gap_is_in_doubt():
    row = last_of("Mr and Mrs Peter Stone, Leeds")
    assert not row.is_sure


def test_a_list_that_only_lacks_proof_is_not_refused():
    names = ("Torvik Hasl Brenne", "Quenna Vold Trask", "Torvik Oln Brenne", "Havik Oln Drusse")
    block = read_block(numbered_lines("\n".join(names)))
    assert [row.confidence for row in block.lines] == [UNPROVED] * 4
    assert not block.looks_like


@pytest.mark.parametrize(
    ("line", "is_sure"),
    [
        ("Gareth Pugh, LUX Lanterns, LLC", True),
        ("Harriet Vance, Oregon Norwegians (OreNor), Portland, OR", True),
        ("Harriet Vance, Oregon Norwegians (Lynx), Portland, OR", False),
        ("Dr. Solveig Brandt, NYC, NY", True),
    ],
)
def test_a_body_that_names_itself_and_a_known_short_name_of_a_town_are_proof(line, is_sure):
    assert last_of(line).is_sure == is_sure
