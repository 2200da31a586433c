"""Rows by SQL that is made once, for what is asked at every signature.

Django makes the SQL of a query anew each time, which takes longer than the database takes for one
row: of the time of a signature it was more than half. Columns and values are still those of the
model's fields, so both databases store what `save` would store. No signal is sent.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def insert(row: models.Model, *, unless_taken: bool = False) -> bool:
    """Store a new row and give it its key.

    With `unless_taken`, a row that a constraint refuses is left out: False, and nothing is raised.
    """
    model = type(row)
    stored = [_stored(row, field, plain) for field, plain in _written(model)]
    found = first(_insert_sql(model, unless_taken=unless_taken), stored)
    if found is None:
        return False
    row.pk = found[0]
    row._state.adding, row._state.db = False, connection.alias
    return True


def select(model: type[Row], condition: str, values: Sequence[Any]) -> list[Row]:
    """The rows for which `condition` holds, a constant of SQL with a %s for each of `values`."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_select_sql(model)} WHERE {condition}", values)
        names = _names(model)
        return [model.from_db(connection.alias, names, _read(model, one)) for one in cursor]


def first(sql: str, values: Sequence[Any]) -> Any:
    """The first row that `sql` gives, as the database has it; None where there is none."""
    found = fetch(sql, values)
    return found[0] if found else None


def fetch(sql: str, values: Sequence[Any]) -> list[Any]:
    """All rows that `sql` gives, as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        # To the end: SQLite commits what writes and gives rows only then.
        return list(cursor.fetchall())


def write(sql: str, values: Sequence[Any]) -> int:
    """Carry out `sql`; how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def update(
    model: type[models.Model], changes: Mapping[str, Any], condition: str, values: Sequence[Any]
) -> int:
    """Write `changes` to the rows for which `condition` holds; how many those are."""
    fields: list[Any] = [model._meta.get_field(name) for name in changes]
    columns = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
    given = [
        _prepared(field, getattr(one, "pk", one), _AS_IT_IS.get(type(field)))
        for field, one in zip(fields, changes.values(), strict=True)
    ]
    sql = f"UPDATE {_table(model)} SET {columns} WHERE {condition}"  # noqa: S608 - of names alone
    return write(sql, [*given, *values])


def _quoted(fields: Sequence[Any]) -> str:
    return ", ".join(connection.ops.quote_name(field.column) for field in fields)


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


# Of these fields both databases take a value of this very type as it is, and so None.
_AS_IT_IS: dict[type, type] = {
    models.CharField: str, models.EmailField: str, models.TextField: str, models.SlugField: str,
    models.BooleanField: bool, models.IntegerField: int, models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int, models.ForeignKey: int,
}  # fmt: skip


def _stored(row: models.Model, field: Any, plain: type | None) -> Any:
    """What `save` would give the database; a row has dozens of columns that need no more work."""
    given = getattr(row, field.attname) if plain else field.pre_save(row, add=True)
    return _prepared(field, given, plain)


def _prepared(field: Any, value: Any, plain: type | None) -> Any:
    if plain and (value is None or type(value) is plain):
        return value
    return field.get_db_prep_save(value, connection)


@lru_cache(maxsize=32)
def _written(model: type[models.Model]) -> list[tuple[Any, type | None]]:
    """The fields of a new row, and the type whose values are stored as they are; the database
    counts its own numbers.
    """
    fields = model._meta.local_concrete_fields
    written = [field for field in fields if not isinstance(field, models.AutoField)]
    return [(field, _AS_IT_IS.get(type(field))) for field in written]


@lru_cache(maxsize=64)
def _insert_sql(model: type[models.Model], *, unless_taken: bool) -> str:
    fields = [field for field, _plain in _written(model)]
    places = ", ".join(["%s"] * len(fields))
    left_out = " ON CONFLICT DO NOTHING" if unless_taken else ""
    key = _quoted([model._meta.pk])
    return (
        f"INSERT INTO {_table(model)} ({_quoted(fields)}) VALUES ({places}){left_out}"  # noqa: S608 - of names alone
        f" RETURNING {key}"
    )


@lru_cache(maxsize=32)
def _select_sql(model: type[models.Model]) -> str:
    return f"SELECT {_quoted(model._meta.concrete_fields)} FROM {_table(model)}"  # noqa: S608 - of names alone


@lru_cache(maxsize=32)
def _names(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@lru_cache(maxsize=32)
def _converters(model: type[models.Model]) -> list[tuple[int, Any, Any]]:
    """What makes a value of the database one of the field, by its place in a row."""
    found = []
    for place, field in enumerate(model._meta.concrete_fields):
        column = field.get_col(model._meta.db_table)
        ways = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
        found += [(place, way, column) for way in ways]
    return found


def _read(model: type[models.Model], row: Sequence[Any]) -> list[Any]:
    values = list(row)
    for place, convert, column in _converters(model):
        values[place] = convert(values[place], column, connection)
    return values
