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


@pytest.fixture(scope="module")
def tuned_second():
    return scoring.score_half("tuned_second")


@pytest.mark.medium
def test_the_blocks_that_were_held_out_before_are_read_no_worse(tuned_second):
    assert tuned_second.of_fields >= 0.97
    assert tuned_second.of_lines >= 0.95
    assert tuned_second.of_sure <= 0.02
    assert tuned_second.lost == 0
    assert tuned_second.invented_organizations == 0


@pytest.fixture(scope="module")
def tuned_third():
    return scoring.score_half("tuned_third")


@pytest.mark.medium
def test_the_blocks_that_were_held_out_last_are_read_no_worse(tuned_third):
    assert tuned_third.of_fields >= 0.98
    assert tuned_third.of_lines >= 0.96
    assert tuned_third.of_sure <= 0.02
    assert (tuned_third.lost, tuned_third.invented_organizations) == (0, 0)


@pytest.fixture(scope="module")
def tuned_fourth():
    return scoring.score_half("tuned_fourth")


@pytest.mark.medium
def test_the_blocks_that_were_held_out_third_are_read_no_worse(tuned_fourth):
    assert tuned_fourth.of_fields >= 0.95
    assert tuned_fourth.of_lines >= 0.92
    assert tuned_fourth.of_sure <= 0.01
    assert tuned_fourth.lost <= 1
    assert tuned_fourth.invented_organizations <= 5


@pytest.fixture(scope="module")
def tuned_fifth():
    return scoring.score_half("tuned_fifth")


@pytest.mark.medium
def test_the_blocks_that_were_held_out_fourth_are_read_no_worse(tuned_fifth):
    assert tuned_fifth.of_fields >= 0.97
    assert tuned_fifth.of_lines >= 0.95
    assert tuned_fifth.of_sure <= 0.01
    assert tuned_fifth.lost == 0
    assert tuned_fifth.invented_organizations <= 1


@pytest.fixture(scope="module")
def tuned_sixth():
    return scoring.score_half("tuned_sixth")


@pytest.mark.medium
def test_the_blocks_that_were_held_out_fifth_are_read_no_worse(tuned_sixth):
    assert tuned_sixth.of_fields >= 0.98
    assert tuned_sixth.of_lines >= 0.96
    assert tuned_sixth.of_sure <= 0.01
    assert tuned_sixth.lost <= 1
    assert tuned_sixth.invented_organizations <= 1


@pytest.fixture(scope="module")
def tuned_seventh():
    return scoring.score_half("tuned_seventh")


@pytest.mark.medium
def test_the_blocks_that_were_held_out_sixth_are_read_no_worse(tuned_seventh):
    assert tuned_seventh.of_fields >= 0.95
    assert tuned_seventh.of_lines >= 0.93
    assert tuned_seventh.of_sure <= 0.01
    assert tuned_seventh.lost <= 1
    assert tuned_seventh.invented_organizations <= 1


@pytest.fixture(scope="module")
def tuned_eighth():
    return scoring.score_half("tuned_eighth")


@pytest.mark.medium
def test_the_blocks_that_were_held_out_seventh_are_read_no_worse(tuned_eighth):
    assert tuned_eighth.of_fields >= 0.98
    assert tuned_eighth.of_lines >= 0.965
    assert tuned_eighth.of_sure <= 0.01
    assert (tuned_eighth.lost, tuned_eighth.invented_organizations) == (0, 0)


@pytest.fixture(scope="module")
def tuned_ninth():
    return scoring.score_half("tuned_ninth")


@pytest.mark.medium
def test_the_blocks_that_were_held_out_eighth_are_read_no_worse(tuned_ninth):
    assert tuned_ninth.of_fields >= 0.99
    assert tuned_ninth.of_lines >= 0.985
    assert tuned_ninth.of_sure <= 0.01
    assert (tuned_ninth.lost, tuned_ninth.invented_organizations) == (0, 0)


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
