"""Reads one line into fields."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from . import kinds, places
from .brackets import REPRESENTED_BY, lift_brackets
from .capitals import put_back_small, with_capitals
from .corroboration import (
    doubt_left_over,
    doubt_lone_body,
    doubt_lonely,
    doubt_uncorroborated,
    take_unproved,
)
from .headings import NO_HEADING, Heading
from .marks import split_remark, without_symbols
from .names import join_spaced, split_credentials, split_honorific
from .others import read_rest, settle
from .pairs import may_be_family
from .parsed import Draft, Kind, ParsedLine
from .people import REPRESENTED, person_position, read_person, split_owned
from .positions import NO_POSITIONS, Positions, positions_of, tell, told
from .remarks import behalf_first, read_remarks
from .roles import is_role, is_role_behind
from .segments import Segment, split_segments, tidy
from .surnames import (
    NO_ORDER,
    Order,
    in_order,
    is_lone_surname_first,
    is_surname_first,
    is_town,
    order_of,
    turn_surname_first,
)
from .tail import take_place
from .text import MAX_LINE, clean
from .whereabouts import take_surroundings

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
    bare: bool = True  # whether most lines hold nothing but a name
    few_bodies: bool = False  # whether hardly any line is an organization's alone
    bodies: bool = False  # whether nearly all lines of one part name an organization
    abroad: bool = False  # whether most lines name a country, and these differ
    heading: Heading = NO_HEADING
    positions: Positions = NO_POSITIONS
    order: Order = NO_ORDER


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
    segments = lift_brackets(in_order(segments, context.order, draft), draft)
    segments = _names_in_order(segments, draft, context)
    segments = _told_by_block(segments, draft, context.positions)
    segments = _take_told_town(_take_places(segments, draft, context), draft)
    if not segments:
        segments = split_segments(text[:MAX_LINE])[:1]
        draft.city = draft.region = draft.country = ""
        draft.note("The line holds a place and no name.", 0.5)
    segments = _with_person(segments, context)
    _read(segments, draft, _is_mixed_case(text), heading.kind, context.bodies)
    take_surroundings(draft, heading, abroad=context.abroad)
    if (context.organized or context.named or not context.bare) and not heading.kind:
        doubt_lonely(draft, few_bodies=context.few_bodies)
    if context.few_bodies and not heading.kind:
        doubt_lone_body(draft)
    doubt_uncorroborated(draft)
    doubt_left_over(draft, text_read)
    take_unproved(draft, text, heading.kind == "organization" or context.bodies)
    if text != written:
        put_back_small(draft)
    return draft.finish(line, written, _kind(segments, draft, heading))


_FOR = re.compile(
    r"(?:For|Pour|Für|Per|Por|Voor|För|Za|Dla|За|Для|Від|От|Namens|På vegne a[vf]|W imieniu|Jménem"
    r"|V mene|U ime|V imenu|În numele|Em nome d[aeo]s?|En nombre de|A nome d(?:i|el|ella)|En nom de"
    r"|От имени|Від імені|От името на)\s+"
    r"(?:(?:the|le|la|les|die|das|den|il|lo|el|de|het)\s+|l['’])?(?=[^\W\d_])"
)


def _with_person(segments: list[Segment], context: BlockContext) -> list[Segment]:
    """The parts with the person set apart who stands behind an organization's name."""
    if not segments[0].quoted and (owned := split_owned(segments[0].text)):
        return [*owned, *segments[1:]]
    for_whom = _FOR.match(segments[0].text)
    if for_whom and _stands_second(segments):
        body = Segment(segments[0].text[for_whom.end() :], "on behalf of", quoted=True)
        return [body, replace(segments[1], separator=REPRESENTED), *segments[2:]]
    if context.positions.represented and _stands_second(segments):
        return [segments[0], replace(segments[1], separator=REPRESENTED), *segments[2:]]
    return segments


def _names_in_order(segments: list[Segment], draft: Draft, context: BlockContext) -> list[Segment]:
    """The parts with the given name first, however the block writes its names."""
    if context.surname_first:
        segments = turn_surname_first(segments, draft)
    elif is_lone_surname_first(segments):
        segments = turn_surname_first(segments, draft)
        draft.note("Only the given name tells that the surname stands first.", 0.2)
    return segments


def _kind(segments: list[Segment], draft: Draft, heading: Heading) -> Kind | None:
    """An organization signs, where a heading says so and its name stands first in the line."""
    if heading.kind != "organization" or not (draft.name and draft.organizations):
        return None
    first = draft.organizations[0]
    return "organization" if segments[0].text.startswith(first) else None


def _stands_second(segments: list[Segment]) -> bool:
    """Whether a name stands behind what the other lines have an organization as."""
    if len(segments) < 2 or segments[1].is_fixed or kinds.has_given_name(segments[0].text):
        return False
    name = split_credentials(split_honorific(segments[1].text)[1])[0]
    return kinds.looks_like_name(name) and not kinds.organization_score(name) and not is_role(name)


def _told_by_block(segments: list[Segment], draft: Draft, positions: Positions) -> list[Segment]:
    """The parts with what the other lines tell of them."""
    found = tell(segments, positions)
    for segment, told_before in zip(found, segments, strict=True):
        new = segment is not told_before and told(told_before) != segment.told
        if segment.told in ("role", "organization") and new:
            what = "a role" if segment.told == "role" else "an organization"
            note = f"“{segment.text}” was read as {what}, as in the other lines."
            draft.note(note, 0.0 if segment.sure else 0.2)
    return found


def _take_told_town(segments: list[Segment], draft: Draft) -> list[Segment]:
    """The parts without the one that the block tells to be a town, where no other was found."""
    towns = [segment for segment in segments if segment.told == "town"]
    if draft.city or len(segments) < 2 or not towns:
        return [replace(one, told="") if one.told == "town" else one for one in segments]
    town = towns[-1]
    draft.city = town.text
    draft.note(
        f"“{town.text}” was read as a town, as in the other lines.", 0.0 if town.sure else 0.2
    )
    return [one for one in segments if one is not town]


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


_WHO_IS = re.compile(r"(?:,|(?<!\s))\s+(?:is|serves as|am)\s+(?=(?:an?|the|our)\s)")
_THE = re.compile(r"^the\s+", re.IGNORECASE)


def _may_be_on_behalf(text: str) -> bool:
    """Whether a text in small letters holds a piece of the words of `_BEHALF`."""
    spoken = "behalf" in text or "repre" in text or "namen" in text
    return spoken or "nom" in text or "ndan" in text


def _segments(text: str, draft: Draft) -> list[Segment]:
    cleaned = join_spaced(clean(text, draft))
    cleaned = _WHO_IS.sub(", ", cleaned, count=1)
    cleaned = read_remarks(cleaned, draft)
    found: list[Segment] = []
    if behalf := behalf_first(cleaned):
        return [Segment(tidy(behalf[0]), "on behalf of", quoted=True), *split_segments(behalf[1])]
    parts = _BEHALF.split(cleaned) if _may_be_on_behalf(cleaned.lower()) else [cleaned]
    for part in filter(str.strip, parts):
        pieces = split_segments(part)
        if found and pieces:
            pieces[0] = Segment(
                _THE.sub("", pieces[0].text),
                "on behalf of",
                quoted=True,
            )
        found += pieces
    if len(found) > 1 and found[0].text.isdecimal():
        found = [replace(found[1], separator=""), *found[2:]]
    found = _join_spelled_out([_without_label(segment) for segment in found])
    return _unquote_person(found)


_DASHES = ("-", "–", "—")


def _abbreviates(short: str, full: str) -> bool:
    """Whether a word in capitals is made of the first letters of a name's words, in order."""
    if not 2 < len(short) < 12 or not short.isalpha() or len(full.split()) < 3:
        return False
    at = 0
    for word in full.upper().split():
        at += short[at : at + 1] == word[:1]
    return at > 1 and 2 * at >= len(short) - 2


def _join_spelled_out(segments: list[Segment]) -> list[Segment]:
    """As in "ICON – International Canal Observers Network": one name, short and in full."""
    if len(segments) < 2:
        return segments
    short, full, *rest = segments
    if full.text.isupper() and full.separator in _DASHES and _abbreviates(full.text, short.text):
        return [Segment(f"{short.text} {full.separator} {full.text}", quoted=True), *rest]
    if not kinds.is_acronym(short.text):
        return segments
    capitals = "".join(char for char in full.text if char.isupper())
    if full.separator not in ("-", "–", "—", ":") or short.text != capitals:
        return segments
    whole = f"{short.text} {full.separator} {full.text}"
    return [Segment(whole, short.separator, quoted=True), *rest]


# As in "Jane Roe, for the Friends of Alder Wood".
_FOR_BODY = re.compile(r"^for\s+(?:the\s+)?(?=[A-Z])")


def _without_label(segment: Segment) -> Segment:
    if segment.separator == "," and _FOR_BODY.match(segment.text):
        return replace(segment, text=_FOR_BODY.sub("", segment.text), quoted=True)
    match = REPRESENTED_BY.match(segment.text)
    rest = segment.text[match.end() :] if match else _LABEL.sub("", segment.text, count=1)
    if not match and rest == segment.text == tidy(rest):
        return segment
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


def _is_told_person(text: str) -> bool:
    honorific, name = split_honorific(text)
    return bool(honorific) or (kinds.has_given_name(name) and not kinds.organization_score(name))


def _is_mixed_case(text: str) -> bool:
    return any(char.islower() for char in text)


def context_of(lines: list[tuple[int, str]]) -> BlockContext:
    sample = lines[:200]
    if len(sample) < 3:
        return BlockContext()
    inverted = placed = organized = known = alone = abroad = 0
    rows: list[list[Segment]] = []
    countries: Counter[str] = Counter()
    for _, text in sample:
        draft = Draft()
        segments = _segments(text, draft)
        if not segments:
            continue
        segments = lift_brackets(segments, Draft())
        rows.append(segments)
        known += kinds.has_given_name(split_honorific(segments[0].text)[1])
        inverted += is_surname_first(segments) and not is_town(segments[1].text)
        left = take_place(segments, draft)
        lone = len(left) == 1 and bool(left[0].text)
        organized += lone and _is_body(left[0].text)
        alone += lone
        placed += bool(draft.city) and len(segments) > 1
        countries[draft.country] += bool(draft.country)
        abroad += bool(draft.country and not (draft.inferred or draft.region))
    order = order_of([row[0].text for row in rows if row])
    home, count = countries.most_common(1)[0] if countries else ("", 0)
    named = 2 * known >= len(sample)
    surname_first = inverted >= _MOSTLY * len(sample)
    return BlockContext(
        surname_first,
        home if 2 * count > len(sample) else "",
        placed / len(sample),
        organized > 0,
        named,
        2 * (alone - organized) >= len(sample),
        few_bodies=len(sample) > 3 and 4 * organized < len(sample),
        bodies=organized > 2 and 4 * organized >= 3 * alone and 5 * alone >= 3 * len(sample),
        abroad=2 * abroad >= len(sample) and len(countries) > 2,
        positions=positions_of([in_order(row, order, Draft()) for row in rows]),
        order=order,
    )


def _is_body(text: str) -> bool:
    """Whether a line's only part names an organization: by its words, or in one word."""
    single = len(text.split()) == 1 and not kinds.is_dense(text)
    return single or (kinds.looks_like_organization(text) and not may_be_family(text))


def _may_be_body(segments: list[Segment]) -> bool:
    """Whether a line of one part, among organizations, holds nothing that tells a person."""
    text = segments[0].text
    honorific, name = split_honorific(text)
    person = honorific or split_credentials(name)[1] or kinds.has_given_name(name)
    return len(segments) == 1 and not person


def _read(
    segments: list[Segment],
    draft: Draft,
    mixed_case: bool,
    kind: Kind | None = None,
    bodies: bool = False,
) -> None:
    """Read what is left when the place is gone: names, credentials, roles, organizations."""
    rest = list(segments)
    person = person_position(rest, draft, mixed_case)
    if kind == "person" and person is None:
        person = 0
    elif kind == "organization" and person == 0 and not _is_told_person(rest[0].text):
        person = None
    elif bodies and person == 0 and not draft.city and _may_be_body(rest):
        person = None
        draft.note(f"“{rest[0].text}” was read as an organization, as the other lines are.", 0.2)
    if person is not None:
        segment = rest.pop(person)
        extra = read_person(segment, draft, mixed_case, alone=not rest)
        rest[person:person] = extra
    held = [position for position, one in enumerate(rest) if told(one) == "organization"]
    for position, segment in enumerate(rest):
        read_rest(segment, draft, held=any(other != position for other in held))
    settle(draft)
