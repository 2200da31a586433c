"""What columns hold, where their headers leave it open: told by the cells below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from . import kinds, places
from .answers import is_answer
from .headers import columns_of, is_unknown
from .parsed import Column
from .roles import is_role_behind

Cells = Sequence[str]

_SAMPLE = 60


def checked(headers: Sequence[str], rows: Sequence[Cells]) -> list[Column]:
    """The columns by their headers; "May we list your name?" is told from a name by its answers."""
    asked = [_is_of(rows, position, _is_answer, 0.8) for position in range(len(headers))]
    named = columns_of([header for header, yes in zip(headers, asked, strict=True) if not yes])
    own = iter(named)
    columns: list[Column] = []
    for header, yes in zip(headers, asked, strict=True):
        if not yes:
            columns.append(next(own))
            continue
        (column,) = columns_of([header])
        field = "may_publish" if column.field in ("name", "given_name", "surname") else column.field
        answers = field in ("organization", "role", "town", "country")  # nobody is called "No"
        columns.append(Column(header, "" if answers else field))
    return _told_by_cells(columns, rows)


_TOLD_BY_CELLS = ("email", "country", "role", "organization", "town")


def _told_by_cells(columns: list[Column], rows: Sequence[Cells]) -> list[Column]:
    """The columns; those of headers that no list knows hold what their cells look like."""
    taken = {column.field for column in columns}
    found = []
    for position, column in enumerate(columns):
        if not column.field and is_unknown(column.header):
            field = _guess(rows, position)
            field = field if field in _TOLD_BY_CELLS and field not in taken else ""
            taken.add(field)
            found.append(Column(column.header, field, guessed=True))
        else:
            found.append(column)
    return found


def inferred(rows: Sequence[Cells]) -> list[Column]:
    """The columns of a table without headers, or none where no column names anybody."""
    width = max((len(cells) for cells in rows), default=0)
    fields = [_guess(rows, position) for position in range(width)]
    fields = [
        ("word" if field == "name" else "") if field != "role" and field in fields[:at] else field
        for at, field in enumerate(fields)
    ]
    if "given_name" in fields:
        at = fields.index("given_name")
        beside = [n for n in (at + 1, at - 1) if 0 <= n < width and fields[n] in ("", "word")]
        if beside:
            fields[beside[0]] = "surname"
    if not {"name", "surname"} & set(fields):
        return []
    if "organization" not in fields and "word" in fields:
        fields[fields.index("word")] = "organization"
    return [Column("", "" if field == "word" else field) for field in fields]


def _guess(rows: Sequence[Cells], position: int) -> str:
    for field, test, least in _TESTS:
        if _is_of(rows, position, test, least):
            return field
    return ""


def _is_of(rows: Sequence[Cells], position: int, test: Callable[[str], bool], least: float) -> bool:
    """Whether at least a share of the cells of a column that are not empty pass a test."""
    cells = [row[position].strip() for row in rows[:_SAMPLE] if position < len(row)]
    written = [cell for cell in cells if any(map(str.isalnum, cell))]
    return bool(written) and sum(map(test, written)) >= least * len(written)


def _is_answer(cell: str) -> bool:
    return len(cell) < 60 and is_answer(cell)


def _is_number(cell: str) -> bool:
    return not any(char.isalpha() for char in cell)


def _is_full_name(cell: str) -> bool:
    surname, comma, given = cell.partition(",")
    if comma:
        cell = f"{given} {surname}"
    return kinds.looks_like_name(cell) and kinds.organization_score(cell) < 2


def _is_named(cell: str) -> bool:
    _, comma, given = cell.partition(",")
    return _is_full_name(cell) and kinds.has_given_name(given if comma else cell)


def _is_given_name(cell: str) -> bool:
    return len(cell.split()) < 3 and kinds.has_given_name(cell)


def _is_town(cell: str) -> bool:
    return bool(places.cities(cell.partition(",")[0]))


_TESTS: tuple[tuple[str, Callable[[str], bool], float], ...] = (
    ("email", lambda cell: "@" in cell and "." in cell, 0.6),
    ("", _is_number, 0.8),
    ("", _is_answer, 0.9),
    ("country", lambda cell: bool(places.country(cell)), 0.6),
    ("role", is_role_behind, 0.5),
    ("organization", kinds.looks_like_organization, 0.4),
    ("town", _is_town, 0.6),
    ("given_name", lambda cell: len(cell.split()) == 1 and _is_given_name(cell), 0.5),
    ("name", _is_named, 0.4),
    ("place", lambda cell: "," in cell and _is_town(cell), 0.4),
    ("name", _is_full_name, 0.6),
    ("word", lambda cell: len(cell) < 80, 0.5),
)
