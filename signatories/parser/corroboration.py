"""What speaks for the fields of a line, beside the place where each of them stands."""

from __future__ import annotations

from . import kinds, places
from .parsed import Draft
from .text import is_small, key
from .vocabulary import PARTICLES

_LONG, _SHORT = 3, 4


def doubt_uncorroborated(draft: Draft) -> None:
    """Doubt what only its place tells: a line is sure where something known speaks for it."""
    if draft.name:
        _doubt_title(draft)
        _doubt_town(draft)
    elif draft.organizations:
        _doubt_generic(draft)


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
    if draft.city and not placed and not places.cities(draft.city):
        draft.note(f"“{draft.city}” was read as a town, as in the other lines.", 0.2)


def _doubt_generic(draft: Draft) -> None:
    """As in "Trade unions": small words behind the first, which may be a heading."""
    first, *others = draft.organizations[0].split()
    told = draft.city or draft.country or draft.roles or len(draft.organizations) > 1
    plain = others and not told and all(map(is_small, others))
    if plain and key(first).isascii() and key(others[-1]).endswith("s"):
        draft.note(f"“{draft.organizations[0]}” may not be a name.", 0.2)
