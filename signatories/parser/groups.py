"""Lines that belong together, and lines that hold several signatories."""

from __future__ import annotations

import re
from collections.abc import Container

from . import kinds, places
from .inline import people_together
from .names import is_credential_list, split_credentials, split_honorific
from .parsed import Draft
from .roles import is_only_role, is_role, is_role_behind
from .segments import Segment, split_segments
from .tail import take_place
from .text import MAX_LINE, clean

Line = tuple[int, str]

# More lines than these are no longer one signatory's.
_MOST = 7
_AND = re.compile(r"^(?:and|&|und|et|y|və|ve|и)\s+", re.IGNORECASE)


def groups_of(lines: list[Line], bridged: Container[int] = ()) -> list[list[Line]]:
    """The lines without a blank one, or a heading, between them; `bridged` ones part nothing."""
    groups: list[list[Line]] = []
    for number, text in lines:
        before = number - 1
        while groups and before in bridged:
            before -= 1
        if groups and before == groups[-1][-1][0]:
            groups[-1].append((number, text))
        else:
            groups.append([(number, text)])
    return groups


def stanzas(lines: list[Line], bridged: Container[int] = ()) -> list[list[Line]]:
    """The lines by signatory: several, where a block has the name in one line and the rest below.

    Most groups must be of that shape, or each line stands for itself.
    """
    groups = groups_of(lines, bridged)
    several = [group for group in groups if len(group) > 1]
    shaped = [group[0][0] for group in several if _is_stanza(group)]
    fitting = [group[0][0] for group in several if _may_be_stanza(group)]
    lonely = len(shaped) == 1 and len(several) == 1
    if lonely and (_may_be_two(several[0]) or not _is_told(_parts(several[0][1][1]))):
        shaped = []
    lone = len(groups) - len(several)
    few = 5 * len(fitting) < 4 * len(several) or 3 * len(shaped) < len(several)
    if not shaped or few or lone > len(several):
        return [[line] for line in lines]
    cards = frozenset(shaped + fitting)
    found: list[list[Line]] = []
    for group in groups:
        found += [group] if group[0][0] in cards else [[line] for line in group]
    return found


def _is_stanza(group: list[Line]) -> bool:
    if not 1 < len(group) <= _MOST:
        return False
    first, *below = (_parts(text) for _, text in group)
    if not first or not (_is_bare_name(first) or _is_pair(group[0][1])) or not all(below):
        return False
    return any(map(_is_told, below)) and not any(_is_person(texts) for texts in below)


def _may_be_stanza(group: list[Line]) -> bool:
    """Whether lines stand below a name, and none of them is a person for sure."""
    if not 1 < len(group) <= _MOST:
        return False
    first, *below = (_parts(text) for _, text in group)
    named = bool(first) and (
        _is_bare_name(first) or _is_pair(group[0][1]) or _is_named_organization(first)
    )
    return named and all(below) and not any(_is_person(texts) for texts in below)


def _is_pair(text: str) -> bool:
    return len(people_together(text)) > 1


def _is_named_organization(texts: list[str]) -> bool:
    return len(texts) == 1 and kinds.looks_like_organization(texts[0])


def _parts(text: str) -> list[str]:
    return [segment.text for segment in split_segments(clean(text, Draft()))]


def _may_be_two(group: list[Line]) -> bool:
    """Whether a lone pair of lines may be a person and an organization that both sign."""
    second = _parts(group[1][1])[0]
    return kinds.looks_like_organization(second) and not is_role(second)


def is_told_throughout(group: list[Line]) -> bool:
    """Whether each line below the name is known for a role, an organization or a place."""
    return all(_is_told(_parts(text)) for _, text in group[1:])


def _is_bare_name(texts: list[str]) -> bool:
    name = split_credentials(split_honorific(texts[0])[1])[0]
    if kinds.looks_like_organization(name) or not kinds.looks_like_name(name):
        return False
    told = (is_credential_list(text) or is_role_behind(text) for text in texts[1:])
    return not is_only_role(name) and all(told)


def _is_told(texts: list[str]) -> bool:
    """Whether a line is a role, an organization or a place, and no person's."""
    first = texts[0]
    if is_credential_list(first) or kinds.looks_like_organization(first) or is_only_role(first):
        return True
    if is_role_behind(first) and not kinds.has_given_name(first):
        return True
    trial = Draft()
    left = take_place([Segment("-"), *map(Segment, texts)], trial)
    return len(left) == 1 and bool(trial.city or trial.region or trial.country)


def _is_person(texts: list[str]) -> bool:
    if _is_told(texts):
        return False
    honorific, name = split_honorific(texts[0])
    name, credentials = split_credentials(name)
    plain = kinds.looks_like_name(name) and not kinds.looks_like_organization(name)
    return plain and bool(honorific or credentials or kinds.has_given_name(name))


def joined(group: list[Line]) -> str:
    return ", ".join(text.strip().rstrip(",;").rstrip() for _, text in group)


def several_people(text: str) -> list[str]:
    """The parts of "Jane Roe; John Poe; and Ann Doe" where each is clearly a name, or none."""
    parts = [_AND.sub("", part.strip()) for part in text.split(";")]
    parts = [part for part in parts if part]
    if len(parts) < 2 or len(text) > 20_000 or any(len(part) > MAX_LINE for part in parts):
        return []
    pieces = [split_segments(part) for part in parts]
    if not all(piece and _is_clear_name(piece[0].text) for piece in pieces):
        return []
    known = sum(_has_mark(piece[0].text) for piece in pieces)
    listed = sum(len(piece) > 1 for piece in pieces) == len(pieces)
    return parts if 2 * known >= len(pieces) or (listed and len(parts) > 2) else []


def _is_clear_name(text: str) -> bool:
    name = split_credentials(split_honorific(text)[1])[0]
    if len(name.split()) < 2 or kinds.organization_score(name) or is_only_role(text):
        return False
    return kinds.looks_like_name(name) and not places.cities(name) and not places.country(name)


def is_surely_person(text: str) -> bool:
    return any(map(_has_mark, _parts(text)[:1]))


def _has_mark(text: str) -> bool:
    honorific, name = split_honorific(text)
    name, credentials = split_credentials(name)
    return bool(honorific or credentials) or kinds.has_given_name(name)
