"""Rows of several tables in one query, where a page needs a few of each."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import Aggregate, F, JSONField, Model, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone


class _AsList(Aggregate):
    """The objects of a group as one JSON list; in no order that could be relied on."""

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="JSONB_AGG", **context)


def fetch_together(
    parent: Model, wanted: Mapping[str, tuple[QuerySet[Any], str]]
) -> dict[str, list[Any]]:
    """By name, the instances of each queryset whose foreign key (a path) leads to `parent`.

    They come in the queryset's order, else their model's. Each query costs a journey to the
    database; this is one, however many tables are asked.
    """
    columns = {
        f"rows_{name}": Subquery(_as_list(rows, key, parent))
        for name, (rows, key) in wanted.items()
    }
    parents = type(parent)._default_manager.filter(pk=parent.pk)
    found: dict[str, Any] = parents.values(**columns).first() or {}
    return {
        name: _in_order(rows, [_instance(rows, row) for row in found.get(f"rows_{name}") or ()])
        for name, (rows, _key) in wanted.items()
    }


def _as_list(rows: QuerySet[Any], key: str, parent: Model) -> QuerySet[Any]:
    fields = {field.attname: F(field.attname) for field in _fields(rows)}
    grouped = rows.filter(**{key: parent.pk}).order_by().values(_group=F(key))
    return grouped.values(_list=_AsList(JSONObject(**fields)))


def _fields(rows: QuerySet[Any]) -> list[Any]:
    """The columns that are asked for: all, unless `only` or `defer` say otherwise."""
    named, is_deferred = rows.query.deferred_loading
    return [
        field
        for field in rows.model._meta.concrete_fields
        if field.primary_key or (field.attname in named) != is_deferred
    ]


def _instance(rows: QuerySet[Any], row: dict[str, Any]) -> Model:
    fields = _fields(rows)
    values = [_value(field, row[field.attname]) for field in fields]
    return rows.model.from_db(rows.db, [field.attname for field in fields], values)


def _value(field: Any, value: Any) -> Any:
    found = field.to_python(value)
    if isinstance(found, datetime) and timezone.is_naive(found):
        return found.replace(tzinfo=UTC)  # how Django keeps moments in SQLite
    return found


def _in_order(queryset: QuerySet[Any], rows: list[Any]) -> list[Any]:
    """Sorted as the queryset or its model says, by names of columns; None comes last."""
    names = queryset.query.order_by or queryset.model._meta.ordering or ()
    for name in reversed([str(name) for name in names]):
        column = name.lstrip("-")

        def key(row: Any, column: str = column) -> tuple[bool, Any]:
            value = getattr(row, column)
            return (value is None, 0 if value is None else value)

        rows.sort(key=key, reverse=name.startswith("-"))
    return rows
