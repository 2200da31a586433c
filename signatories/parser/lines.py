"""Reads one line into fields."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from . import kinds, places
from .brackets import REPRESENTED_BY, lift_brackets
from .capitals import put_back_small, with_capitals
from .headings import NO_HEADING, Heading
from .marks import split_remark, without_symbols
from .names import join_spaced, split_honorific
from .others import read_rest, settle
from .parsed import Draft, Kind, ParsedLine
from .people import REPRESENTED, person_position, read_person, split_owned
from .remarks import behalf_first, read_remarks
from .roles import is_role, is_role_behind
from .segments import Segment, split_segments, tidy
from .tail import take_place
from .text import MAX_LINE, clean, key
from .vocabulary import GIVEN_NAMES, PARTICLES

_BEHALF = re.compile(
    r"(?:(?:(?<!\s)\s+)?,\s+|(?<!\s)\s+)(?:(?:signing\s+)?on\s+behalf\s+of|in\s+behalf\s+of|representing|im\s+namen\s+(?:von|der|des)"
    r"|au\s+nom\s+de|adından)\s+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:(?:represented|signed|submitted)\s+by\b\s*:?|(?:contact|name|imza)\s*:|(?:per|by|c/o)\b\s*:?)\s+",
    re.IGNORECASE,
)


# The share of lines with a town from which on the others are thought to have one.
_MOSTLY = 0.6


@dataclass(frozen=True)
class BlockContext:
    """What the other lines of a block say about one of them."""

    surname_first: bool = False
    home: str = ""  # the country most lines name
    towns: float = 0.5  # the share of lines that end in a town, where enough lines tell
    organized: bool = False  # whether organizations stand among the lines
    named: bool = False  # whether most lines begin with a given name that is known
    heading: Heading = NO_HEADING


def parse_line(text: str, line: int = 1, context: BlockContext | None = None) -> ParsedLine:
    context = context or BlockContext()
    heading = context.heading
    written, text = text, with_capitals(text)
    text_read, mark = split_remark(without_symbols(text[: MAX_LINE + 1]))
    draft = Draft(mark=mark or heading.mark)
    segments = _segments(text_read if len(text) <= MAX_LINE else text, draft)
    if not segments:
        draft.note("Nothing in this line reads as a name.", 0.95)
        return draft.finish(line, written)
    segments = lift_brackets(segments, draft)
    if context.surname_first:
        segments = _turn_surname_first(segments, draft)
    if not context.surname_first and _is_lone_surname_first(segments):
        segments = _turn_surname_first(segments, draft)
        draft.note("Only the given name tells that the surname stands first.", 0.2)
    segments = _take_places(segments, draft, context)
    if not segments:
        segments = split_segments(text[:MAX_LINE])[:1]
        draft.city = draft.region = draft.country = ""
        draft.note("The line holds a place and no name.", 0.5)
    if not segments[0].quoted and (owned := split_owned(segments[0].text)):
        segments = [*owned, *segments[1:]]
    _read(segments, draft, _is_mixed_case(text), heading.kind)
    draft.country = draft.country or heading.country
    if (context.organized or context.named) and not heading.kind:
        _doubt_lonely(draft)
    if text != written:
        put_back_small(draft)
    return draft.finish(line, written)


def _take_places(segments: list[Segment], draft: Draft, context: BlockContext) -> list[Segment]:
    if not draft.city and not draft.country:
        segments = take_place(segments, draft, context.heading.country or context.home)
    elif not draft.city:
        segments = _take_town_of_country(segments, draft)
    if not (draft.city or draft.country) and context.towns >= _MOSTLY:
        segments = _take_town_like_others(segments, draft)
    if draft.state and not draft.country:
        draft.region, draft.country = draft.state, "US"
    return segments


def _take_town_of_country(segments: list[Segment], draft: Draft) -> list[Segment]:
    """As in "Jane Roe, Lyon (France)"."""
    *before, last = segments
    known = before and not last.quoted and places.cities(last.text, draft.country)
    if known and kinds.organization_score(last.text) < 2:
        draft.city = last.text
        return before
    return segments


def _take_town_like_others(segments: list[Segment], draft: Draft) -> list[Segment]:
    """A last part that is no known town, where nearly all other lines end in one."""
    *before, last = segments
    plain = not kinds.organization_score(last.text) and kinds.looks_like_name(last.text, 1)
    if not before or last.quoted or not plain or len(last.words) > 2 or is_role_behind(last.text):
        return segments
    draft.city = last.text
    draft.note(f"“{last.text}” was read as a town, as in the other lines.", 0.2)
    return before


def _segments(text: str, draft: Draft) -> list[Segment]:
    cleaned = join_spaced(clean(text, draft))
    cleaned = re.sub(
        r"(?:,|(?<!\s))\s+(?:is|serves as|am)\s+(?=(?:an?|the|our)\s)", ", ", cleaned, count=1
    )
    cleaned = read_remarks(cleaned, draft)
    found: list[Segment] = []
    if behalf := behalf_first(cleaned):
        return [Segment(tidy(behalf[0]), "on behalf of", quoted=True), *split_segments(behalf[1])]
    for part in (part for part in _BEHALF.split(cleaned) if part.strip()):
        pieces = split_segments(part)
        if found and pieces:
            pieces[0] = Segment(
                re.sub(r"^the\s+", "", pieces[0].text, flags=re.IGNORECASE),
                "on behalf of",
                quoted=True,
            )
        found += pieces
    found = _join_spelled_out([_without_label(segment) for segment in found])
    return _unquote_person(found)


def _join_spelled_out(segments: list[Segment]) -> list[Segment]:
    """As in "ICON – International Canal Observers Network": one name, short and in full."""
    if len(segments) < 2 or not kinds.is_acronym(segments[0].text):
        return segments
    short, full, *rest = segments
    capitals = "".join(char for char in full.text if char.isupper())
    if full.separator not in ("-", "–", "—", ":") or short.text != capitals:
        return segments
    whole = f"{short.text} {full.separator} {full.text}"
    return [Segment(whole, short.separator, quoted=True), *rest]


def _without_label(segment: Segment) -> Segment:
    match = REPRESENTED_BY.match(segment.text)
    rest = segment.text[match.end() :] if match else _LABEL.sub("", segment.text, count=1)
    separator = REPRESENTED if match and segment.separator else segment.separator
    return Segment(tidy(rest) or segment.text, separator, segment.quoted)


def _unquote_person(segments: list[Segment]) -> list[Segment]:
    """A person's name in quotation marks before an organization's is a name all the same."""
    if len(segments) < 2 or not segments[0].quoted or segments[0].separator:
        return segments
    first = segments[0].text
    if kinds.organization_score(first) or not kinds.looks_like_name(first):
        return segments
    organization = kinds.looks_like_organization(segments[1].text)
    if not (kinds.has_given_name(first) or organization or is_role(segments[1].text)):
        return segments
    return [Segment(first), *segments[1:]]


def _doubt_lonely(draft: Draft) -> None:
    """A bare name that begins with no known given name, among organizations, may be one."""
    told = draft.roles or draft.organizations or draft.honorific or draft.credentials
    placed = draft.city or draft.country or any(map(_is_initial, draft.name.split()))
    if draft.name and not (told or placed) and not kinds.has_given_name(draft.name):
        draft.note(f"“{draft.name}” was read as a person; it may be an organization.", 0.2)


def _is_initial(word: str) -> bool:
    return len(word.strip(".")) == 1 or kinds.is_dense(word)


def _is_told_person(text: str) -> bool:
    honorific, name = split_honorific(text)
    return bool(honorific) or (kinds.has_given_name(name) and not kinds.organization_score(name))


def _is_mixed_case(text: str) -> bool:
    return any(char.islower() for char in text)


def context_of(lines: list[tuple[int, str]]) -> BlockContext:
    sample = lines[:200]
    if len(sample) < 3:
        return BlockContext()
    inverted = placed = organized = known = 0
    countries: Counter[str] = Counter()
    for _, text in sample:
        draft = Draft()
        segments = _segments(text, draft)
        if not segments:
            continue
        segments = lift_brackets(segments, Draft())
        known += kinds.has_given_name(split_honorific(segments[0].text)[1])
        inverted += _is_surname_first(segments) and not _is_town(segments[1].text)
        take_place(segments, draft)
        organized += len(segments) == 1 and kinds.looks_like_organization(segments[0].text)
        placed += bool(draft.city) and len(segments) > 1
        countries[draft.country] += bool(draft.country)
    home, count = countries.most_common(1)[0] if countries else ("", 0)
    enough = 2 * count > len(sample)
    named = 2 * known >= len(sample)
    surname_first = inverted >= _MOSTLY * len(sample)
    return BlockContext(
        surname_first, home if enough else "", placed / len(sample), organized > 0, named
    )


def _is_town(text: str) -> bool:
    return bool(places.cities(text)) and not kinds.has_given_name(text)


def _is_surname_first(segments: list[Segment]) -> bool:
    if len(segments) < 2 or segments[1].separator != "," or segments[1].quoted:
        return False
    surname, given = segments[0].text, segments[1].text
    carrying = [word for word in surname.split() if key(word) not in PARTICLES]
    known = kinds.has_given_name(split_honorific(f"{given} Roe")[1].removesuffix(" Roe"))
    if surname.isupper() and not given.isupper() and len(surname) > 2:
        capitals = 0 < len(carrying) <= 4 and not kinds.looks_like_organization(
            surname, mixed_case=False
        )
        if capitals and kinds.looks_like_name(given, 1) and not places.country(given):
            return not kinds.looks_like_organization(given) and not is_role(given)
    most = 3 if known and not kinds.has_given_name(surname) else 1
    if not 0 < len(carrying) <= most or kinds.looks_like_organization(surname):
        return False
    if len(given.split()) > 3:
        return False
    if places.country(given) or places.is_region_code(given) or is_role(given):
        return False
    return kinds.looks_like_name(given, 1) and not kinds.looks_like_organization(given)


def _is_lone_surname_first(segments: list[Segment]) -> bool:
    """Whether one line alone reads as "Cohen, David": a single word and a known given name."""
    if not _is_surname_first(segments) or kinds.has_given_name(segments[0].text):
        return False
    given, *middle = segments[1].words
    particle = segments[0].words[0]
    if particle.islower() and key(particle) in PARTICLES and len(segments[0].words) > 1:
        return len(segments) == 2 and not _is_town(segments[1].text)
    plain = not kinds.is_acronym(segments[0].text)
    return plain and key(given) in GIVEN_NAMES and all(len(key(word)) == 1 for word in middle)


def _turn_surname_first(segments: list[Segment], draft: Draft) -> list[Segment]:
    if not _is_surname_first(segments):
        return segments
    surname, given = segments[0].text, segments[1].text
    draft.note(f"“{surname}, {given}” was read as surname and given name.")
    if surname.isupper() and len(surname.split()) > 1:
        surname = surname.title()  # two words in capitals would be an organization's
    return [Segment(f"{given} {surname}"), *segments[2:]]


def _read(
    segments: list[Segment], draft: Draft, mixed_case: bool, kind: Kind | None = None
) -> None:
    """Read what is left when the place is gone: names, credentials, roles, organizations."""
    rest = list(segments)
    person = person_position(rest, draft, mixed_case)
    if kind == "person" and person is None:
        person = 0
    elif kind == "organization" and person == 0 and not _is_told_person(rest[0].text):
        person = None
    if person is not None:
        segment = rest.pop(person)
        extra = read_person(segment, draft, mixed_case, alone=not rest)
        rest[person:person] = extra
    for segment in rest:
        read_rest(segment, draft)
    settle(draft)
