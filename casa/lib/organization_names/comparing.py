"""Whether two names may mean one organization."""

from rapidfuzz.distance import OSA

from casa.lib.organization_names import reading
from casa.lib.organization_names.reading import Reading
from casa.lib.organization_names.vocabulary import ENDINGS
from casa.lib.text import fold

ALIKE_FROM = 88
"""Likeness, of 100, from which two names are worth a question."""

SAME, SHORTENED, JOINED, SLIPPED = 100.0, 95.0, 94.0, 90.0
SHORTEST_STEM = 3
SHORTEST_SLIPPED, LONG = 4, 8
"""Letters from which one slip is believed, and two."""


def likeness(one: str, other: str, towns: tuple[str, str] = ("", "")) -> float:
    """From 0 to 100; ALIKE_FROM and above is worth the question whether both are one.

    `towns` are where the two are; "" where that is not known.
    """
    if _shortens(one, other) or _shortens(other, one):
        return SHORTENED
    apart = fold(towns[0]) != fold(towns[1]) and all(towns)
    rates = [_compared(reading.whole(one), reading.whole(other), slips=not apart)]
    rates += [
        _compared(first, second, slips=not apart)
        for first, second in _without_places(one, other, towns)
    ]
    return max(rates)


def _without_places(one: str, other: str, towns: tuple[str, str]) -> list[tuple[Reading, Reading]]:
    """The readings that are equal but for the town, which one of the names says and the other
    does not, or says elsewhere.
    """
    bare, other_bare = reading.without_place(one, towns[0]), reading.without_place(other, towns[1])
    pairs = []
    if bare and _fits(bare.place, towns[1]):
        pairs.append((bare, reading.whole(other)))
    if other_bare and _fits(other_bare.place, towns[0]):
        pairs.append((reading.whole(one), other_bare))
    if bare and other_bare and bare.place == other_bare.place:
        pairs.append((bare, other_bare))
    return pairs


def _fits(place: str, town: str) -> bool:
    """Whether something in `town` may be in `place`; either may be unknown."""
    return not place or not town or place == fold(town)


def _shortens(short: str, name: str) -> bool:
    found = reading.core(short)
    return len(found) == 1 and found[0] in reading.acronyms(name)


def _compared(one: Reading, other: Reading, *, slips: bool) -> float:
    if one.forms and other.forms and not one.forms & other.forms:
        return 0  # the society beside the foundation of the same name
    if _numbers(one) != _numbers(other):
        return 0  # School 5 is not School 6
    left, right = _unmatched(one.words, other.words)
    if not left and not right:
        return SAME
    if "".join(one.words) == "".join(other.words):
        return JOINED
    return SLIPPED if slips and _slipped(left, right, of=len(one.words)) else 0


def _numbers(read: Reading) -> set[str]:
    return {word for word in read.words if any(char.isdigit() for char in word)}


def _unmatched(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The words of each that are in no form among those of the other."""
    left, right = [], list(other)
    for word in one:
        same = next((found for found in right if is_same_word(word, found)), None)
        if same is None:
            left.append(word)
        else:
            right.remove(same)
    return left, right


def is_same_word(one: str, other: str) -> bool:
    """Whether both are one word but for its number, case or article."""
    if one == other:
        return True
    stem = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return stem >= SHORTEST_STEM and frozenset((one[stem:], other[stem:])) in ENDINGS


def _slipped(left: list[str], right: list[str], *, of: int) -> bool:
    """Whether the words that differ are misspelled: one, or two of a long name."""
    if len(left) != len(right) or len(left) > (2 if of >= 4 else 1):
        return False
    return all(is_slip(one, other) for one, other in zip(sorted(left), sorted(right), strict=True))


def is_slip(one: str, other: str) -> bool:
    """Whether one may be the other misspelled. Few mistake the first letter of a word."""
    shorter = min(len(one), len(other))
    if shorter < SHORTEST_SLIPPED or one[0] != other[0]:
        return False
    return OSA.distance(one, other) <= (2 if shorter >= LONG else 1)
