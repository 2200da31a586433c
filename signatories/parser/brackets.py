"""What stands in brackets: a place, a role, an organization, a nickname, who signs."""

from __future__ import annotations

import re
from dataclasses import replace

from . import kinds, places
from .names import split_honorific
from .parsed import Draft
from .people import PAREN, REPRESENTED
from .roles import is_role, is_role_behind
from .segments import Segment, split_segments, tidy
from .tail import take_place
from .text import key
from .townlike import is_townlike

REPRESENTED_BY = re.compile(
    r"^(?:represented|signed)\s+by|^vertreten\s+durch|^(?:i\.\s?V\.|p\.\s?p\.)|^représentée?\s+par"
    r"|^representad[ao]\s+por|^rappresentat[ao]\s+da|^vertegenwoordigd\s+door|^в\s+лице|^temsilen"
    r"|^(?:signatory|rep(?:resentative)?)\s*:|^يمثلها|^represented\s+through",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\((?P<inside>(?:contact(?:\s+person)?|kontakt(?:person)?|ansprechpartner(?:in)?|contacto"
    r"|contatto|contato|personne\s+de\s+contact|iletişim|irtibat|əlaqə|контакт|контактное\s+лицо"
    r"|جهة\s+الاتصال)\s*:[^()]*)\)",
    re.IGNORECASE,
)


def lift_brackets(segments: list[Segment], draft: Draft) -> list[Segment]:
    """Parentheses of a person's name, and those that hold a place, become parts of their own."""
    lifted: list[Segment] = []
    for position, whole in enumerate(segments):
        segment = _without_contact(whole, draft)
        match = PAREN.search(segment.text)
        if not match or segment.quoted or places.cities(segment.text):
            lifted.append(segment)
            continue
        inside = _represented(split_segments(match[1]))
        rest = tidy(segment.text[: match.start()] + " " + segment.text[match.end() :])
        if position and inside and not rest:
            lifted += _set_apart(segment, match, inside)
        elif rest and _is_read_in_brackets(inside, rest, segment, position, draft):
            lifted.append(replace(segment, text=rest))
        elif _is_nickname(segment, match, position):
            named = kinds.looks_like_name(rest) and not kinds.looks_like_organization(rest)
            lifted.append(replace(segment, text=rest) if named else segment)
        elif (
            inside
            and rest
            and (
                inside[0].separator == REPRESENTED
                or segment.told
                or _is_given_name_behind(segments, position, rest)
                or not _is_part_of_organization(rest, match[1])
            )
        ):
            lifted += _set_apart(segment, match, inside)
        else:
            lifted.append(segment)
    return lifted


def _is_read_in_brackets(
    inside: list[Segment], rest: str, segment: Segment, position: int, draft: Draft
) -> bool:
    """Whether a bracket held the name in other letters, a nickname, a place or a handle."""
    match = PAREN.search(segment.text)
    if not match:
        return False
    if not position and _is_written_anew(rest, match[1]):
        draft.note(f"“{match[1]}” is the same name in other letters.")
        return True
    if _is_nickname(segment, match, position) and _may_be_nickname(match[1], rest):
        return True
    if inside and _take_bracketed_place(inside, rest, match[1], draft):
        return True
    if not position and _is_handle(rest, match[1]):
        draft.note(f"The handle {match[1]} was left out of the name.")
        return True
    return False


def _is_written_anew(name: str, inside: str) -> bool:
    """As in "Юлія Коваль (Yuliia Koval)": as many words, of which one side's are Latin."""
    same = len(name.split()) == len(inside.split()) > 1
    latin = [_LATIN.search(side) is not None for side in (name, inside)]
    return same and latin[0] != latin[1] and all(map(kinds.looks_like_name, (name, inside)))


_LATIN = re.compile(r"[A-Za-z]")


def _may_be_nickname(inside: str, rest: str) -> bool:
    """As in "Xiaoming (Sam) Liu", where Sam is a given name, whatever town is called so."""
    given = kinds.is_given_name(key(inside)) and inside.istitle()
    return given and kinds.looks_like_name(rest) and not kinds.looks_like_organization(rest)


def _abbreviates(short: str, body: str) -> bool:
    """As in "Ruch Rodziców (RR)": the first letters of all its words."""
    words = body.split()
    return len(words) > 1 and len(short) > 1 and short == "".join(word[0].upper() for word in words)


def _set_apart(segment: Segment, match: re.Match[str], inside: list[Segment]) -> list[Segment]:
    """What stands before, in and behind a bracket, as parts of their own."""
    before, after = tidy(segment.text[: match.start()]), tidy(segment.text[match.end() :])
    first, *others = inside
    first = first if first.separator else replace(first, separator="(")
    around = [Segment(before, segment.separator), first, *others, Segment(after)]
    return [part for part in around if part.text]


def _take_bracketed_place(inside: list[Segment], rest: str, written: str, draft: Draft) -> bool:
    """Whether a bracket held a place, which is in the draft then."""
    if _abbreviates(written, rest) and kinds.looks_like_organization(rest):
        return False
    if (country := places.country_of_plate(written)) and places.cities(rest, country):
        draft.country = country
        return True
    if _is_town_of_body(inside, rest):
        draft.city = inside[0].text
        draft.note(f"“{inside[0].text}” was read as a town by its form.", 0.2)
        return True
    if _is_place(inside) and not (kinds.is_acronym(written) and not _is_code(written)):
        take_place([Segment("-"), *inside], draft)
        return True
    return False


def _without_contact(segment: Segment, draft: Draft) -> Segment:
    """As in "River Trust (contact: Jane Roe)": she does not sign."""
    match = _CONTACT.search(segment.text)
    rest = tidy(f"{segment.text[: match.start()]} {segment.text[match.end() :]}") if match else ""
    if not match or not rest:
        return segment
    draft.note(f"“{match['inside']}” was left out: a contact does not sign.")
    return Segment(rest, segment.separator, segment.quoted)


def _is_given_name_behind(segments: list[Segment], position: int, rest: str) -> bool:
    """As in "Roe, Jane (River Trust)"."""
    surname = position == 1 and len(segments[0].words) < 3 and segments[0].text[:1].isupper()
    return surname and kinds.has_given_name(rest) and kinds.looks_like_name(rest, 1)


def _represented(inside: list[Segment]) -> list[Segment]:
    """As in "River Trust (represented by Jane Roe)"."""
    match = REPRESENTED_BY.match(inside[0].text) if inside else None
    if not match:
        return _represented_by_role(inside)
    return [Segment(tidy(inside[0].text[match.end() :]), REPRESENTED), *inside[1:]]


def _represented_by_role(inside: list[Segment]) -> list[Segment]:
    """As in "River Exchange (Jane Roe, Chief Executive)": a name and roles, and nothing else."""
    person, *roles = inside or [Segment("")]
    name = split_honorific(person.text)[1]
    named = kinds.looks_like_name(name) and not kinds.organization_score(name)
    if not roles or not named or is_role(name) or not all(is_role(s.text) for s in roles):
        return inside
    return [Segment(person.text, REPRESENTED), *roles]


def _is_handle(name: str, inside: str) -> bool:
    """As in "Jonas Ek (jonasek)": a small word made of the name's letters."""
    letters = re.sub(r"\W", "", key(name))
    return len(inside) > 2 and inside.islower() and inside.isalnum() and key(inside) in letters


def _is_nickname(segment: Segment, match: re.Match[str], position: int) -> bool:
    return (
        position == 0
        and match.end() < len(segment.text) - 1
        and len(match[1].split()) == 1
        and not kinds.is_acronym(match[1])
    )


def _is_part_of_organization(rest: str, inside: str) -> bool:
    if not kinds.looks_like_organization(rest):
        named = kinds.looks_like_name(rest) or is_role_behind(rest)
        return not named and not is_role(inside)
    if is_role(inside) or _is_representative(rest, inside):
        return False
    return not ("," in inside or (kinds.looks_like_name(inside) and kinds.has_given_name(inside)))


def _is_representative(organization: str, inside: str) -> bool:
    """As in "River Trust (Jane Roe)": a full name behind what is surely an organization."""
    if kinds.has_given_name(organization):
        return False
    strong = any(map(kinds.is_strong_organization_word, organization.split()))
    name = split_honorific(inside)[1]
    plain = kinds.looks_like_name(name) and not kinds.organization_score(name)
    return strong and plain and not places.cities(name) and not is_role_behind(name)


def _is_town_of_body(inside: list[Segment], rest: str) -> bool:
    """As in "Seed Swap Collective (Ludbrook)"."""
    lone = len(inside) == 1 and is_townlike(inside[0].text) and not places.cities(inside[0].text)
    return lone and kinds.looks_like_organization(rest)


def _is_code(text: str) -> bool:
    return places.is_region_code(text) or bool(places.country(text))


def _is_place(segments: list[Segment]) -> bool:
    """Whether a bracket holds a place, and nothing beside it."""
    trial = Draft()
    left = take_place([Segment("-"), *segments], trial)
    return len(left) == 1 and bool(trial.city or trial.region or trial.country)
