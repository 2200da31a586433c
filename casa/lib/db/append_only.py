"""Rows that are written once: refused in Python with a sentence, in the database by a trigger."""

from typing import Any, NoReturn, TypeVar

from django.db import connections, migrations, models


class AppendOnlyError(Exception):
    """Somebody tried to change or delete a row that must stay as it was written."""


Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class AppendOnlyQuerySet(models.QuerySet[Row_co]):
    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model._meta.verbose_name_plural} are never changed.")

    update = bulk_update = update_or_create = delete = _refuse


class AppendOnly(models.Model):
    """Base of history rows: they can be added, and that is all.

    Each model's `objects` is made from an AppendOnlyQuerySet of its own.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"{self._meta.verbose_name_plural} are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self._meta.verbose_name_plural} are never deleted.")


# Two statements per engine: what makes the trigger, what takes it away.
_TRIGGERS = {
    "sqlite": (
        """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
           BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",
        "DROP TRIGGER IF EXISTS {table}_no_{verb}",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION {table}_no_{verb}() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION '{table} is append-only'
              USING ERRCODE = 'integrity_constraint_violation'; END $$;
           CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
           FOR EACH ROW EXECUTE FUNCTION {table}_no_{verb}()""",
        """DROP TRIGGER IF EXISTS {table}_no_{verb} ON {table};
           DROP FUNCTION IF EXISTS {table}_no_{verb}()""",
    ),
}


def install_triggers(alias: str, table: str, verbs: tuple[str, ...]) -> None:
    """Let the database refuse `verbs` ("update", "delete") on `table`."""
    _run(alias, table, verbs, 0)


def drop_triggers(alias: str, table: str, verbs: tuple[str, ...]) -> None:
    _run(alias, table, verbs, 1)


def _run(alias: str, table: str, verbs: tuple[str, ...], which: int) -> None:
    connection = connections[alias]
    with connection.cursor() as cursor:
        for verb in verbs:
            cursor.execute(_TRIGGERS[connection.vendor][which].format(table=table, verb=verb))


def append_only(table: str, verbs: tuple[str, ...] = ("update", "delete")) -> migrations.RunPython:
    """The migration operation that makes `table` append-only."""
    return migrations.RunPython(
        lambda apps, editor: install_triggers(editor.connection.alias, table, verbs),
        lambda apps, editor: drop_triggers(editor.connection.alias, table, verbs),
    )
