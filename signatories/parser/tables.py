"""Rows of cells under headers: each cell is read as what its column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from . import kinds, places
from .answers import is_answer, is_yes
from .headers import names_surname_first
from .headings import Heading
from .names import split_credentials, split_honorific
from .parsed import Column, Draft, Kind, Mark, ParsedLine
from .people import doubt_name
from .segments import Segment, split_segments, tidy
from .tail import take_place
from .text import clean, key
from .walk import short

_ORGANIZATION = re.compile(
    r"organi|institut|verein|verband|associa|asocia|company|ngo|group|entid|ente\b|kurum|teskilat"
    r"|организ|організ|منظمة|مؤسسة|group|collecti|gruppe|legal|juristisch|personne morale|union"
)
_ASKED = {"may_publish", "consent"}
# What people write into a cell that they have nothing to say in.
_NOTHING = re.compile(
    r"n\s?[/.]\s?a\.?|none|nil|null|not applicable|k\.\s?a\.?|keine|entfällt|aucune?|néant"
    r"|ningun[oa]|nessun[oa]"
    r"|brak|ingen|inget|nincs|nimic|nema|няма|geen|nic|žádn[áéý]|אין"
    r"|nenhuma?|yok|yoxdur|нет|немає|\.|\?|x|لا يوجد|无|無|なし|없음",
    re.IGNORECASE,
)
_ANSWERS = ("may_publish", "consent", "mark", "name")
_IDENTIFICATION = re.compile(r"identif")


def read_row(
    columns: Sequence[Column], cells: Sequence[str], line: int, heading: Heading | None = None
) -> ParsedLine | None:
    """The signatory of a row, or None where no cell names anybody."""
    draft = Draft()
    found: dict[str, list[str]] = {}
    for column, cell in zip(columns, cells, strict=False):
        cleaned = cell.strip(" \t\n-–—")
        if cleaned and not (_NOTHING.fullmatch(cleaned) and column.field not in _ANSWERS):
            _sort_in(column, " ".join(cleaned.split()), found, draft)
    _read_answers(found, draft)
    if any(column.field in _ASKED for column in columns) and not _ASKED & found.keys():
        draft.note("Whether the name may be published was asked, and the answer is blank.", 0.3)
    _read_name(found, draft)
    draft.roles = [tidy(role) for role in found.get("role", [])]
    _read_titles(draft)
    draft.organizations = [tidy(name) for name in found.get("organization", [])]
    read_places(found, draft)
    heading = heading or Heading()
    draft.country = draft.country or heading.country
    draft.mark = draft.mark or heading.mark
    kind = _kind(found, draft)
    if _read_representative(found, draft):
        kind = kind or "organization"
    if not draft.name and not draft.organizations:
        return None
    if draft.name:
        doubt_name(draft)
    elif draft.roles:
        draft.note("A role is given and no person is named.", 0.2)
    return draft.finish(line, " | ".join(cells), kind)


def told_from_cells(row: ParsedLine) -> ParsedLine:
    """A row of a table without known headers: it may not be sure."""
    doubt = "What each column holds was told from its cells."
    return replace(row, confidence=min(row.confidence, 0.75), doubts=[doubt, *row.doubts])


def _sort_in(column: Column, cell: str, found: dict[str, list[str]], draft: Draft) -> None:
    if column.field:
        if column.guessed:
            draft.note("What each column holds was told from its cells.", 0.2)
        turns = column.field == "name" and names_surname_first(column.header)
        found.setdefault(column.field, []).append(_given_first(cell, draft) if turns else cell)
    elif column.guessed and _may_tell(cell):
        draft.note(f"“{short(cell)}” stands in a column that has no field.", 0.2)
    elif not column.header.strip():  # the block names the others, once
        draft.note(f"“{short(cell)}” stands in a column that has no field.")


def _may_tell(cell: str) -> bool:
    """Whether a cell of a column that nothing is known of holds words that may be a field."""
    return len(cell) < 60 and any(map(str.isalpha, cell)) and not any(map(str.isdigit, cell))


def _given_first(cell: str, draft: Draft) -> str:
    """ "Jane Roe" of "Roe Jane" in a column that asks for the surname first."""
    honorific, name = split_honorific(cell)
    words = name.split()
    if "," in cell or len(words) < 2 or len(words) > 3 or kinds.is_dense(name):
        return cell
    first, second = map(kinds.has_given_name, (words[0], words[1]))
    if first and not second:
        return cell
    draft.note(f"“{name}” was read as surname and given name.", 0.2)
    return f"{honorific} {' '.join(words[1:])} {words[0]}".strip()


def _read_answers(found: dict[str, list[str]], draft: Draft) -> None:
    draft.email = next(iter(found.get("email", [])), "")
    draft.ror = next(iter(found.get("ror", [])), "")
    draft.registration = " ".join(found.get("registration", []))
    draft.consent = "; ".join(found.get("consent", []))
    draft.mark = _mark(found.get("mark", []))
    answers = [is_yes(cell) for cell in found.get("may_publish", [])]
    consents = [is_yes(cell) for cell in found.get("consent", [])]
    for said in found.get("consent", []):
        if is_answer(said) and is_yes(said) is None:
            draft.note(f"“{said}” does not say clearly whether the name may be published.", 0.3)
    if False in answers + consents:
        draft.may_publish = False
        draft.note("The answer in the list is that the name may not be published.")
    elif None in answers:
        asked = found["may_publish"][answers.index(None)]
        draft.note(f"“{asked}” does not say clearly whether the name may be published.", 0.3)
    elif answers:
        draft.may_publish = True


def _mark(cells: list[str]) -> Mark:
    if not cells or is_yes(cells[0]) is False:
        return ""
    return "identification_only" if _IDENTIFICATION.search(key(cells[0])) else "personal_capacity"


def _read_name(found: dict[str, list[str]], draft: Draft) -> None:
    whole = " ".join(found.get("name", []))
    parted = " ".join([*found.get("given_name", []), *found.get("surname", [])])
    name = tidy(clean(_turned(parted or whole), draft))
    honorific, name = split_honorific(name)
    draft.honorific = " ".join([*found.get("honorific", []), honorific]).strip()
    name, draft.credentials = split_credentials(name)
    draft.name = tidy(name)
    draft.credentials += found.get("credentials", [])


def _read_representative(found: dict[str, list[str]], draft: Draft) -> bool:
    """Who signs for an organization, where a column beside the name says it."""
    if "representative" in found and not draft.name:
        _read_name({"name": found["representative"]}, draft)
        return bool(draft.organizations)
    return False


def _turned(name: str) -> str:
    """ "Jane Roe" of "Roe, Jane", where the part behind the comma is no degree."""
    surname, comma, given = name.partition(",")
    if not comma or "," in given or len(given.split()) > 3 or len(surname.split()) > 3:
        return name
    bare, credentials = split_credentials(f"Roe {given}")
    if credentials or bare == "Roe" or not kinds.looks_like_name(given, 1):
        return name
    return f"{given.strip()} {surname.strip()}"


def _read_titles(draft: Draft) -> None:
    """A column called "Title" may hold forms of address."""
    for role in list(draft.roles):
        honorific, rest = split_honorific(f"{role} Roe")
        if rest == "Roe" and len(role) < 12 and not draft.honorific:
            draft.honorific = honorific
            draft.roles.remove(role)


# As in "72072 Tübingen".
_POSTCODE = re.compile(r"^\d{4,6}\s+(?=[^\W\d_])")


def read_places(found: dict[str, list[str]], draft: Draft) -> None:
    for cell in found.get("country", []):
        draft.country = places.country(cell) or places.country_of_code(cell)
        if not draft.country:
            draft.note(f"“{cell}” is no country that is known.", 0.25)
    _read_mixed_place(", ".join(found.get("place", [])), draft)
    for written in found.get("town", []):
        cell = _POSTCODE.sub("", written)
        if any(mark in cell for mark in ",(/"):
            _read_mixed_place(cell, draft)
        else:
            draft.city = tidy(cell)
            draft.country = draft.country or places.likely_country(places.cities(cell))
    for cell in found.get("region", []):
        _read_region(cell, draft)


def _read_region(cell: str, draft: Draft) -> None:
    pairs = places.bare_regions(cell)
    draft.region = places.region(cell, draft.country) or (pairs[0][1] if pairs else cell)
    if not draft.country and pairs:
        draft.country = pairs[0][0]


def _read_mixed_place(place: str, draft: Draft) -> None:
    if not place:
        return
    trial = Draft()
    parts = split_segments(place.replace("(", ", ").replace(")", ""))
    left = take_place([Segment("-"), *parts], trial)[1:]
    draft.country = draft.country or trial.country
    draft.region = draft.region or trial.region
    draft.city = draft.city or trial.city
    if left and not draft.city:
        draft.city = ", ".join(segment.text for segment in left)
    elif left:
        unread = ", ".join(segment.text for segment in left)
        draft.note(f"“{unread}” in the column of the place was left out of the fields.", 0.2)


def _kind(found: dict[str, list[str]], draft: Draft) -> Kind | None:
    """What the column of kinds says, or the words of the name where no other cell names it."""
    said = key(" ".join(found.get("kind", [])))
    organization = bool(_ORGANIZATION.search(said))
    alone = not draft.organizations and found.get("name") and not draft.honorific
    worded = not said and kinds.looks_like_organization(draft.name)
    if alone and (organization or worded):
        whole = tidy(" ".join(found["name"]))
        if worded:
            draft.note(f"“{whole}” was read as an organization by its words.", 0.05)
        draft.organizations, draft.name, draft.credentials = [whole], "", []
        return "organization"
    return "organization" if organization and draft.organizations else None
