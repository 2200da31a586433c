"""Encrypt anew what lies in the database: what was stored before there were keys, and, with a new
key, what an earlier one encrypted.

Rows are read and written as the database has them, some in each transaction and each only if
nobody has changed it meanwhile. So the site goes on, and whoever is killed goes on where they were.
"""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import BinaryField, JSONField, Model
from django.utils import timezone

from casa.lib.db.sealed import sealed_fields
from casa.operations.models import Resealing

TASK = "encrypt-anew"
seal_elsewhere: list[Callable[[], int]] = []
"""What apps seal beside the fields of models: each seals it anew with the first key, and says how
much of it could not be read."""

BATCH, FEW = 500, 5
"""Rows in one transaction: so many, and so many where files are in them."""
RUN_TIME = 50.0  # seconds, then other work of the worker gets its turn

Fields = list[Any]
Wanted = Callable[[Any, Any], bool]
"""Whether a field is to be sealed anew, by what the database has of it."""


def tables() -> list[tuple[type[Model], Fields]]:
    """The tables with encrypted columns, by their names."""
    found: dict[type[Model], Fields] = {}
    for model, field in sealed_fields():
        found.setdefault(model, []).append(field)
    return sorted(found.items(), key=lambda one: one[0]._meta.db_table)


# All at once, at `migrate` and before a key is thrown away


def seal_plain() -> int:
    """Encrypt what was stored before; how many rows."""
    done = _seal_all(lambda field, stored: bool(field.is_plain(stored)))
    if done and connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # the file still holds what stood there before
    return done


def seal_what_is_of(name: str) -> int:
    """Encrypt anew what the key of that name encrypted; how many rows."""
    return _seal_all(lambda field, stored: bool(stored) and field.key_of(stored) == name)


def _seal_all(wanted: Wanted) -> int:
    done = 0
    for model, fields in tables():
        last: Any = None
        while rows := _rows(model, fields, after=last):
            done += _seal(model, fields, rows, wanted)
            last = rows[-1][0]
    return done


def count_of(name: str) -> dict[str, int]:
    """How many values the key of that name encrypted, by table and column. Reads all of them."""
    found: dict[str, int] = {}
    for model, fields in tables():
        last: Any = None
        while rows := _rows(model, fields, after=last):
            for field, place in ((field, at + 1) for at, field in enumerate(fields)):
                count = sum(bool(row[place]) and field.key_of(row[place]) == name for row in rows)
                if count:
                    label = f"{model._meta.db_table}.{field.column}"
                    found[label] = found.get(label, 0) + count
            last = rows[-1][0]
    return found


def _rows(model: type[Model], fields: Fields, *, after: Any) -> list[tuple[Any, ...]]:
    """The next rows: the key, then what the database has in each of the columns."""
    key = _key(model)
    columns = ", ".join([key, *(connection.ops.quote_name(one.column) for one in fields)])
    begins = f" WHERE {key} > %s" if after is not None else ""
    sql = f"SELECT {columns} FROM {_table(model)}{begins} ORDER BY {key} LIMIT %s"  # noqa: S608
    size = FEW if any(isinstance(one, BinaryField) for one in fields) else BATCH
    with connection.cursor() as cursor:
        cursor.execute(sql, [after, size] if after is not None else [size])
        return list(cursor.fetchall())


def _key(model: type[Model]) -> str:
    return connection.ops.quote_name(str(model._meta.pk.column))


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


@transaction.atomic
def _seal(model: type[Model], fields: Fields, rows: list[tuple[Any, ...]], wanted: Wanted) -> int:
    done = 0
    for key, *stored in rows:
        changed = [
            (field, value) for field, value in zip(fields, stored, strict=True)
            if value is not None and wanted(field, value)
        ]  # fmt: skip
        done += bool([_write(model, key, field, value) for field, value in changed])
    return done


def _write(model: type[Model], key: Any, field: Any, stored: Any) -> int:
    """Encrypt one value, unless somebody has written another one since."""
    opened = field.opened(stored, connection)
    sealed = field.get_db_prep_save(opened, connection)
    column = connection.ops.quote_name(field.column)
    pk = _key(model)
    is_json = isinstance(field, JSONField) and connection.vendor == "postgresql"
    same = f"{column}::text = %s" if is_json else f"{column} = %s"
    sql = f"UPDATE {_table(model)} SET {column} = %s WHERE {pk} = %s AND {same}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [sealed, key, stored])
        return int(cursor.rowcount)


# With a new key, by the worker


def begin(name: str) -> None:
    """Begin anew; one that was under way for an earlier key has nothing more to do."""
    running = Resealing.objects.exclude(state=Resealing.State.DONE)
    running.update(state=Resealing.State.DONE, ended_at=timezone.now())
    Resealing.objects.create(key=name)


def under_way() -> Resealing | None:
    """The latest, done or not."""
    return Resealing.objects.order_by("-pk").first()


def stop() -> bool:
    """Whether there was something to stop."""
    running = Resealing.objects.filter(state=Resealing.State.RUNNING)
    return bool(running.update(state=Resealing.State.STOPPED))


def go_on() -> bool:
    stopped = Resealing.objects.filter(state=Resealing.State.STOPPED)
    return bool(stopped.update(state=Resealing.State.RUNNING))


def work(seconds: float = RUN_TIME) -> int:
    """What the worker does each minute: some rows; how many."""
    ends, done = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        run = Resealing.objects.filter(state=Resealing.State.RUNNING).order_by("pk").last()
        if run is None or not (read := _step(run)):
            break
        done += read
    return done


def _step(run: Resealing) -> int:
    """Some rows of the table that a run is at; how many were read, 0 at the end."""
    left = [one for one in tables() if one[0]._meta.db_table >= run.table]
    if not left:
        return _end(run)
    model, fields = left[0]
    name = model._meta.db_table
    last = model._meta.pk.to_python(run.row) if run.table == name and run.row else None
    if last is not None:
        last = model._meta.pk.get_db_prep_value(last, connection)
    rows = _rows(model, fields, after=last)
    done = _seal(model, fields, rows, lambda field, stored: bool(
        stored and field.key_of(stored) not in ("", run.key)
    ))  # fmt: skip
    if rows:
        run.table, run.row, run.done = name, str(rows[-1][0]), run.done + done
    elif len(left) > 1:
        run.table, run.row = left[1][0]._meta.db_table, ""
    else:
        return _end(run)
    # The state is left alone: somebody may have stopped it meanwhile.
    run.save(update_fields=["table", "row", "done"])
    return len(rows) or 1


def _end(run: Resealing) -> int:
    for seal in seal_elsewhere:
        seal()
    run.state, run.ended_at = Resealing.State.DONE, timezone.now()
    run.save(update_fields=["state", "ended_at"])
    return 0
