"""Lines written wholly without capitals: read as their capitals would be, kept as written."""

from __future__ import annotations

from . import kinds, places
from .organizations_abroad import LINKING
from .parsed import Draft
from .text import is_small, word_key
from .vocabulary import CONNECTIVES, PARTICLES

SMALL = LINKING | CONNECTIVES | PARTICLES


def with_capitals(text: str) -> str:
    """The line with a capital at each word that may have one, where none has; else as it is."""
    if not is_small(text):
        return text
    first, *others = text.split(",")
    return ",".join([_part(first), *(code_of(other) or _part(other) for other in others)])


def _part(text: str) -> str:
    return " ".join(map(_with_capital, text.split(" ")))


def code_of(text: str) -> str:
    """ " OR" of " or", where a part is nothing but a region's or a country's code."""
    code = text.strip().upper()
    known = len(code) < 4 and (places.is_region_code(code) or places.country(code))
    return text.upper() if known else ""


def _with_capital(word: str) -> str:
    start = next((n for n, char in enumerate(word) if char.isalnum()), 0)
    capital = word[:start] + word[start : start + 1].upper() + word[start + 1 :]
    is_name = word_key(word) not in SMALL and not any(sign in word for sign in ("@", "/"))
    return capital if is_name and capital.lower() == word else word


def put_back_small(draft: Draft) -> None:
    """The fields as they were written, with a doubt where only a capital would have told."""
    if draft.name:
        draft.note("The name is written without capitals.", 0.1)
    if draft.name and len(draft.organizations) == 1:
        organization = draft.organizations[0]
        if not kinds.looks_like_organization(organization):
            draft.note(
                f"“{organization.lower()}” was read as an organization; it may be a role.", 0.2
            )
    draft.name = draft.name.lower()
    draft.credentials = [one.lower() for one in draft.credentials]
    draft.roles = [one.lower() for one in draft.roles]
    draft.organizations = [one.lower() for one in draft.organizations]
