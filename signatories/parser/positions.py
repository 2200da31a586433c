"""What the parts behind the names are, told by the same part of a block's other lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from . import kinds, places
from .names import is_credential_list, split_credentials, split_honorific
from .parsed import Draft
from .roles import is_role_behind, leads
from .segments import Segment
from .tail import take_place
from .text import is_small, key
from .townlike import is_townlike

ROLE, ORGANIZATION, TOWN = "role", "organization", "town"
_BRACKET = "("
# So many lines tell what a part is, and so large a share of those that tell it.
_LEAST = 2
_FEW_WORDS = 2
_SHARE = 0.75

Place = tuple[int, int, str]
"""How many parts a line has behind the name, which of them this is, and how it is set apart."""


@dataclass(frozen=True)
class Positions:
    """What stands where in the lines of a block."""

    fields: dict[Place, str] = field(default_factory=dict)
    towns: frozenset[str] = frozenset()  # what stands as a town in some line
    bracketed_towns: bool = False  # whether all that stands in brackets reads as a town's name
    role_first: bool = True  # whether roles stand before organizations
    small_roles: bool = False  # whether the roles that are known are written small
    represented: bool = False  # whether persons stand behind their organizations


NO_POSITIONS = Positions()


def told(segment: Segment) -> str:
    """What a part is by its own words, or an empty text."""
    if segment.told or segment.quoted:
        return segment.told or ORGANIZATION
    return _told_by_words(segment.text)


@lru_cache(maxsize=20_000)
def _told_by_words(text: str) -> str:
    if placed := _placed(text):
        return placed
    if is_credential_list(text):
        return "credential"
    organized = any(map(kinds.is_strong_organization_word, text.split()))
    if is_role_behind(text):
        return ROLE
    if organized or kinds.organization_score(text) > 2:
        return ORGANIZATION
    return ORGANIZATION if kinds.looks_like_organization(text) else ""


@lru_cache(maxsize=20_000)
def _placed(text: str) -> str:
    """Whether a part is a town, or a region or a country and no town."""
    if places.country(text) or places.is_region_code(text):
        return "country"
    trial = Draft()
    if is_small(text) or len(take_place([Segment("-"), Segment(text)], trial)) > 1:
        return ""
    return TOWN if trial.city else "country"


def opens_with_person(segments: Sequence[Segment]) -> bool:
    first = segments[0]
    honorific, bare = split_honorific(first.text)
    name, credentials = split_credentials(bare)
    if first.quoted or kinds.looks_like_organization(name):
        return False
    return bool(honorific or credentials) or kinds.looks_like_name(name)


def behind(segments: Sequence[Segment]) -> list[tuple[int, Segment]]:
    """The parts behind the name that are no degree and no country, with their positions."""
    return [
        (position, segment)
        for position, segment in enumerate(segments)
        if position and told(segment) not in ("country", "credential")
    ]


def positions_of(lines: Iterable[Sequence[Segment]]) -> Positions:
    """What the lines of a block have in common."""
    rows: list[list[Segment]] = []
    represented = others = 0
    for segments in lines:
        if not segments or len(segments) < 2:
            continue
        represented += _is_represented(segments)
        others += 1
        if opens_with_person(segments):
            rows.append([segment for _, segment in behind(segments)])
    first = _counted(rows, {})
    towns = frozenset(key(row[-1].text) for row in rows if row and _stands_as_town(row))
    inside = [segment.text for row in rows for segment in row if _is_set(segment)]
    bracketed = len(inside) > 2 and all(map(is_townlike, inside))
    order = [_order(row) for row in rows]
    role_first = order.count(1) >= order.count(-1)
    roles = [segment.text for row in rows for segment in row if told(segment) == ROLE]
    small = sum(map(is_small, (text[:1] for text in roles)))
    found = Positions(
        first,
        towns,
        bracketed,
        role_first,
        len(roles) > 1 and 3 * small >= 2 * len(roles),
        represented >= _LEAST and 2 * represented >= others,
    )
    return replace(found, fields=_counted(rows, found))


def _is_represented(segments: Sequence[Segment]) -> bool:
    """As in "River Trust – Jane Roe, chair"."""
    first, second, *_ = segments
    organized = first.quoted or kinds.looks_like_organization(first.text)
    return (
        organized
        and not second.quoted
        and kinds.has_given_name(second.text)
        and (kinds.looks_like_name(second.text) and not kinds.organization_score(second.text))
    )


def _order(row: Sequence[Segment]) -> int:
    """1 where a role stands before an organization, -1 where it stands behind."""
    fields = [told(segment) for segment in row]
    if ROLE not in fields or ORGANIZATION not in fields:
        return 0
    return 1 if fields.index(ROLE) < fields.index(ORGANIZATION) else -1


def _stands_as_town(row: Sequence[Segment]) -> bool:
    fields = [told(segment) for segment in row]
    if fields[-1]:
        return fields[-1] == TOWN
    return len(row) > 2 and fields[-2] == ORGANIZATION and ROLE in fields


def _place(row: Sequence[Segment], position: int) -> Place:
    mark = _BRACKET if row[position].separator == _BRACKET else ""
    return (0 if mark else len(row), 0 if mark else position, mark)


def _counted(rows: list[list[Segment]], known: Positions | dict[str, str]) -> dict[Place, str]:
    counts: dict[Place, Counter[str]] = defaultdict(Counter)
    for row in rows:
        fields = [told(segment) for segment in row]
        if isinstance(known, Positions):
            fields = [one or two for one, two in zip(fields, _deduced(row, known), strict=True)]
        for position, name in enumerate(fields):
            counts[_place(row, position)][name] += 1
    found: dict[Place, str] = {}
    for place, counter in counts.items():
        counter.pop("", None)
        name, often = counter.most_common(1)[0] if counter else ("", 0)
        if often >= _LEAST and often >= _SHARE * counter.total():
            found[place] = name
    return found


def _deduced(row: Sequence[Segment], block: Positions) -> list[str]:
    """What each part is by those beside it: a part between a role and a town names a body."""
    fields = [told(segment) for segment in row]
    for position, segment in enumerate(row):
        if fields[position]:
            continue
        before, after = fields[:position], fields[position + 1 :]
        if key(segment.text) in block.towns and not after:
            fields[position] = TOWN
        elif block.role_first and ORGANIZATION in after and ROLE not in fields and not before:
            fields[position] = ROLE
        elif (ROLE in before and TOWN in after) or (
            not block.role_first and not before and ROLE in after
        ):
            fields[position] = ORGANIZATION
        elif ROLE in before and ORGANIZATION in before and not after:
            fields[position] = TOWN
    return fields


def tell(segments: Sequence[Segment], block: Positions) -> list[Segment]:
    """The parts of a line with what the others tell of those that their words leave open."""
    found = list(segments)
    if len(segments) < 2 or not opens_with_person(segments):
        return found
    parts = behind(segments)
    row = [segment for _, segment in parts]
    own = [told(segment) for segment in row]
    deduced = _deduced(row, block)
    for index, (position, segment) in enumerate(parts):
        if own[index] == ROLE and block.small_roles and is_small(segment.text):
            found[position] = replace(segment, told=ROLE, sure=True)
        if own[index]:
            continue
        column = _column(block, row, index)
        taken = column in own or (column == TOWN and index < len(row) - 1 and not _is_set(segment))
        name = deduced[index] or ("" if taken else column)
        known = key(segment.text) in block.towns
        if name and _may_be(name, segment):
            sure = name == column or (name == TOWN and known)
            sure = sure and not (len(segment.text) < 6 and kinds.is_acronym(segment.text))
            few = 1 if position < len(segments) - 1 else _FEW_WORDS
            lone = name == ORGANIZATION and index and len(segment.words) <= few
            sure = sure and not lone  # it may be a town
            found[position] = replace(segment, told=name, sure=sure)
        elif not name and _may_be_town(row, index, own):
            sure = known or _are_all_townlike(block, segment)
            found[position] = replace(segment, told=TOWN, sure=sure)
    return found


def _column(block: Positions, row: Sequence[Segment], index: int) -> str:
    """What the other lines have there; a capital is no role where roles are written small."""
    name = block.fields.get(_place(row, index), "")
    text = row[index].text
    lone = len(row) == 1 and not _is_set(row[index])
    if name == ROLE and _is_set(row[index]) and len(text.split()) > 1 and not is_small(text[:1]):
        return ""
    if name == ROLE and (lone or block.small_roles) and not is_small(text[:1]):
        return "" if len(text.split()) > 1 or lone or block.small_roles else name
    if name == ORGANIZATION and is_townlike(text) and index == len(row) - 1:
        before = [one.text for one in row[:index] if told(one) == ROLE]
        return name if any(map(leads, before)) else ""
    return name


def _may_be_town(row: Sequence[Segment], index: int, own: Sequence[str]) -> bool:
    """A last part that reads as a town's name, unless a leader's role before it needs a body."""
    before = [segment.text for segment, name in zip(row[:index], own, strict=False) if name == ROLE]
    led = any(map(leads, before)) and ORGANIZATION not in own
    return (
        is_townlike(row[index].text) and (index == len(row) - 1 or _is_set(row[index])) and not led
    )


def _are_all_townlike(block: Positions, segment: Segment) -> bool:
    """Whether the brackets of the block, of which this is one, hold nothing but towns."""
    return _is_set(segment) and block.bracketed_towns


def _is_set(segment: Segment) -> bool:
    return segment.separator == _BRACKET


def _may_be(name: str, segment: Segment) -> bool:
    """Whether a part can be what its place says: a town is no long phrase, a body no sentence."""
    words = segment.words
    if name == TOWN:
        plain = kinds.looks_like_name(segment.text, 1) and not kinds.is_acronym(segment.text)
        known = len(words) == 1 or is_townlike(segment.text)
        return plain and known and not is_small(words[0])
    return len(words) < 9
