"""Lines that belong together, and lines that hold several signatories."""

from __future__ import annotations

import re
from collections import Counter
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
_SEMICOLON = re.compile("[;؛；]")
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
    if placed := _cards_by_place(groups) or _cards_by_marks(groups) or _cards_by_names(groups):
        return placed
    several = [group for group in groups if len(group) > 1]
    stanzas_seen = [group for group in several if _is_stanza(group)]
    sure = sum(map(_is_surely_card, stanzas_seen))
    shaped = [group[0][0] for group in stanzas_seen] if 2 * sure >= len(stanzas_seen) else []
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


def _is_surely_card(group: list[Line]) -> bool:
    """Whether a person's name opens it, or a role or a town stands below: not bodies alone."""
    below = [parts[0] for _, text in group[1:] if (parts := _parts(text))]
    told = any(is_role_behind(first) or places.cities(first) for first in below)
    return told or _opens_with_person(group[0][1])


def _cards_by_place(groups: list[list[Line]]) -> list[list[Line]]:
    """Cards of which one line names a person, the same in most of them; that line first."""
    cards = [group for group in groups if 1 < len(group) <= _MOST]
    if len(cards) < 2 or 5 * len(cards) < 4 * len(groups):
        return []
    parted = [len(_parts(text)) > 1 for card in cards for _, text in card]
    if 2 * sum(parted) > len(parted):
        return []
    width = min(map(len, cards))
    shares = [
        sum(_opens_with_person(card[n][1]) for card in cards) / len(cards) for n in range(width)
    ]
    named = [place for place, share in enumerate(shares) if share >= _MOSTLY]
    if len(named) != 1 or any(_LEFT < share < _MOSTLY for share in shares):
        return []
    if not all(_has_person(card, named[0]) for card in cards):
        return []
    beside = [_parts(text) for card in cards for n, (_, text) in enumerate(card) if n != named[0]]
    if 2 * sum(map(_is_told, filter(None, beside))) < len(beside):
        return []
    return [_person_first(group, named[0]) if len(group) > 1 else group for group in groups]


_MOSTLY, _LEFT = 0.6, 0.34
_COUNTED = re.compile(r"^\s*(?:\(?\d{1,5}[.)]|[-*•●▪])\s+")


def _cards_by_marks(groups: list[list[Line]]) -> list[list[Line]]:
    """Cards of which only the first lines, the names, have a number or a bullet."""
    cards: list[list[Line]] = []
    for group in groups:
        for line, text in group:
            if _COUNTED.match(text) or not cards:
                cards.append([])
            cards[-1].append((line, text))
    marked = sum(bool(_COUNTED.match(card[0][1])) for card in cards)
    longer = sum(len(card) > 1 for card in cards)
    if marked < len(cards) or len(cards) < 2 or 3 * longer < 2 * len(cards):
        return []
    return cards if _are_cards(cards) else []


def _cards_by_names(groups: list[list[Line]]) -> list[list[Line]]:
    """Cards one below the other without a blank line: each begins with a name."""
    if len(groups) != 1 or len(groups[0]) < 4:
        return []
    cards: list[list[Line]] = []
    for line, text in groups[0]:
        if not cards or (len(_parts(text)) == 1 and _opens_with_person(text)):
            cards.append([])
        cards[-1].append((line, text))
    cards = _of_one_length(cards)
    longer = sum(len(card) > 1 for card in cards)
    if len(cards) < 2 or 5 * longer < 4 * len(cards) or not _opens_with_person(cards[0][0][1]):
        return []
    return cards if _are_cards(cards) or _are_pairs(cards) else []


def _of_one_length(cards: list[list[Line]]) -> list[list[Line]]:
    """The cards, where one of twice the usual length holds two of which no list knows the name."""
    usual, often = Counter(map(len, cards)).most_common(1)[0]
    if usual < 2 or 2 * often <= len(cards):
        return cards
    found: list[list[Line]] = []
    for card in cards:
        pieces = [card[n : n + usual] for n in range(0, len(card), usual)]
        whole = len(card) % usual == 0 and all(_is_bare_name(_parts(one[0][1])) for one in pieces)
        found += pieces if whole else [card]
    return found


def _are_pairs(cards: list[list[Line]]) -> bool:
    """Whether a name and a body follow each other throughout, as both that sign never do."""
    pairs = len(cards) > 2 and all(len(card) == 2 for card in cards)
    return pairs and all(
        parts and kinds.looks_like_organization(parts[0])
        for parts in (_parts(card[1][1]) for card in cards)
    )


def _are_cards(cards: list[list[Line]]) -> bool:
    """Whether what stands below the names is told, roles or places among it, and no person."""
    below = [_parts(text) for card in cards for _, text in card[1:]]
    below = [parts for parts in below if parts]
    if not below or any(map(_is_person, below)) or max(map(len, cards)) > _MOST:
        return False
    firsts = [parts[0] for parts in below]
    roles = sum(is_role_behind(first) or bool(places.cities(first)) for first in firsts)
    return 2 * sum(map(_is_told, below)) >= len(below) and 4 * roles >= len(cards)


def _opens_with_person(text: str) -> bool:
    first = next(iter(_parts(text)), "")
    name = split_credentials(split_honorific(first)[1])[0]
    known = split_honorific(first)[0] or kinds.has_given_name(name)
    return bool(first) and bool(known) and _is_clear_name(first) and not is_role_behind(first)


def _has_person(card: list[Line], place: int) -> bool:
    """Whether the line where the others name a person may be a name in this card too."""
    first = next(iter(_parts(card[place][1])), "")
    name = split_credentials(split_honorific(first)[1])[0]
    return kinds.looks_like_name(name, 1) and not kinds.looks_like_organization(name)


def _person_first(group: list[Line], place: int) -> list[Line]:
    if place >= len(group):
        return group
    texts = [text for _, text in group]
    texts.insert(0, texts.pop(place))
    return [(line, text) for (line, _), text in zip(group, texts, strict=True)]


def _is_stanza(group: list[Line]) -> bool:
    if not 1 < len(group) <= _MOST or _is_counted(group):
        return False
    first, *below = (_parts(text) for _, text in group)
    if not first or not (_is_bare_name(first) or _is_pair(group[0][1])) or not all(below):
        return False
    return any(map(_is_told, below)) and not any(_is_person(texts) for texts in below)


def _is_counted(group: list[Line]) -> bool:
    """Whether lines below the first have a number or a bullet of their own, as signatories do."""
    return sum(bool(_COUNTED.match(text)) for _, text in group) > 1


def _may_be_stanza(group: list[Line]) -> bool:
    """Whether lines stand below a name, and none of them is a person for sure."""
    if not 1 < len(group) <= _MOST or _is_counted(group):
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
    found = [segment.text for segment in split_segments(clean(text, Draft()))]
    return [found[0].partition(" (")[0], *found[1:]] if found else found


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
    if not _SEMICOLON.search(text):
        return []
    parts = [_AND.sub("", part.strip()) for part in _SEMICOLON.split(text)]
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
    topical = kinds.has_given_name(name) and len(name.split()) < 4
    if len(name.split()) < 2 or kinds.organization_score(name) > topical or is_only_role(text):
        return False
    return kinds.looks_like_name(name) and not places.cities(name) and not places.country(name)


def is_surely_person(text: str) -> bool:
    return any(map(_has_mark, _parts(text)[:1]))


def _has_mark(text: str) -> bool:
    honorific, name = split_honorific(text)
    name, credentials = split_credentials(name)
    return bool(honorific or credentials) or kinds.has_given_name(name)
