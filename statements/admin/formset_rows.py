"""Submitted rows of a formset, fitted to the rows that are stored now.

Django's formsets assume that no row was added or removed since the screen was opened: a submitted
row whose stored row is gone could never be saved again. Here it becomes a new row, so that the
input is kept.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.forms import BaseInlineFormSet
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

Row = dict[str, list[Any]]


def rows_in(data: MultiValueDict, prefix: str) -> dict[int, Row]:
    """The submitted values of each row of the formset `prefix`, by row number."""
    rows: dict[int, Row] = {}
    for key, values in data.lists():
        if match := re.fullmatch(rf"{prefix}-(\d{{1,3}})-(\w+)", key):
            rows.setdefault(int(match[1]), {})[match[2]] = values
    return rows


def fit_rows(
    prefix: str, data: Any, files: Any, stored_pk: Callable[[Row], str]
) -> tuple[MultiValueDict, MultiValueDict]:
    """Copies of `data` and `files` with existing rows first, as formsets require.

    `stored_pk` returns the primary key of the stored row for a submitted one, "" for a new one.
    """
    rows, uploads = rows_in(data, prefix), rows_in(files or MultiValueDict(), prefix)
    for row in rows.values():
        row["id"] = [stored_pk(row)]
    order = sorted(rows, key=lambda number: not rows[number]["id"][0])
    data = _renumber(data, prefix, order, rows)
    files = _renumber(files or MultiValueDict(), prefix, order, uploads)
    existing = sum(bool(row["id"][0]) for row in rows.values())
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    data[f"{prefix}-INITIAL_FORMS"] = str(existing)
    return data, files


def _renumber(
    data: MultiValueDict, prefix: str, order: Iterable[int], rows: dict[int, Row]
) -> MultiValueDict:
    renumbered = data.copy()
    for number, row in rows.items():
        for name in row:
            renumbered.pop(f"{prefix}-{number}-{name}", None)
    for index, number in enumerate(order):
        for name, values in rows.get(number, {}).items():
            renumbered.setlist(f"{prefix}-{index}-{name}", values)
    return renumbered


class RowFormSet(BaseInlineFormSet):
    """Makes its empty row once; Django makes it anew for each of four looks at it."""

    @cached_property
    def empty_form(self) -> Any:
        return super().empty_form


class PartFormSet(RowFormSet):
    """Rows of a part; a row that a colleague removed meanwhile is submitted as a new one."""

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        if data is not None:
            stored = {str(pk) for pk in kwargs["queryset"].values_list("pk", flat=True)}
            data, files = fit_rows(
                kwargs["prefix"], data, files,
                lambda row: pk if (pk := row.get("id", [""])[0]) in stored else "",
            )  # fmt: skip
        super().__init__(data, files, **kwargs)
