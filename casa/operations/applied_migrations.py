"""Which migrations the tables have had, and the way back to fewer, for an upgrade that failed."""

from collections.abc import Collection

from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor


class IrreversibleError(Exception):
    """A migration has no way back, named in the sentence; nothing was changed."""


def applied() -> list[str]:
    """`app.name` of all that were applied and that this version knows, in alphabetical order."""
    loader = MigrationExecutor(connection).loader
    return sorted(".".join(key) for key in loader.applied_migrations if key in loader.graph.nodes)


def go_back(kept: Collection[str]) -> list[str]:
    """Take back all but those of `kept`, the newest first; `app.name` of each that was.

    Each is taken back in a transaction of its own. Raises IrreversibleError before any is.
    """
    executor = MigrationExecutor(connection)
    taken_back = _newest_first(executor, kept)
    for migration in taken_back:
        if not all(operation.reversible for operation in migration.operations):
            raise IrreversibleError(f"{_name(migration)} has no way back.")
    executor.migrate([], plan=[(migration, True) for migration in taken_back])
    return [_name(migration) for migration in taken_back]


def _newest_first(executor: MigrationExecutor, kept: Collection[str]) -> list[Migration]:
    loader = executor.loader
    plan = executor.migration_plan(loader.graph.leaf_nodes(), clean_start=True)
    applied = [one for one, _ in plan if (one.app_label, one.name) in loader.applied_migrations]
    return [one for one in reversed(applied) if _name(one) not in kept]


def _name(migration: Migration) -> str:
    return f"{migration.app_label}.{migration.name}"
