"""Blocks in another dress: bullets, numbers, hard blanks, blank lines; capitals, small letters."""

import re

import pytest

from signatories.parser.tests import scoring

HALVES = (
    "tuned", "tuned_second", "tuned_third", "tuned_fourth", "tuned_fifth", "tuned_sixth",
    "tuned_seventh", "tuned_eighth", "tuned_ninth",
)  # fmt: skip
_MARKED = re.compile(r"^(?![^\W\d_])|[\t|]")  # opens with no letter, or holds cells
EVERY = 5
"""One block of so many is read: the others tell the same."""


def prefixed(mark):
    """The signing lines with a mark in front, where each is one signatory's and has none yet."""

    def dress(block):
        numbers = [expected["line"] for expected in block["expected"]]
        lines = list(block["lines"])
        if len(set(numbers)) < len(numbers) or any(_MARKED.search(lines[n - 1]) for n in numbers):
            return block
        for count, number in enumerate(numbers, start=1):
            lines[number - 1] = f"{mark.format(count)} {lines[number - 1]}"
        return {**block, "lines": lines}

    return dress


def below(*above):
    def dress(block):
        moved = [{**one, "line": one["line"] + len(above)} for one in block["expected"]]
        return {**block, "lines": [*above, *block["lines"]], "expected": moved}

    return dress


def with_hard_blanks(block):
    return {**block, "lines": [line.replace(" ", "\u00a0") for line in block["lines"]]}


def double_spaced(block):
    moved = [{**one, "line": 2 * one["line"] - 1} for one in block["expected"]]
    return {**block, "lines": [x for line in block["lines"] for x in (line, "")], "expected": moved}


def cased(write):
    """All lines in capitals, or without; what is expected is written so, too."""
    words = ("name", "role", "organization", "town", "email")

    def dress(block):
        expected = [
            {key: write(value) if key in words else value for key, value in one.items()}
            for one in block["expected"]
        ]
        return {**block, "lines": [write(line) for line in block["lines"]], "expected": expected}

    return dress


DRESSES = {
    "bullets": prefixed("-"),
    "stars": prefixed("*"),
    "numbers": prefixed("{}."),
    "hard blanks": with_hard_blanks,
    "a heading": below("Signed by:", ""),
    "blank lines": double_spaced,
}


@pytest.fixture(scope="module")
def blocks():
    found = [b for half in HALVES for b in scoring.blocks(half) if "lines" in b]
    return found[::EVERY]


@pytest.fixture(scope="module")
def plain(blocks):
    return scoring.score_all(blocks)[0]


@pytest.mark.slow
@pytest.mark.parametrize("dress", DRESSES)
def test_another_dress_keeps_the_reading(blocks, plain, dress):
    score = scoring.score_all(map(DRESSES[dress], blocks))[0]
    assert score.of_fields >= plain.of_fields - 0.006
    assert score.of_sure <= plain.of_sure + 0.004
    assert score.lost <= plain.lost + 2
    assert score.invented_organizations <= plain.invented_organizations + 1


@pytest.mark.slow
@pytest.mark.parametrize("write", [str.upper, str.lower])
def test_without_the_difference_of_letters_little_is_wrong_in_silence(blocks, write):
    score = scoring.score_all(map(cased(write), blocks))[0]
    assert score.of_fields >= 0.93
    assert score.of_sure <= 0.02
    assert score.lost <= 0.01 * score.signatories
