"""Rows of a formset as they were posted, fitted to the rows that are stored now.

Django's formsets take it that nobody else added or removed a row since the screen was opened; a
row that is gone could never be saved again. Here it comes back as a new one, so that nothing that
was typed is lost for want of a row.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.forms import BaseInlineFormSet
from django.utils.datastructures import MultiValueDict

Row = dict[str, list[Any]]


def rows_in(data: MultiValueDict, prefix: str) -> dict[int, Row]:
    """By number, what was posted for each row of the formset `prefix`."""
    rows: dict[int, Row] = {}
    for key, values in data.lists():
        if match := re.fullmatch(rf"{prefix}-(\d{{1,3}})-(\w+)", key):
            rows.setdefault(int(match[1]), {})[match[2]] = values
    return rows


def fitted(
    prefix: str, data: Any, files: Any, stored_pk: Callable[[Row], str]
) -> tuple[MultiValueDict, MultiValueDict]:
    """Copies of `data` and `files` with rows that exist first, as formsets want them.

    `stored_pk` gives the key of the stored row that a posted one belongs to, "" for a new one.
    """
    rows, uploads = rows_in(data, prefix), rows_in(files or MultiValueDict(), prefix)
    for row in rows.values():
        row["id"] = [stored_pk(row)]
    order = sorted(rows, key=lambda number: not rows[number]["id"][0])
    data = _renumbered(data, prefix, order, rows)
    files = _renumbered(files or MultiValueDict(), prefix, order, uploads)
    existing = sum(bool(row["id"][0]) for row in rows.values())
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    data[f"{prefix}-INITIAL_FORMS"] = str(existing)
    return data, files


def _renumbered(
    data: MultiValueDict, prefix: str, order: Iterable[int], rows: dict[int, Row]
) -> MultiValueDict:
    made = data.copy()
    for number, row in rows.items():
        for name in row:
            made.pop(f"{prefix}-{number}-{name}", None)
    for index, number in enumerate(order):
        for name, values in rows.get(number, {}).items():
            made.setlist(f"{prefix}-{index}-{name}", values)
    return made


class PartFormSet(BaseInlineFormSet):
    """Rows of a part; what somebody else removed meanwhile is offered to be added again."""

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        if data is not None:
            stored = {str(pk) for pk in kwargs["queryset"].values_list("pk", flat=True)}
            data, files = fitted(
                kwargs["prefix"], data, files,
                lambda row: pk if (pk := row.get("id", [""])[0]) in stored else "",
            )  # fmt: skip
        super().__init__(data, files, **kwargs)
