"""Blocks of many shapes and languages, read; run with `-s` to see the figures."""

import pytest

from signatories.parser.tests import scoring


@pytest.fixture(scope="module")
def tuned():
    return scoring.score_half("tuned")


@pytest.mark.medium
def test_nobody_is_lost_and_no_organization_invented(tuned):
    assert (tuned.lost, tuned.invented_organizations) == (0, 0)


@pytest.mark.medium
def test_the_fields_are_right(tuned):
    assert tuned.of_fields >= 0.95
    assert tuned.of_lines >= 0.85


@pytest.mark.medium
def test_what_is_wrong_is_said_to_be_unsure(tuned):
    assert tuned.of_sure <= 0.02


# What each set reached: fields, lines, sure and wrong, lost, invented organizations.
REACHED = {
    "tuned_second": (0.97, 0.95, 0.02, 0, 0),
    "tuned_third": (0.98, 0.96, 0.02, 0, 0),
    "tuned_fourth": (0.95, 0.92, 0.01, 1, 5),
    "tuned_fifth": (0.97, 0.95, 0.01, 0, 1),
    "tuned_sixth": (0.98, 0.96, 0.01, 1, 1),
    "tuned_seventh": (0.95, 0.93, 0.01, 1, 1),
    "tuned_eighth": (0.98, 0.965, 0.01, 0, 0),
    "tuned_ninth": (0.99, 0.985, 0.01, 0, 0),
    "tuned_tenth": (0.98, 0.97, 0.01, 0, 0),
    "tuned_eleventh": (0.86, 0.72, 0.05, 0, 10),
}


@pytest.mark.medium
@pytest.mark.parametrize("name", REACHED)
def test_blocks_that_were_held_out_before_are_read_no_worse(name):
    fields, lines, wrong, lost, invented = REACHED[name]
    score = scoring.score_half(name)
    assert score.of_fields >= fields
    assert score.of_lines >= lines
    assert score.of_sure <= wrong
    assert score.lost <= lost
    assert score.invented_organizations <= invented


def test_every_set_is_held_to_what_it_reached():
    sets = {folder.name for folder in scoring.CORPUS.glob("tuned_*")}
    assert sets == set(REACHED)


def test_a_score_counts_what_is_lost_wrong_and_invented():
    block = {
        "shape": "list",
        "lines": ["Ada Brook, Leeds, UK", "Alder Trust"],
        "expected": [
            {"line": 1, "name": "Ada Brooke", "town": "Leeds", "country": "GB"},
            {"line": 3, "name": "Jon Eklund"},
        ],
    }
    score = scoring.score_block(block)
    assert (score.signatories, score.right, score.lost, score.invented_organizations) == (
        2,
        0,
        1,
        1,
    )
    assert score.silently_wrong == 2
    assert score.fields_right["town"] == 1
