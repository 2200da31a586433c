"""Which part of a line names the person, and reading it."""

from __future__ import annotations

import re

from . import kinds, places
from .names import is_credential_list, split_credentials, split_honorific, unknown_title
from .organizations_abroad import is_organization_abroad
from .parsed import Draft
from .roles import is_only_role, is_role, is_role_in_english
from .roles_abroad import is_role_abroad
from .segments import Segment, tidy
from .text import key, keys, word_key
from .vocabulary import GIVEN_NAMES, PARTICLES

# The mark in front of who signs for an organization.
REPRESENTED = "represented by"
PERSON = "person"
PAREN = re.compile(r"\(([^()]*)\)")
_LOOSELY_FROM = re.compile(r"\s(?:from the|aus de[rm])\s")
_PAIR = re.compile(r"(?<!\s)\s+(?:and|&|und|et|y|və|ve|и)\s+", re.IGNORECASE)


_QUOTED = re.compile(r'([^"“„«]{3,80}?)\s?["“„«]\s?([^"”“»]{2,200}?)\s?["”“»]')


def _split_quoted(text: str) -> tuple[str, str]:
    """The name and the organization of 'Jane Roe "River Trust"'."""
    match = _QUOTED.fullmatch(text)
    return (match[1], match[2]) if match else (text, "")


def person_position(segments: list[Segment], draft: Draft, mixed_case: bool) -> int | None:
    """Which segment names the person, or None where only an organization is named."""
    for position, segment in enumerate(segments):
        if segment.separator == REPRESENTED or segment.told == PERSON:
            return position
    first = segments[0]
    if not first.quoted and _names_person(first.text, mixed_case):
        if _second_signs(segments):
            draft.note(
                f"“{segments[1].text}” was read as the representative of “{first.text}”.", 0.2
            )
            return 1
        if not is_role(first.text) or (len(segments) == 1 and not is_only_role(first.text)):
            return 0
        later = _later_person(segments, mixed_case)
        return 0 if later is None and split_honorific(first.text)[0] else later
    later = _later_person(segments, mixed_case)
    if later is not None and not is_role(first.text):
        known = _is_surely_person(segments, later)
        draft.note(
            f"“{segments[later].text}” was read as the representative of “{first.text}”.",
            0.0 if known else 0.2,
        )
    return later


def _second_signs(segments: list[Segment]) -> bool:
    """As in "Clean Slate, Jane Roe, chair": the given name of the second part, and of no other."""
    if len(segments) < 2 or segments[1].is_fixed or segments[1].separator == "of":
        return False
    first, second, *others = segments
    honorific, name = split_honorific(first.text)
    if second.separator == ":" and others and is_role(others[0].text) and not honorific:
        return kinds.has_given_name(second.text) and len(second.words) < 4
    if honorific or kinds.has_given_name(name) or split_credentials(name)[1]:
        return False
    plain = kinds.looks_like_name(second.text) and not kinds.organization_score(second.text)
    told = bool(others) and is_role(others[0].text)
    named = plain and kinds.has_given_name(second.text) and not is_role(second.text)
    return named and (told or second.separator == "(") and not kinds.ends_as_name(name)


def _names_person(text: str, mixed_case: bool) -> bool:
    honorific, bare = split_honorific(text)
    name, credentials = split_credentials(bare)
    if honorific or credentials or kinds.ends_as_name(name):
        return True
    if _PAIR.search(bare) and _two_people(bare):
        return True
    if not kinds.looks_like_organization(name, mixed_case):
        words = name.split()
        single = len(words) == 1
        return not (single and ((kinds.is_acronym(name) and mixed_case) or len(name) < 2))
    if kinds.split_name_from_organization(name) or _split_linked(name):
        return True
    return kinds.has_given_name(name) and len(name.split()) == 2 and kinds.looks_like_name(name)


def _later_person(segments: list[Segment], mixed_case: bool) -> int | None:
    for position, segment in enumerate(segments[1:], start=1):
        if segment.is_fixed or is_role(segment.text) or is_credential_list(segment.text):
            continue
        if _is_surely_person(segments, position):
            return position
        lead, name = _leading_role(segment.text)
        if lead and kinds.has_given_name(name):
            return position
        plain = not kinds.organization_score(segment.text, mixed_case)
        if plain and kinds.looks_like_name(segment.text) and len(segment.words) < 5:
            return position
    return None


def _is_surely_person(segments: list[Segment], position: int) -> bool:
    text = segments[position].text
    honorific, bare = split_honorific(text)
    if honorific or split_credentials(bare)[1]:
        return True
    topical = kinds.has_given_name(text) and len(text.split()) < 4
    if kinds.organization_score(text) > topical or not kinds.looks_like_name(text):
        return False
    followed = position + 1 < len(segments) and is_role(segments[position + 1].text)
    return (
        kinds.has_given_name(text)
        or followed
        or is_role(segments[0].text)
        or kinds.ends_as_name(text)
    )


def read_person(
    segment: Segment, draft: Draft, mixed_case: bool, *, alone: bool = False
) -> list[Segment]:
    """Read a name with its honorific and credentials; return what hung on it besides."""
    text, quoted = _split_quoted(segment.text)
    draft.honorific, bare = split_honorific(text)
    if title := unknown_title(bare):
        draft.note(f"“{title}” may be a title or a part of the name.", 0.2)
    bare = _without_nickname(bare, draft)
    lead, bare = _leading_role(bare)
    extra = [Segment(lead)] if lead else []
    if lead and not is_role_in_english(lead):
        draft.note(f"“{lead}” was read as a role; it may be a form of address.", 0.2)
    extra += [Segment(quoted, quoted=True)] if quoted else []
    bare, draft.credentials = split_credentials(bare)
    linked = _split_linked(bare)
    if linked:
        bare, rest = linked
        extra.append(rest)
    elif (segment.told != PERSON and kinds.looks_like_organization(bare, mixed_case)) or (
        draft.honorific and len(bare.split()) > 2
    ):
        split = kinds.split_name_from_organization(bare, bool(draft.honorific))
        if split:
            bare, organization = split
            extra.append(Segment(organization, quoted=True))
            sure = draft.honorific or kinds.no_doubt_splits(bare, organization)
            draft.note(f"No mark separates “{bare}” from “{organization}”.", 0.1 if sure else 0.2)
    bare, credentials = split_credentials(bare)
    draft.credentials = credentials + draft.credentials + draft.late_credentials
    draft.name = tidy(bare)
    lonely = alone and not extra and not draft.honorific and not draft.city
    doubt_name(draft, alone=lonely)
    _doubt_person(draft)
    return extra


_NICKNAME = re.compile(
    r"(?<=\w)\s(?:\([^()\s,]{2,20}\)|[\"“„«'‘][^\"“”»'’]{2,20}[\"”“»'’])\s(?=\w)"
)


def _without_nickname(text: str, draft: Draft) -> str:
    """ "Viola Strand" of 'Viola "Vi" Strand' and "Viola (Vi) Strand"."""
    match = _NICKNAME.search(text)
    plain = tidy(f"{text[: match.start()]} {text[match.end() :]}") if match else ""
    if not match or not kinds.looks_like_name(plain) or kinds.is_acronym(match[0].strip(' ()"')):
        return text
    draft.note(f"The nickname {match[0].strip()} was left out of the name.")
    return plain


def split_owned(text: str) -> list[Segment]:
    """As in "Okur Yazar Derneği Başkanı Nalan Ceylan": the name, and what it stands behind."""
    words = text.split()
    for position in range(2, len(words) - 1):
        name, before = " ".join(words[position:]), words[:position]
        owned = is_role_abroad(before[-1]) and any(map(is_organization_abroad, before[1:-1]))
        owned = owned and kinds.has_given_name(name)
        if owned and kinds.looks_like_name(name) and not kinds.organization_score(name):
            return [Segment(name), Segment(" ".join(before))]
    return []


def _leading_role(text: str) -> tuple[str, str]:
    """As in "Mayor Jane Roe" or "Vice President Jane Roe": a role in front of the name."""
    words = text.split()
    for size in (3, 2, 1):
        rest = " ".join(words[size:])
        role = " ".join(words[:size])
        named = len(words) - size >= 2 and kinds.looks_like_name(rest) and not is_role(rest)
        if named and is_role(role) and not kinds.looks_like_organization(rest):
            return role, rest
    return "", text


_LINKED = re.compile(r"(?<!\s)\s+(of|for|from|at|with|aus)\s+((?:the|de[rm])\s+)?")


def _split_linked(text: str) -> tuple[str, Segment] | None:
    """As in "Jane Roe of River Trust", "Jane Roe for …", "Jane Roe at …"."""
    match = _LINKED.search(text)
    if not match or (match[1] == "aus" and not match[2]):
        return None
    name, rest = text[: match.start()], text[match.end() :]
    # As in "Pat from the choir".
    given = match[1] in ("from", "aus") and bool(match[2]) and kinds.has_given_name(name)
    named = kinds.looks_like_name(split_honorific(name)[1], 1 if given else 2)
    if kinds.looks_like_organization(name) or not named:
        return None
    if any(kinds.is_acronym(word) and len(word) > 2 for word in name.split()):
        return None
    if any(kinds.is_organization_word(word) or is_role(word) for word in name.split()):
        return None
    away = match[1] in ("of", "from", "aus") and not (given and not _is_placed(rest))
    return name, Segment(rest, match[1], not away)


def _is_placed(text: str) -> bool:
    return bool(places.cities(text) or places.country(text) or places.bare_regions(text))


def _two_people(text: str) -> bool:
    left, *others = _PAIR.split(text)
    if len(others) != 1:
        return False
    right = others[0]
    if kinds.looks_like_organization(left) or kinds.organization_score(right) > 1:
        return False
    return (
        len(right.split()) > 1 and kinds.looks_like_name(left, 1) and kinds.looks_like_name(right)
    )


def _ends_in_great_city(words: list[str]) -> bool:
    """As in "Together Austin", where nothing else in the line tells what signs."""
    matches = places.cities(words[-1])
    known = bool(matches) and matches[0].population > 300_000
    return known and len(words) == 2 and word_key(words[0]) not in GIVEN_NAMES


def _doubt_person(draft: Draft) -> None:
    """A name of which a word may be an organization's, and none is a given name."""
    told = draft.honorific or draft.credentials or kinds.has_given_name(draft.name)
    if not told and kinds.looks_like_name(draft.name) and kinds.organization_score(draft.name):
        draft.note(f"“{draft.name}” was read as a person; it may be an organization.", 0.2)


def _is_odd(words: list[str]) -> bool:
    """As in "наук Jane Roe" and "Jane u. John Roe": what names have not."""
    if all(word[:1].islower() for word in words):
        return False
    small = any(word.islower() and word_key(word) not in PARTICLES for word in words)
    title = words[0].endswith(".") and not words[0][:1].isupper()
    many = sum(len(word_key(w)) > 2 and word_key(w) not in PARTICLES for w in words) > 3
    unknown = many and not any(kinds.is_given_name(word_key(word)) for word in words)
    greets = len(words) > 1 and word_key(words[0]) in _GREETINGS
    greets = greets and kinds.is_given_name(word_key(words[1]))  # "Ola Nordmann" greets nobody
    return small or title or unknown or greets or _is_long(words)


# As in "Hi Jane, River Trust": whom a mail greets does not sign.
_GREETINGS = keys(
    """
    hi hello hey dear hallo hej hei liebe lieber servus moin salut bonjour chère cher hola querida
    querido ciao cara caro olá cara prezada beste dag ahoj cześć drogi droga zdravo szia bună salam
    merhaba sevgili əziz привет дорогой дорогая привіт здравей γεια
    """
)


def _is_long(words: list[str]) -> bool:
    """As in "河流守望者": more signs than a Chinese name has."""
    name = words[0]
    return len(words) == 1 and len(name) > 4 and all("\u4e00" <= char <= "\u9fff" for char in name)


def _note_surname_first(words: list[str], draft: Draft) -> None:
    """As in "PETERSEN Marta"."""
    first, *others = words or [""]
    capital = first.isupper() and first.isalpha() and len(first) > 2
    if capital and others and others[-1].istitle() and not kinds.is_given_name(key(first)):
        draft.note(f"“{first}” is in capitals: the surname seems to stand first.")


def doubt_name(draft: Draft, *, alone: bool = False) -> None:
    name = draft.name
    words = name.split()
    _note_surname_first(words, draft)
    if _PAIR.search(name) and _two_people(name):
        draft.note("The line seems to name two people.", 0.4)
    elif key(name) in ("anonymous", "name withheld", "anonim"):
        draft.note("The line does not name the person.", 0.3)
    elif any(map(str.isdigit, name)) or len(words) > 6:
        draft.note(f"“{name}” does not look like a name.", 0.3)
    elif len(words) == 1 and not kinds.is_dense(name):
        draft.note(f"The name “{name}” is a single word.", 0.2)
    elif not kinds.looks_like_name(name) or _LOOSELY_FROM.search(name) or _is_odd(words):
        draft.note(f"“{name}” may not be a name.", 0.2)
    elif _ends_in_great_city(words) and alone:
        draft.note(f"“{name}” was read as a person; it may be an organization of {words[-1]}.", 0.2)
    elif name == name.lower() and name != name.upper():
        draft.note("The name is written without capitals.", 0.1)
