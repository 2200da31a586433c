"""Roles, credentials and organizations: what stands beside the name."""

from __future__ import annotations

import re
import unicodedata

from . import kinds, places
from .names import is_credential_list
from .organizations_abroad import LINKING, is_organization_abroad
from .parsed import Draft
from .roles import is_only_role, is_role, is_role_behind, is_role_in_english, leads, split_role
from .roles_abroad import is_role_abroad
from .segments import Segment, split_segments, tidy
from .tail import take_place
from .text import is_small, word_key
from .townlike import is_townlike
from .vocabulary import CONNECTIVES, GIVEN_NAMES, LEADERS, NAME_SUFFIXES, RELIGIOUS_ORDERS
from .vocabulary import words as word_set

_SUBUNITS = word_set(
    "department school faculty institute center centre office college division chair lab "
    "laboratory program dept graduate unit"
)


def read_rest(segment: Segment, draft: Draft, *, held: bool = False) -> None:
    """Read a part behind the name; `held` where another part names the organization."""
    text = segment.text
    if sum(map(str.isalpha, text)) < 2 and text.isascii():
        draft.note(f"“{text}” was left out of the fields.")
        return
    if segment.told:
        _add_told(segment, draft, held)
        return
    if not segment.quoted and _read_by_words(segment, draft, held):
        return
    split = None if segment.quoted else _split_trailing_role(text) or _split_leading_role(text)
    if split:
        text, role = split
        draft.roles.append(role)
    if _is_town_alone(text, draft):
        draft.city = text
        draft.note(f"“{text}” was read as a city; it may be something else.", 0.2)
    else:
        _add_organization(text, draft)


def _is_town_alone(text: str, draft: Draft) -> bool:
    """As in "ნანა ბერი, ექიმი, ფოთი": one word that nothing tells is a town, behind a role.

    The place data has few names in other letters; in ASCII such a word is a firm as often, unless
    the role is a small word that says what somebody does, and not in what body.
    """
    told = not (draft.name and draft.roles) or draft.organizations or draft.city
    if told or is_small(text) or not _is_lone_word(text):
        return False
    if text.isascii() and not _is_trade(draft.roles[-1]):
        return False
    letters = (char for char in text if unicodedata.category(char)[0] != "M" and char != "'")
    return all(map(str.isalpha, letters))


def _is_trade(role: str) -> bool:
    """As "guro" and "fisker": one word of a language other than English."""
    known = is_small(role) or is_role_abroad(role)
    return role.isalpha() and known and not leads(role) and not is_role_in_english(role)


def _read_by_words(segment: Segment, draft: Draft, held: bool) -> bool:
    """Read a part whose words make it a degree, a role or a place; whether it was one."""
    text = segment.text
    if draft.roles and draft.name and _is_body_throughout(text):
        _add_organization(text, draft)
    elif owned := _split_owned_role(text):
        draft.roles.append(owned[1])
        _add_organization(owned[0], draft)
    elif draft.name and is_credential_list(text):
        _add_credentials(text, draft)
    elif is_role_behind(text) if draft.name else is_role(text):
        for phrase in _several_roles(text):
            _add_role(phrase, draft, held=held)
    else:
        return segment.separator in ("of", "from") and _read_place(text, draft)
    return True


def _is_body_throughout(text: str) -> bool:
    """As in "secretary, Student Housing Network": behind a role, a body whose first word is one."""
    role, body, _ = split_role(text) if text[:1].isupper() else ("", "", "")
    plain = bool(body) and f"{role} {body}" == text and not leads(role)
    return plain and any(map(kinds.is_strong_organization_word, body.split()))


def _add_told(segment: Segment, draft: Draft, held: bool) -> None:
    """A part that the other lines of the block tell to be a role or an organization."""
    if segment.told == "role":
        before = len(draft.roles)
        _add_role(segment.text, draft, held=held)
        draft.told_roles += draft.roles[before:] if segment.sure else []
    else:
        draft.organizations.append(tidy(segment.text))


def _add_role(text: str, draft: Draft, *, held: bool = False) -> None:
    role, organization, place = split_role(text, held=held)
    draft.roles.append(role)
    if organization:
        draft.organizations.append(tidy(organization)) if draft.organizations else (
            _add_organization(organization, draft)
        )
    if place:
        _read_place(place, draft)


_AND = re.compile(r"(?<!\s)\s+(?:and|und|et|y|e|ve|və|и|og|och|en)\s+(?=\S)")


def _several_roles(text: str) -> list[str]:
    """As in "director of Harbour Arts and trustee of Mill Museum": each with its own."""
    for match in _AND.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        linked = " of " in before or split_role(before)[1]
        if linked and is_role(before) and is_role(after) and split_role(after)[1]:
            return [before, after]
    return [text]


_SEATS = word_set("mp mep msp mla mpp mdb mdl mdep")


def _add_credentials(text: str, draft: Draft) -> None:
    if word_key(text) in _SEATS:
        draft.roles.append(text)
        return
    draft.credentials += [part for part in re.split(r"[\s,]+", text.strip("()")) if part]
    if word_key(text) in RELIGIOUS_ORDERS and not draft.honorific:
        draft.note(f"“{text}” was read as a credential; it may be an organization.", 0.2)


def _dense_cut(text: str) -> int:
    """Where the role begins in "北浜大学教授", an organization and a role without a blank; or 0."""
    if text.isascii() or not "\u3040" <= text[-1] <= "\u9fff":
        return 0
    cuts = (len(text) - size for size in (2, 3, 4) if len(text) - size > 2)
    fits = (c for c in cuts if is_role_abroad(text[c:]) and kinds.is_organization_word(text[:c]))
    return next(fits, 0)


_GENITIVE = re.compile(r"['’]?n[ıiuü]n$")


def _is_hangul(word: str) -> bool:
    return all("\uac00" <= char <= "\ud7a3" for char in word)


def _split_owned_role(text: str) -> tuple[str, str] | None:
    """As in "Okuma Evi Derneği Başkanı", "Oxu Evi Birliyinin sədri": the role stands last."""
    words = text.split()
    if len(words) == 1 and (cut := _dense_cut(text)):
        return text[:cut], text[cut:]
    ends = [n for n, word in enumerate(words[:-1]) if is_organization_abroad(word)]
    ends = [n for n in ends if not words[n].islower()] or ends
    last_is_role = is_role_abroad(words[-1]) or kinds.is_role_word(words[-1])
    last_is_role = last_is_role and not kinds.is_strong_organization_word(words[-1])
    if not ends or not last_is_role or is_role_abroad(words[0]):
        return None
    if ends[-1] == 0 and not _is_hangul(words[-1]):
        return None
    cut = ends[-1] + 1
    if any(word_key(word) in LINKING | CONNECTIVES for word in words[cut:]):
        return None
    organization = _GENITIVE.sub("", " ".join(words[:cut]))
    return organization, " ".join(words[cut:])


def _split_trailing_role(text: str) -> tuple[str, str] | None:
    """As in "River Trust President": a leader's role behind the organization."""
    words = text.split()
    for size in (2, 1):
        head, role = " ".join(words[:-size]), " ".join(words[-size:])
        closes = len(words) - size >= 2 and kinds.is_organization_word(words[-size - 1])
        small = size == 1 and is_small(role) and len(words) > 2 and head.istitle()
        member = word_key(role) in ("member", "reader") and not small
        dense = size == 1 and len(words) == 2 and kinds.is_dense(role) and is_role_abroad(role)
        if dense and kinds.is_organization_word(head):
            return head, role
        told = is_role(role) or (size == 1 and is_role_abroad(role))
        if (
            (closes or small)
            and told
            and not member
            and not kinds.is_strong_organization_word(role)
        ):
            return head, role
    return None


def _split_leading_role(text: str) -> tuple[str, str] | None:
    """As in "Director Alder Arts Council": a leader's role before the organization."""
    role, _, organization = text.partition(" ")
    leads = word_key(role) in LEADERS and organization[:1].isupper()
    closes = bool(organization) and kinds.is_strong_organization_word(organization.split()[-1])
    return (organization, role) if leads and closes and " " in organization else None


def _is_university(text: str) -> bool:
    return any(word_key(word).startswith("universi") for word in text.split())


def _is_second_person(text: str) -> bool:
    named = kinds.looks_like_name(text) and kinds.has_given_name(text)
    return named and not kinds.looks_like_organization(text)


def _is_lone_word(text: str) -> bool:
    """Whether a text is one word, or foreign, that nothing tells to be an organization's."""
    told = kinds.organization_score(text) > 1 or any(map(kinds.is_organization_word, text.split()))
    if told or (len(text.split()) > 1 and text.isascii()):
        return False
    capitals = sum(char.isupper() for char in text)
    return capitals < 2 and not kinds.is_organization_word(text) and "." not in text


def _is_set_apart(text: str, draft: Draft) -> bool:
    """Whether a leader's role stands before it, or a town with its country behind it."""
    several = len(text.split()) > 1 or not text.isalpha()
    placed = draft.region or (draft.country and not draft.inferred)
    led = any(map(leads, draft.roles)) and not is_townlike(text)
    return several and bool(placed or led)


_ENGLISH = frozenset(("of", "for", "and", "the"))


def _is_told(text: str) -> bool:
    """Whether a word, an acronym or the shape tells that a text is an organization."""
    words = text.split()
    worded = any(map(kinds.is_organization_word, words))
    if text.isupper() and len(words) > 1:  # a line in capitals has no acronyms
        return worded or kinds.looks_like_organization(text, mixed_case=False)
    small = any(word[:1].islower() and word not in _ENGLISH for word in words[1:])
    score = kinds.organization_score(text) - 2 * small
    return worded or score > 1 or kinds.is_acronym(text)


def _add_organization(text: str, draft: Draft) -> None:
    text = tidy(text)
    previous = draft.organizations[-1] if draft.organizations else ""
    if previous:
        subunit = word_key(previous.split()[0]) in _SUBUNITS or _is_university(text)
        if not subunit:
            draft.note(f"“{previous}” and “{text}” were both read as organizations.", 0.2)
    elif draft.name and _is_second_person(text):
        draft.note(f"“{text}” may be a second person.", 0.3)
    elif draft.name and _is_lone_word(text):
        draft.note(f"“{text}” was read as an organization; it may be a role or a town.", 0.2)
    elif draft.name and kinds.is_acronym(text) and len(text) <= 5:
        draft.note(f"“{text}” was read as an organization; it may be a credential.", 0.2)
    elif draft.name and not _is_set_apart(text, draft) and not _is_told(text):
        draft.note(f"Only its place tells that “{text}” is an organization.", 0.2)
    elif draft.name and is_small(text.split()[-1]) and kinds.is_role_word(text.split()[-1]):
        draft.note(f"“{text}” was read as an organization; it may be a role.", 0.2)
    draft.organizations.append(text)


def _read_place(text: str, draft: Draft) -> bool:
    trial = Draft()
    left = take_place([Segment("-"), *split_segments(text)], trial)
    if len(left) != 1 or not (trial.city or trial.region or trial.country):
        return False
    if draft.country and not trial.region and places.cities(text, draft.country):
        draft.city = draft.city or text
    elif not draft.country:
        draft.city, draft.region, draft.country = trial.city, trial.region, trial.country
    else:
        return False
    for note in trial.notes:
        draft.note(note, 0.05)
    return True


_HOLDS_MARK = re.compile(r'[",“«„]')


def _doubt_roles(draft: Draft) -> None:
    """What a role holds besides may be the organization; a small letter alone is no proof."""
    for role in draft.roles:
        several = role.count(",") and not draft.organizations and any(map(str.isupper, role))
        if (
            role in draft.told_roles
            and not several
            and (role == draft.roles[0] or not _may_be_body(role, draft))
        ):
            continue
        words = role.split()
        named = sum(word[:1].isupper() for word in words[1:]) > 1 and not draft.organizations
        holds = any(map(kinds.is_organization_word, words)) and not is_role_in_english(role)
        if holds or _HOLDS_MARK.search(role):
            if not draft.organizations and any(map(str.isupper, role)):
                draft.note(f"“{role}” was read as a role; it may hold an organization.", 0.2)
        elif (role != draft.roles[0] and _may_be_body(role, draft)) or (
            named and not any(map(kinds.is_role_word, words))
        ):
            draft.note(f"“{role}” was read as a role; it may hold an organization.", 0.2)
        elif is_small(words[0]) and not _is_role_by_word(role):
            draft.note(f"Only its small letter tells that “{role}” is a role.", 0.2)


_BETWEEN_WORDS = re.compile(r"[\s/-]+")


def _may_be_body(role: str, draft: Draft) -> bool:
    """As "footmap" in "Jane Roe, maintainer, footmap": a second role that no word tells."""
    named = role[:1].isupper() and len(role.split()) > 1 and not is_role_in_english(role)
    return not draft.organizations and (named or not _is_role_by_word(role))


def _is_role_by_word(role: str) -> bool:
    words = _BETWEEN_WORDS.split(role)
    return is_role(role) or any(kinds.is_role_word(w) or is_role_abroad(w) for w in words if w)


def settle(draft: Draft) -> None:
    if draft.name:
        _doubt_roles(draft)
    if draft.name and draft.domain and not draft.organizations:
        draft.organizations.append(draft.domain)
        draft.notes = [note for note in draft.notes if not note.startswith("A web address")]
        draft.note(f"“{draft.domain}” was read as the organization; it may be an address.", 0.2)
    _take_body_for_name(draft)
    if not draft.name and not draft.organizations:
        role = "The line gives a role and no name." if draft.roles else ""
        draft.note(role or "No name was found in the line.", 0.5)
        _take_role_for_name(draft)
    elif not draft.name:
        _doubt_organization(draft)
    elif len(draft.name.split()) == 2 and word_key(draft.name.split()[1]) in NAME_SUFFIXES:
        draft.note(f"The name “{draft.name}” is a single word.", 0.2)


def _take_body_for_name(draft: Draft) -> None:
    """As in "Bernat Escolà, baker": a known given name and a word of bodies, which has a role."""
    body = draft.organizations[0] if len(draft.organizations) == 1 else ""
    if draft.name or not draft.roles or len(body.split()) != 2 or not body.istitle():
        return
    if kinds.has_given_name(body) and kinds.looks_like_name(body):
        draft.name, draft.organizations = body, []
        draft.note(f"“{body}” was read as a person; it may be an organization.", 0.2)


def _take_role_for_name(draft: Draft) -> None:
    """As in "Students for Slow Travel" and "Eng. Jane Roe": what reads as a role may be a name."""
    first, *others = draft.roles or [""]
    if others and first.istitle() and first.isalpha() and all(map(is_small, others)):
        draft.name, draft.roles = first, others
        draft.note(f"The name “{first}” is a single word.", 0.2)
        return
    if len(first.split()) < 2 or is_small(first) or is_only_role(first):
        return
    draft.roles = others
    if _is_told(first) or not kinds.looks_like_name(first):
        draft.organizations.append(first)
    else:
        draft.name = first


def _is_plain_name(text: str) -> bool:
    return kinds.looks_like_name(text) and not kinds.looks_like_organization(text)


def _doubt_organization(draft: Draft) -> None:
    if draft.roles:
        draft.note("A role is given and no person is named.", 0.2)
    name = draft.organizations[0]
    if kinds.organization_score(name) < 3 and not any(
        map(kinds.is_organization_word, name.split())
    ):
        draft.note(f"“{name}” was read as an organization; it may be a person.", 0.2)
    somebody, from_the, whence = name.partition(" from the ")
    if from_the and " " not in somebody and whence.islower():  # as in "Jo from the choir"
        draft.note(f"“{name}” was read as an organization; it may be a person.", 0.2)
    if name.count("(") > 1:
        draft.note(f"“{name}” may not be a name.", 0.2)
    inside = re.search(r"\(([^()]+)\)", name)
    if inside and len(inside[1].split()) > 1 and _is_plain_name(inside[1]):
        draft.note(f"“{inside[1]}” may be the person who signs.", 0.2)
    if word_key(name.split()[0]) in GIVEN_NAMES and len(name.split()) > 3:
        draft.note(f"“{name}” may begin with a person's name.", 0.2)
