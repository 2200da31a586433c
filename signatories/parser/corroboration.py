"""What speaks for the fields of a line, beside the place where each of them stands."""

from __future__ import annotations

import re

from . import kinds, places
from .honorifics import HONORIFICS
from .organizations_abroad import LINKING
from .parsed import Draft
from .text import is_small, key
from .vocabulary import CONNECTIVES, PARTICLES, words

_LONG, _SHORT = 3, 4
_BESIDE = (
    LINKING
    | CONNECTIVES
    | PARTICLES
    | frozenset(HONORIFICS)
    | words(
        """
    represented signed by behalf on representing an is serves as am our contact signatory rep
    vertreten durch im namen par au nom name imza namens vegne imieniu jmenem mene imenu numele
    nome nombre имени імені името dell dall nell sull vid ved
    """
    )
)


def doubt_uncorroborated(draft: Draft) -> None:
    """Doubt what only its place tells: a line is sure where something known speaks for it."""
    _doubt_brackets(draft)
    if draft.name:
        _doubt_title(draft)
        _doubt_town(draft)
        _doubt_linked_role(draft)
        _doubt_long_name(draft)
    elif draft.organizations:
        _doubt_generic(draft)


_IN_BRACKETS = re.compile(r"\s\(([^()]{2,40})\)$")


def _doubt_brackets(draft: Draft) -> None:
    """As in "River Trust (Oakham)": what stands in brackets may be where it is, or who signs."""
    for body in draft.organizations:
        inside = _IN_BRACKETS.search(body)
        if inside and inside[1].istitle():
            draft.note(f"“{inside[1]}” may not be a name.", 0.2)


_PLACED = re.compile(
    r"\s(?:in|im|aus|bei|beim|à|en|na|w|we|v|ve|u|у|в|из|från|fra|i|te|uit)\s(?=[^\W\d_])"
)
_LINKED = re.compile(r"\s(?:an|am|bei|at|für|de|du|da|do|di|der|des|van|voor)\s")


def _doubt_linked_role(draft: Draft) -> None:
    """As in "Kantor in Nordhausen": where somebody works may be a town, or whom they work for."""
    role = draft.roles[-1] if draft.roles else ""
    link = None if draft.organizations or draft.city else _PLACED.search(role)
    if link and role[link.end() : link.end() + 1].isupper():
        draft.note(f"“{role}” was read as a role; it may hold an organization.", 0.2)
    for body in draft.organizations if not draft.roles else []:
        link = _LINKED.search(body)
        head = body[: link.start()].split() if link else []
        known = head and (kinds.is_organization_word(head[0]) or kinds.is_acronym(head[0]))
        if len(head) == 1 and len(body.split()) > 2 and not known:
            draft.note(f"“{body}” was read as an organization; it may be a role.", 0.2)


def _doubt_long_name(draft: Draft) -> None:
    """As in "Liga de Ciclistas Urbanos", for a person, where no list knows the first word."""
    told = draft.honorific or draft.credentials or draft.roles or draft.organizations
    words = draft.name.split()
    if told or len(words) < _LONG or kinds.has_given_name(draft.name):
        return
    if any(kinds.is_given_name(key(word)) or len(word.strip(".")) == 1 for word in words):
        return
    if any(word.islower() for word in words[1:]) or len(words) > _SHORT:
        draft.note(f"“{draft.name}” was read as a person; it may be an organization.", 0.2)


_WORD = re.compile(r"[^\W\d_]{3,}")
_FOR_WHOM = ("represent", "rappresent", "vertret", "vertegenwoord", "temsil", "they", "she", "her")


def doubt_left_over(draft: Draft, text: str) -> None:
    """Doubt a line of which words are in no field and in no note."""
    fields = (draft.name, draft.honorific, draft.city, draft.region)
    lists = (draft.roles, draft.organizations, draft.credentials, draft.late_credentials)
    read = " ".join([*fields, *(" ".join(one) for one in lists), *draft.notes])
    left = [word for word in _WORD.findall(text) if word not in read]
    if not left or "@" in text or "://" in text or "www." in text:
        return
    folded = read.casefold()
    left = [w for w in left if w.casefold()[:5] not in folded and key(w) not in _BESIDE]
    left = [w for w in left if not (w.islower() and kinds.is_organization_word(w))]
    if not left or any(key(word).startswith(_FOR_WHOM) for word in left):
        return
    rest = " ".join(left)
    if (draft.country or draft.region) and _is_around(rest.split(), draft):
        return
    draft.note(f"“{rest}” was left out of the fields.", 0.2)


def _is_around(words: list[str], draft: Draft) -> bool:
    """Whether what is left tells the country or the region."""
    for size in range(len(words) + 1):
        region, country = " ".join(words[:size]), " ".join(words[size:])
        placed = not region or places.bare_regions(region) or places.is_region_code(region)
        if (placed or draft.region) and (not country or places.country(country)):
            return True
    return False


def _doubt_title(draft: Draft) -> None:
    """A first word that may be a title in a language that no list covers."""
    words = [word for word in draft.name.split() if key(word) not in PARTICLES]
    if draft.credentials or len(words) < _LONG or kinds.has_given_name(words[0]):
        return
    if len(words[0]) <= _SHORT and words[0].isascii():  # as in "Pham Thi Lan"
        return
    if kinds.has_given_name(words[1]):
        draft.note(f"“{words[0]}” may be a title or a part of the name.", 0.2)


def _doubt_town(draft: Draft) -> None:
    """A town that no list knows, with nothing beside it that tells a place."""
    placed = draft.region or (draft.country and not draft.inferred)
    uncased = not any(map(str.isupper, draft.city))
    alone = uncased and not (draft.roles or draft.organizations)
    if draft.city and (alone or not placed) and not places.cities(draft.city):
        draft.note(f"“{draft.city}” was read as a town, as in the other lines.", 0.2)


def _doubt_generic(draft: Draft) -> None:
    """As in "Trade unions": small words behind the first, which may be a heading."""
    first, *others = draft.organizations[0].split()
    told = draft.city or draft.country or draft.roles or len(draft.organizations) > 1
    plain = others and not told and all(map(is_small, others))
    if plain and key(first).isascii() and key(others[-1]).endswith("s"):
        draft.note(f"“{draft.organizations[0]}” may not be a name.", 0.2)


def doubt_lonely(draft: Draft, *, few_bodies: bool) -> None:
    """A bare name that begins with no known given name, among organizations, may be one."""
    told = draft.roles or draft.organizations or draft.honorific or draft.credentials
    placed = draft.region or (draft.country and not draft.inferred) or (draft.city and few_bodies)
    placed = placed or any(map(_is_initial, draft.name.split()))
    if draft.name and not (told or placed) and not kinds.has_given_name(draft.name):
        draft.note(f"“{draft.name}” was read as a person; it may be an organization.", 0.2)


def doubt_lone_body(draft: Draft) -> None:
    """A bare organization among persons may be a heading, or what belongs to a line above."""
    if draft.organizations and not (draft.name or draft.city or draft.region or draft.country):
        draft.note(f"“{draft.organizations[0]}” may not be a name.", 0.2)


def _is_initial(word: str) -> bool:
    return len(word.strip(".")) == 1 or kinds.is_dense(word)


_CLOSING = " \"'”’»_"
_SAID = re.compile(r"[*>·@]|\d\s|[.!?]$")


def take_unproved(draft: Draft, text: str, told: bool) -> None:
    """What no word and no sign tells to be an organization is somebody, and doubtful."""
    if draft.name or len(draft.organizations) != 1 or told or not draft.doubts:
        return
    body = draft.organizations[0]
    words = body.split()
    named = sum(word[:1].isupper() for word in words) > 1 or not any(map(str.isupper, body))
    proved = any(map(kinds.is_strong_organization_word, words)) or kinds.ends_as_body(body)
    if proved or (named and not _SAID.search(text.rstrip(_CLOSING))):
        return
    draft.name, draft.organizations = body, []
    draft.note(f"“{body}” was read as a person; it may be an organization.", 0.2)
