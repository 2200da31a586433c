"""A name taken apart: the words that say which organization it is, its legal form, its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from casa.lib.organization_names.vocabulary import (
    ABBREVIATIONS,
    FORMS,
    LEADING,
    LONGEST_PHRASE,
    PHRASES,
    SMALL_WORDS,
)
from casa.lib.text import fold

SHORTEST_ACRONYM, LONGEST_ACRONYM = 3, 8
READ_LATELY = 2048
"""Names that are not taken apart again: one is compared with many."""

_DOTTED = re.compile(r"(?<!\w)(?:\w\.)+\w?(?!\w)")
_BRACKETS = re.compile(r"[(\[（]([^()\[\]（）]{1,80})[)\]）]")


@dataclass(frozen=True)
class Reading:
    """`words` are those that say which one it is; `place`, folded, is what was left out of them."""

    words: tuple[str, ...]
    forms: frozenset[str] = frozenset()
    place: str = ""


def words(name: str) -> list[str]:
    """The folded words of a name; letters with dots or blanks between them are one word."""
    undotted = _DOTTED.sub(lambda found: found[0].replace(".", ""), name)
    joined = re.sub(r"\b(?:\w )+\w\b", lambda found: found[0].replace(" ", ""), fold(undotted))
    return joined.split()


@lru_cache(READ_LATELY)
def core(name: str) -> tuple[str, ...]:
    """The words of a name without "the" before it and the abbreviation of its legal form."""
    found = tuple(words(name))
    while len(found) > 1 and (found[0] == "the" or found[0] in LEADING):
        found = found[1:]
    while len(found) > 1 and found[-1] in ABBREVIATIONS:
        found = found[:-1]
    return found


@lru_cache(READ_LATELY)
def acronyms(name: str) -> frozenset[str]:
    """How a name of several words may be shortened, with and without its small words."""
    found = core(_BRACKETS.sub(" ", name))
    made: set[str] = set()
    for chosen in (found, [word for word in found if word not in SMALL_WORDS]):
        letters = "".join(word[0] for word in chosen)[:LONGEST_ACRONYM]
        made |= {letters[:end] for end in range(SHORTEST_ACRONYM, len(letters) + 1)}
    return frozenset(made)


@lru_cache(READ_LATELY)
def whole(name: str) -> Reading:
    """The name as it is; "The Society" is what it says."""
    found = core(name)
    reading = _reading(found)
    return reading if reading.words else Reading(found)


@lru_cache(READ_LATELY)
def without_place(name: str, town: str = "") -> Reading | None:
    """The name without its own town, or without what stands in brackets where no town is known.

    None if there is nothing to leave out. Brackets with an acronym of the name are left out, too,
    and are no place.
    """
    bracketed, place = _BRACKETS.search(name), fold(town)
    inside = fold(bracketed[1]) if bracketed else ""
    if bracketed and (inside == place or not place or inside in acronyms(name)):
        rest = core(_BRACKETS.sub(" ", name, count=1))
        place = "" if inside in acronyms(name) else inside
    elif place and (left := _without(core(name), tuple(place.split()))):
        rest = left
    else:
        return None
    reading = _reading(rest)
    return Reading(reading.words, reading.forms, place) if reading.words else None


def _without(found: tuple[str, ...], part: tuple[str, ...]) -> tuple[str, ...]:
    """`found` without `part`, which stands in it; () if it does not, or if nothing was left."""
    for start in range(len(found) - len(part) + 1):
        if found[start : start + len(part)] == part:
            return found[:start] + found[start + len(part) :]
    return ()


def _reading(found: tuple[str, ...]) -> Reading:
    """Without words where the name has none but common ones."""
    rest, forms = _without_forms(found)
    return Reading(tuple(word for word in rest if word not in SMALL_WORDS), frozenset(forms))


def _without_forms(found: tuple[str, ...]) -> tuple[list[str], set[str]]:
    rest: list[str] = []
    forms: set[str] = set()
    for word, form in _parts(found):
        if form:
            forms.add(form)
        else:
            rest.append(word)
    return rest, forms


def _parts(found: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each word with "", and each legal form with what it is."""
    at = 0
    while at < len(found):
        for length in range(LONGEST_PHRASE, 1, -1):
            if form := PHRASES.get(found[at : at + length]):
                yield "", form
                at += length
                break
        else:
            yield found[at], FORMS.get(found[at], "")
            at += 1
