"""What the heading above and the other lines say of where a signatory is."""

from __future__ import annotations

from . import places
from .headings import Heading
from .parsed import Draft

_US_STATE = "“Georgia” was read as the US state; it may be the country."


def take_surroundings(draft: Draft, heading: Heading, *, abroad: bool) -> None:
    """Take the heading's town and country into the draft; `abroad`: other lines name countries."""
    if _US_STATE in draft.doubts and (abroad or _is_georgian(draft.name)):
        _read_as_country(draft)
    if heading.country and (draft.inferred or not draft.country):
        _take_country(draft, heading.country)
    if heading.unknown and (draft.inferred or not draft.country):
        draft.note(f"“{heading.unknown}” is no country that is known.", 0.2)
    if heading.town and not draft.city:
        draft.city = heading.town
        draft.country = draft.country or places.likely_country(places.cities(heading.town))


def _take_country(draft: Draft, country: str) -> None:
    """The heading's country, whatever greater town of the name lies elsewhere."""
    elsewhere = draft.inferred and draft.country != country
    draft.country, draft.inferred = country, False
    if elsewhere and not places.cities(draft.city, country):
        draft.note(f"“{draft.city}” was read as a city; it may be something else.", 0.2)


def _read_as_country(draft: Draft) -> None:
    draft.country, draft.region = "GE", ""
    draft.doubts.remove(_US_STATE)
    draft.notes.remove(_US_STATE)
    draft.doubt -= 0.2


def _is_georgian(name: str) -> bool:
    return any("\u10d0" <= char <= "\u10ff" for char in name)
