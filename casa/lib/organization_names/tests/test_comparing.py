"""Names that may mean one organization are alike, and few others are."""

from pathlib import Path

import pytest

from casa.lib.organization_names import comparing, index, reading

FILE = Path(__file__).parent / "pairs.txt"


def read_pairs():
    """By the heading of the list: pairs of a name and a town."""
    lists, heading = {}, ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            heading = line.removeprefix("== ")
            lists[heading] = []
        elif " | " in line:
            lists[heading].append(tuple(
                tuple(part.strip() for part in f"{one}@".split("@")[:2])
                for one in line.split(" | ")
            ))  # fmt: skip
    return lists


PAIRS = read_pairs()


def is_alike(one, other):
    likeness = comparing.likeness(one[0], other[0], (one[1], other[1]))
    assert likeness == comparing.likeness(other[0], one[0], (other[1], one[1])), (one, other)
    return likeness >= comparing.ALIKE_FROM


def is_found(one, other):
    """Whether the index leads from `one`, which is typed, to `other`, which stands in it."""
    return bool(index.keys(*other) & set(index.asked(*one)))


def found_in(pairs):
    return [
        (one, other)
        for one, other in pairs
        if is_alike(one, other) and is_found(one, other) and is_found(other, one)
    ]


@pytest.mark.parametrize(
    ("written", "recall", "precision"), [("", 0.97, 0.97), (", afterwards", 0.9, 0.94)]
)
def test_most_of_what_is_one_is_asked_about_and_little_else(written, recall, precision):
    same, different = PAIRS[f"same{written}"], PAIRS[f"different{written}"]
    assert len(same) == len(different) == (20 if written else 40)
    right, wrong = found_in(same), found_in(different)
    missed = [pair for pair in same if pair not in right]
    assert len(right) / len(same) >= recall, missed
    assert len(right) / (len(right) + len(wrong)) >= precision, wrong


@pytest.mark.parametrize(("one", "other"), PAIRS["chapters"])
def test_nothing_is_asked_of_chapters_of_one_federation(one, other):
    assert not is_alike(one, other)


@pytest.mark.parametrize(
    ("name", "town", "words", "forms", "place"),
    [
        ("The Friends of the Branch Libraries", "", "friends branch libraries", "", None),
        ("Friends (Elmford)", "Elmford", "friends", "", "elmford"),
        ("Friends (Elmford)", "", "friends", "", "elmford"),
        ("Friends (Youth)", "Elmford", "friends youth", "", None),
        ("New Elmford Friends", "New Elmford", "friends", "", "new elmford"),
        ("Clean River Fund (CRF)", "", "clean river fund", "", ""),
        ("Çinar İctimai Birliyi", "", "cinar", "association", None),
        ("Verein der Freunde e.V.", "", "freunde", "association", None),
        ("Elmford Society", "Elmford", "elmford", "society", None),
        ("The Society", "", "society", "", None),
        ("Elmford", "Elmford", "elmford", "", None),
        ("e.V.", "", "ev", "", None),
    ],
)
def test_a_name_is_taken_apart(name, town, words, forms, place):
    bare = reading.without_place(name, town)
    assert (bare.place if bare else None) == place
    found = bare or reading.whole(name)
    assert (" ".join(found.words), " ".join(found.forms)) == (words, forms)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("library", "libraries", True), ("kind", "kinder", True), ("fiume", "fiumi", True),
        ("kitabxana", "kitabxanalar", True), ("museum", "museen", True), ("река", "реки", True),
        ("library", "librarian", False), ("elm", "elk", False), ("it", "its", False),
    ],
)  # fmt: skip
def test_a_word_is_the_same_in_the_plural(one, other, same):
    assert comparing.is_same_word(one, other) is same


@pytest.mark.parametrize("name", ["", "()", "…", "(", "x" * 400, "A.B.C. " * 50, "( " * 100])
def test_odd_names_have_keys_and_break_nothing(name):
    assert index.keys(name, name)
    assert index.asked(name, name)
    assert all(len(key) <= index.KEY_LENGTH for key in index.keys(name, name))
    comparing.likeness(name, "River Trust", (name, "Elmford"))
