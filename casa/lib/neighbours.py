"""The rows before and after one in the list that it was opened from."""

from copy import copy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ALL_VAR, ERROR_FLAG, ORDER_VAR, PAGE_VAR
from django.core.exceptions import SuspiciousOperation
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

FILTERS = "_changelist_filters"  # Django's name for them in the address of a row
LOOKED_AT = 10_000
"""In a list sorted by a column, a row is looked for among so many."""


@dataclass(frozen=True)
class Neighbours:
    """Their addresses, "" where there is none, and that of the list."""

    previous: str
    next: str
    list: str


def listed(
    model_admin: ModelAdmin, request: HttpRequest, query: str, *, reads_on: bool = False
) -> QuerySet:
    """All rows of the list at the address `?query`, on whatever page of it, in its order.

    With `reads_on` also what a search finds and the list leaves out, as far as an action would go.
    Raises SuspiciousOperation for an address that is none of the list's.
    """
    asked: Any = copy(request)
    asked.method, asked.reads_on = "GET", reads_on
    asked.GET = QueryDict(query).copy()
    for name in (PAGE_VAR, ALL_VAR, ERROR_FLAG):
        asked.GET.pop(name, None)
    try:
        changelist = model_admin.get_changelist_instance(asked)
    except IncorrectLookupParameters as error:
        raise SuspiciousOperation(query) from error
    return changelist.get_queryset(asked)


def of(model_admin: ModelAdmin, request: HttpRequest, row: Model) -> Neighbours:
    """The neighbours in a list that is sorted newest first."""
    query = request.GET.get(FILTERS, "")
    rows = listed(model_admin, request, query)
    is_sorted = ORDER_VAR in QueryDict(query)
    previous, following = (_in_order if is_sorted else _by_key)(rows, row.pk)
    meta = model_admin.opts
    name = f"admin:{meta.app_label}_{meta.model_name}"
    kept = f"?{urlencode({FILTERS: query})}" if query else ""

    def address(pk: int | None) -> str:
        return f"{reverse(f'{name}_change', args=[pk])}{kept}" if pk else ""

    return Neighbours(
        address(previous),
        address(following),
        reverse(f"{name}_changelist") + (f"?{query}" if query else ""),
    )


def _by_key(rows: QuerySet, pk: int) -> tuple[int | None, int | None]:
    """Also of a row that a decision took out of the list."""
    keys = rows.order_by().values_list("pk", flat=True)
    previous = keys.filter(pk__gt=pk).order_by("pk").first()
    return previous, keys.filter(pk__lt=pk).order_by("-pk").first()


def _in_order(rows: QuerySet, pk: int) -> tuple[int | None, int | None]:
    keys = list(rows.values_list("pk", flat=True)[:LOOKED_AT])
    if pk not in keys:
        return None, next(iter(keys), None)
    at = keys.index(pk)
    return (keys[at - 1] if at else None), (keys[at + 1] if at + 1 < len(keys) else None)
