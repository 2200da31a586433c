"""Headings that no word tells: by where they stand, and by what the lines below them are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from . import kinds, places
from .headings import ORGANIZATIONS, is_on_top, kind_on_top
from .names import split_honorific
from .segments import split_segments
from .side_by_side import is_person
from .text import MAX_LINE, key, without_bullet

Line = tuple[int, str]

_MOST = 9
_MOSTLY = 0.8


def heads_of(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of the lines that stand over others as headings do."""
    short = [(line, text) for line, text in lines if len(text) <= MAX_LINE]
    return (
        _in_capitals(short)
        | _over_groups(short)
        | _over_bodies(short)
        | _on_top(short)
        | _of_a_kind(short)
        | _lettered(short)
    )


def towns_of(lines: Sequence[Line], heads: frozenset[int]) -> dict[int, str]:
    """The headings that are towns, by their lines, where most of several headings are."""
    over = {group[0][0] for group in groups_of(lines) if len(group) > 1}
    bare = {
        line: text.strip(_EDGES)
        for line, text in lines
        if line in heads
        or (text.rstrip().endswith(":") and len(text) < _LONGEST)
        or (line in over and len(text.split()) < 3 and _is_town(text.strip(_EDGES)))
    }
    known = sum(_is_town(text) for text in bare.values())
    if known < 2 or known < _TOWNS * len(bare):
        return {}
    return {line: text for line, text in bare.items() if kinds.looks_like_name(text, 1)}


_EDGES, _LONGEST, _TOWNS = " \t#*_=~-–—:.", 40, 0.6


def _is_town(text: str) -> bool:
    known = bool(places.cities(text)) and not places.country(text)
    return known and not kinds.has_given_name(text)


def _over_bodies(lines: Sequence[Line]) -> frozenset[int]:
    """As in "Trade unions" over names of unions: small words, where the names have capitals."""
    groups = [group for group in groups_of(lines) if len(group) > 1]
    heads = [group[0] for group in groups if _is_of_small_words(group[0][1])]
    below = [text for group in groups for _, text in group[1:]]
    named = sum(not _is_of_small_words(text) for text in below)
    if len(heads) < 2 or len(heads) < _MOSTLY * len(groups) or named < _MOSTLY * len(below):
        return frozenset()
    return frozenset(line for line, _ in heads)


def _on_top(lines: Sequence[Line]) -> frozenset[int]:
    """As in "Endorsements as of 30 April": a first line alone, of many small words or a date."""
    if len(lines) < 4 or lines[1][0] == lines[0][0] + 1:
        return frozenset()
    line, text = lines[0]
    words = text.split()
    small = sum(word.islower() for word in words)
    dated = any(map(str.isdigit, text)) or text.isupper() or text.rstrip().endswith(")")
    dated = dated or bool(kind_on_top(text))
    bare = _DATED.sub("", text.partition("(")[0])
    is_title = _is_head(bare) and (2 * small > len(words) or dated)
    return frozenset((line,)) if is_title and len(words) > 1 else frozenset()


_LETTER = re.compile(r"\s*([A-Z])[.)]\s+(?=[^\W\d_]{3})")


def _lettered(lines: Sequence[Line]) -> frozenset[int]:
    """As in "A. Institutions" and "B. Persons", each over the names of its own."""
    found = [(line, match[1]) for line, text in lines if (match := _LETTER.match(text))]
    letters = "".join(letter for _, letter in found)
    if len(found) < 2 or 3 * len(found) > len(lines):
        return frozenset()
    numbers = [line for line, _ in found]
    over = all(after - before > 1 for before, after in pairwise(numbers))
    counts = "ABCDEFGH".startswith(letters) and over and numbers[-1:] != [lines[-1][0]]
    return frozenset(numbers if counts else ())


def _of_a_kind(lines: Sequence[Line]) -> frozenset[int]:
    """As in "Unions and networks behind the call", first of the block or of its group."""
    firsts = [group[0] for group in groups_of(lines)]
    heads = [(line, text) for line, text in firsts if text.strip() and is_on_top(text)]
    few = 3 * len(heads) <= len(lines)
    return frozenset(line for line, _ in heads) if few else frozenset()


_DATED = re.compile(r",?\s[\d/–-]{4,9}\s*$")


def _is_of_small_words(text: str) -> bool:
    first, *others = text.split() or [""]
    plain = first.isalpha() and all(word.isalpha() and word.islower() for word in others)
    return plain and first.istitle() and len(others) < _MOST and len(first) > 3


def _in_capitals(lines: Sequence[Line]) -> frozenset[int]:
    """As in "LOCAL ARTISTS" among lines in small letters."""
    upper = [(line, text) for line, text in lines if _is_upper(text)]
    if not upper or 3 * len(upper) > len(lines):
        return frozenset()
    last = lines[-1][0]
    return frozenset(
        line
        for line, text in upper
        if line != last and _is_head(text) and not any(map(_names_body, text.split()))
    )


def _names_body(word: str) -> bool:
    """Whether a word is an organization's, and none of several organizations."""
    return kinds.is_strong_organization_word(word) and key(word) not in ORGANIZATIONS


def _is_upper(text: str) -> bool:
    long = len(text.split()) > 1 or len(text.strip(" .:*#")) > 7
    letters = sum(map(str.isalpha, text))
    return text.isupper() and long and 2 * sum(map(str.isupper, text)) > letters


def _over_groups(lines: Sequence[Line]) -> frozenset[int]:
    """First lines of groups: one part that is no person, over lines that are persons."""
    groups = groups_of(lines)
    heads = [
        group[0]
        for number, group in enumerate(groups)
        if _is_head(group[0][1])
        and (len(group) > 1 or (number + 1 < len(groups) and len(groups[number + 1]) > 1))
    ]
    if not heads:
        return frozenset()
    numbers = {line for line, _ in heads}
    below = [text for line, text in lines if line not in numbers]
    signing = sum(_signs(text) for text in below)
    longer = sum(len(group) > 1 for group in groups)
    if len(below) < 3 or signing < _MOSTLY * len(below):
        return frozenset()
    several = len(heads) > 1 and len(heads) >= _MOSTLY * longer
    first = [line for line, _ in heads if line == groups[0][0][0] and len(groups[0]) == 1]
    return frozenset(numbers if several else first)


def groups_of(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines without a blank one between them."""
    groups: list[list[Line]] = []
    for line, text in lines:
        if groups and line <= groups[-1][-1][0] + 1:
            groups[-1].append((line, text))
        else:
            groups.append([(line, text)])
    return groups


def _is_head(text: str) -> bool:
    """Whether a line is of one part, and nobody's name."""
    words = text.split()
    if len(words) > _MOST or any(sign in text for sign in "()@") or without_bullet(text) != text:
        return False
    honorific, name = split_honorific(text.title() if text.isupper() else text)
    named = honorific or kinds.has_given_name(name) or _INITIAL.match(text)
    return len(split_segments(text)) == 1 and not named


_INITIAL = re.compile(r"[^\W\d_]\.\s?[^\W\d_]")


def _signs(text: str) -> bool:
    """Whether a line is somebody's: a person, or more parts than one."""
    parts = split_segments(without_bullet(text).replace(" (", ", ", 1))
    first = parts[0].text if parts else ""
    return is_person(first) or (len(parts) > 1 and kinds.looks_like_name(first, 1))


_BOLD = re.compile(r"^\s*(?:\*\*|__)(?P<words>[^*_]{2,100})(?:\*\*|__)[\s:]*$")


def with_bold_heads(lines: Sequence[Line]) -> list[Line]:
    """The lines with a heading's mark before those that are bold throughout, as few are."""
    bold = {line: match for line, text in lines if (match := _BOLD.match(text[:MAX_LINE]))}
    if not bold or 5 * len(bold) > 2 * len(lines):
        return list(lines)
    if any(is_person(match["words"]) for match in bold.values()):  # names over what they do
        return list(lines)
    heads = {
        line
        for line, match in bold.items()
        if _is_head(match["words"]) and not any(map(_names_body, match["words"].split()))
    }
    return [(line, f"# {text.strip()}" if line in heads else text) for line, text in lines]
