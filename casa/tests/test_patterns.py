"""No regular expression takes more than in proportion to the length of its text.

The patterns are found in the modules, and the texts are made from the patterns: what each repeats,
after what leads there, and before what does not fit.
"""

import re
from functools import cache, partial

import pytest

from casa.lib.testing import cpu_seconds
from casa.tests import patterns

uses = cache(patterns.uses)
LENGTHS = (12, 24, 60, 250, 1000, 4000, 16_000)
"""Short ones first, so that a pattern of the worst kind is named before it takes for ever."""

LIMIT = 0.04
"""Seconds for 16,000 characters: in proportion they take 5 ms at most, squared 100 and more."""


def reader(pattern, method):
    if method in patterns.SEARCHES:
        return lambda text: [None for _match in pattern.finditer(text)]
    return getattr(pattern, method)


TELLING = 1000
"""From so many characters on, a time tells the next ones: what grows faster than with the square
of the length takes too long here already."""


def slowest(pattern, methods):
    """(seconds, method, text) of the first text that takes too long, or None."""
    for before, repeated, end in patterns.hostile(pattern):
        for length in LENGTHS:
            text = f"{before}{(repeated * length)[:length]}{end}"
            text = text.encode() if isinstance(pattern.pattern, bytes) else text
            taken = {method: cpu_seconds(reader(pattern, method), text) for method in methods}
            for method, seconds in taken.items():
                measure = partial(cpu_seconds, reader(pattern, method), text)
                # Other work on the machine slows one down, but not each of four.
                if seconds > LIMIT and all(measure() > LIMIT for _ in range(3)):
                    return round(measure(), 3), method, (before, repeated, length, end)
            square = (LENGTHS[-1] / length) ** 2
            if length >= TELLING and max(taken.values(), default=0) * square < LIMIT:
                break
    return None


@pytest.mark.slow
@pytest.mark.parametrize("module", patterns.module_names())
def test_every_pattern_is_linear(module):
    found = {
        f"{place} {pattern.pattern}": slowest(pattern, methods)
        for pattern, (place, methods) in uses().items()
        if patterns.module_of(place) == module
    }
    assert not {place: text for place, text in found.items() if text}


@pytest.mark.slow
def test_the_patterns_are_found():
    places = {patterns.module_of(place) for place, _methods in uses().values()}
    assert {"signatories.signing.fields", "casa.lib.addresses.in_texts", "casa.lib.diff"} <= places
    assert places <= set(patterns.module_names())
    assert len(uses()) > 150


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"[\w-]{2,}\.(?:com|org)\b", "search"),  # begins anywhere in a long word
        (r"\s+(?:of|for)\s+", "search"),
        (r"\s*,?\s*\(", "match"),
        (r"(?:a+)+b", "match"),
        (r"[A-Z]\S*(?:[A-Z]\S*\s*){0,9}$", "match"),
        (r"[a-z]+@[a-z]+", "search"),
    ],
)
def test_a_slow_one_would_be_found(pattern, method):
    assert slowest(re.compile(pattern), {method})


@pytest.mark.parametrize(
    "pattern", [r"(?<=[\w-]{2})\.(?:com|org)\b", r"(?<!\s)\s+(?:of|for)\s+", r"\s*+,?\("]
)
def test_a_linear_one_passes(pattern):
    assert slowest(re.compile(pattern), {"search" if "<" in pattern else "match"}) is None
