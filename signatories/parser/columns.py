"""A list with a row of headings: the order of its columns tells the fields."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from .names import split_credentials, split_honorific
from .parsed import Draft, ParsedLine
from .people import doubt_name
from .segments import Segment, split_segments, tidy
from .tail import take_place
from .text import clean, key
from .vocabulary import words as word_set

_FIELDS = {
    "name": "name|full name|first and last name|signatory|signer|signed by|person|contact|ad|isim",
    "first": "first name|given name|first",
    "last": "last name|surname|family name|last",
    "honorific": "honorific|salutation|prefix|mr/ms",
    "credentials": "credentials|degree|degrees|suffix",
    "role": "title|role|position|job title|function|office|title/role|title/position|vəzifə"
    "|funktion",
    "organization": "organization|organisation|affiliation|institution|company|employer|association"
    "|group|organization name|organisation name|organization/affiliation|təşkilat",
    "place": "city|town|place|location|city/state|city, state|state|province|region|country|address"
    "|şəhər|ort|stadt|land|ville|pays|ciudad|país",
    "other": "email|e-mail|email address|phone|telephone|website|date|signature|no|number|nr|#"
    "|notes",
}
_FIELD_OF = {key(name): field for field, names in _FIELDS.items() for name in names.split("|")}
_NAMING = word_set("name first last organization")


@dataclass(frozen=True)
class Columns:
    separator: str
    fields: tuple[str, ...]


def read_header(text: str) -> Columns | None:
    """The columns that a row such as "Name | Title | Organization | City" announces, or None."""
    for separator in ("|", "\t", ";", ","):
        cells = _cells(text, separator)
        if len(cells) < 2:
            continue
        fields = tuple(_FIELD_OF.get(key(cell).strip("*_:() "), "") for cell in cells)
        if all(fields) and _NAMING & set(fields):
            return Columns(separator, fields)
    return None


def read_row(columns: Columns, text: str, line: int) -> ParsedLine | None:
    """A line whose cells are those of the columns, or None where it has more or fewer."""
    cells = _cells(text, columns.separator) if len(text) < csv.field_size_limit() else []
    if len(cells) != len(columns.fields):
        return None
    draft = Draft()
    by_field: dict[str, list[str]] = {}
    for field, cell in zip(columns.fields, cells, strict=True):
        if cleaned := cell.strip(" -–—"):
            by_field.setdefault(field, []).append(cleaned)
    name = tidy(clean(" ".join([*_of(by_field, "name"), *_of(by_field, "first", "last")]), draft))
    honorific, name = split_honorific(name)
    draft.honorific = " ".join([*_of(by_field, "honorific"), honorific]).strip()
    name, draft.credentials = split_credentials(name)
    draft.name = tidy(name)
    draft.credentials += _of(by_field, "credentials")
    draft.roles = [tidy(role) for role in _of(by_field, "role")]
    draft.organizations = [tidy(name) for name in _of(by_field, "organization")]
    _read_place(", ".join(_of(by_field, "place")), draft)
    for cell in _of(by_field, "other"):
        draft.note(f"“{cell}” stands in a column that has no field.")
    if not draft.name and not draft.organizations:
        return None
    if draft.name:
        doubt_name(draft)
    elif draft.roles:
        draft.note("A role is given and no person is named.", 0.2)
    return draft.finish(line, text)


def _read_place(place: str, draft: Draft) -> None:
    if not place:
        return
    left = take_place([Segment("-"), *split_segments(place)], draft)[1:]
    if left and not draft.city:
        draft.city = ", ".join(segment.text for segment in left)
    elif left:
        unread = ", ".join(segment.text for segment in left)
        draft.note(f"“{unread}” in the column of the place was left out of the fields.", 0.2)


def _of(by_field: dict[str, list[str]], *fields: str) -> list[str]:
    return [cell for field in fields for cell in by_field.get(field, [])]


def _cells(text: str, separator: str) -> list[str]:
    text = text.strip(" ") if separator == "\t" else text.strip()
    if separator == "|":
        cells = re.sub(r"^\||\|$", "", text).split(separator)
    else:  # as spreadsheets write them: a cell that holds the separator stands in quotation marks
        cells = next(csv.reader([" ".join(text.splitlines())], delimiter=separator), [])
    return [cell.strip() for cell in cells]
