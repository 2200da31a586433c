"""Which names may mean one organization: "WWF", "W.W.F. e.V.", "World Wide Fund for Nature".

Pure functions. Likeness is for suggestions alone: nothing is ever merged by it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz import fuzz

from casa.lib.text import fold

# Folded, as they stand at the end of a name. They say what an organization is in law, not which.
LEGAL_FORMS = frozenset((
    "ab", "ag", "aisbl", "aps", "as", "asbl", "asc", "bv", "cic", "cio", "co", "corp",
    "corporation", "doo", "ets", "eu", "ev", "gemeinnutzig", "ggmbh", "gmbh", "ig", "inc",
    "incorporated", "ib", "kft", "kg", "limited", "llc", "llp", "ltd", "mbh", "mmc", "ngo", "nv",
    "onlus", "ong", "ooo", "ops", "oy", "plc", "pte", "pty", "qht", "qsc", "ry", "sa", "sarl",
    "sas", "sl", "spa", "srl", "sro", "stichting", "ug", "uk", "vzw", "zoo", "zs",
))  # fmt: skip
# Left out of acronyms by some who write them, and kept by others.
SMALL_WORDS = frozenset((
    "a", "an", "and", "d", "das", "de", "del", "den", "der", "des", "di", "die", "du", "e", "el",
    "en", "et", "for", "fur", "in", "la", "le", "les", "los", "of", "on", "the", "to", "und",
    "uzre", "ucun", "ve", "von", "y", "zu", "zur",
))  # fmt: skip
ALIKE_FROM = 88
"""Similarity, of 100, from which two names are worth a question."""

KEY_LENGTH = 80
SHORTEST_ACRONYM, LONGEST_ACRONYM = 3, 8
_DOTTED = re.compile(r"(?<!\w)(?:\w\.)+\w?(?!\w)")


def words(name: str) -> list[str]:
    """The folded words of a name; letters with dots or blanks between them are one word."""
    undotted = _DOTTED.sub(lambda found: found[0].replace(".", ""), name)
    joined = re.sub(r"\b(?:\w )+\w\b", lambda found: found[0].replace(" ", ""), fold(undotted))
    return joined.split()


def core(name: str) -> list[str]:
    """The words of a name without "the" before it and its legal form behind it."""
    found = words(name)
    if len(found) > 1 and found[0] == "the":
        found = found[1:]
    while len(found) > 1 and found[-1] in LEGAL_FORMS:
        found = found[:-1]
    return found


def acronyms(name: str) -> set[str]:
    """How a name of several words may be shortened, with and without its small words."""
    found = core(name)
    made = set()
    for chosen in (found, [word for word in found if word not in SMALL_WORDS]):
        letters = "".join(word[0] for word in chosen)[:LONGEST_ACRONYM]
        made |= {letters[:end] for end in range(SHORTEST_ACRONYM, len(letters) + 1)}
    return made


def keys(name: str) -> set[str]:
    """What a name is found by: see `name_parts` for those that are typed word by word."""
    return {key[:KEY_LENGTH] for key in _keys(name)}


def _keys(name: str) -> Iterator[str]:
    found = core(name)
    yield f"n:{' '.join(found)}"
    yield from (f"a:{acronym}" for acronym in acronyms(name))
    if len(found) == 1:
        yield f"a:{found[0]}"
        yield f"p:{found[0][:4]}"
    # Two words by their beginnings: few names share one, and a slip further on does not matter.
    beginnings = sorted({word[:3] for word in found})[:8]
    for first, second in pairwise(beginnings):
        yield f"p:{first} {second}"


def name_parts(name: str) -> set[str]:
    """A key for each word, to be found by its beginning while somebody types."""
    return {f"w:{word}"[:KEY_LENGTH] for word in words(name)[:12]}


def likeness(one: str, other: str) -> float:
    """From 0 to 100; ALIKE_FROM and above is worth the question whether both are one."""
    first, second = core(one), core(other)
    if sorted(first) == sorted(second):
        return 100
    if _shortens(first, other) or _shortens(second, one):
        return 95
    if _numbers(first) != _numbers(second):
        return 0  # School 5 is not School 6
    return fuzz.ratio(" ".join(sorted(first)), " ".join(sorted(second)))


def _shortens(short: list[str], name: str) -> bool:
    return len(short) == 1 and short[0] in acronyms(name)


def _numbers(found: list[str]) -> set[str]:
    return {word for word in found if any(char.isdigit() for char in word)}
