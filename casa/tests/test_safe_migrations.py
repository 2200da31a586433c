"""A migration runs while the version before goes on serving: it holds no table long, breaks nothing
that runs, and has a way back.

Judged are those that came after the last version, as its databases are kept (`make release-data`).
Until that version is tagged nobody has its tables, and its migrations may do what they like.
django-migration-linter reads the SQL for PostgreSQL; what it does not look for is below.
"""

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState
from django.db.models.functions import Now
from django_migration_linter.sql_analyser import PostgresqlAnalyser, analyse_sql_statements

RELEASES = settings.BASE_DIR / "casa" / "operations" / "tests" / "releases"
OURS = {
    config.label
    for config in apps.get_app_configs()
    if Path(config.path).is_relative_to(settings.BASE_DIR) and ".venv" not in config.path
}

ALLOWED: dict[str, str] = {}
"""Migrations, as `app.name`, that may do what is said here, each with the reason why nobody waits:
the table is small on every site, say. docs/upgrades.md has to tell of them."""

REMEDIES = {
    "NOT_NULL": "Give the column a db_default: the version before does not know it.",
    "DROP_COLUMN": "Let one version stop using it, and the next one drop it.",
    "DROP_TABLE": "Let one version stop using it, and the next one drop it.",
    "RENAME_COLUMN": "Add the new one, fill both, and drop the old one a version after.",
    "RENAME_TABLE": "Keep its name with Meta.db_table.",
    "ALTER_COLUMN": "Add a column of the new type, and fill it in batches.",
    "ADD_UNIQUE": "Make the unique index CONCURRENTLY first.",
    "CREATE_INDEX": "Make it CONCURRENTLY: CONTRIBUTING.md has the recipe.",
    "CREATE_INDEX_EXCLUSIVE": "Make it CONCURRENTLY, in a migration of its own.",
}

SLOW_SQL = {
    r"ADD COLUMN .*(RANDOM\(|CLOCK_TIMESTAMP\(|UUID|nextval\(|GENERATED ALWAYS AS|IDENTITY)":
        "A default that is another for each row writes the whole table anew. Fill it in batches.",
    r'ALTER TABLE ("\w+") ADD CONSTRAINT .*(CHECK|FOREIGN KEY)(?!.*NOT VALID)':
        "All rows are checked under a lock. Add it NOT VALID, and let another validate it.",
    r'^ *(UPDATE|DELETE FROM) ("?\w+"?)':
        "Rows stay locked until the migration ends. Change them in batches, with atomic = False.",
}  # fmt: skip


def new_migrations():
    """Ours that the last released version does not have; none until it is one."""
    kept = sorted(RELEASES.iterdir(), key=lambda folder: [int(n) for n in folder.name.split(".")])
    last = kept[-1]
    if last.name == settings.VERSION and not is_tagged(last.name):
        return []
    released = set((last / "migrations.txt").read_text().split())
    graph = MigrationExecutor(connection).loader.graph
    names = [f"{app}.{name}" for app, name in graph.nodes if app in OURS]
    return sorted(set(names) - released)


def is_tagged(version):
    listed = subprocess.run(
        ["git", "tag", "--list", f"v{version}"],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return bool(listed.strip())


def complaints(migration, sql):
    """What of a migration keeps people waiting or cannot be taken back, each as a sentence."""
    yield from of_operations(migration)
    statements = [line for line in sql if line and not line.startswith("--")]
    errors, _ignored, warnings = analyse_sql_statements(PostgresqlAnalyser, statements)
    for issue in [*errors, *warnings]:
        yield f"{issue.message}. {REMEDIES.get(issue.code, '')}"
    made = set(re.findall(r'CREATE TABLE ("\w+")', "\n".join(statements)))
    for pattern, sentence in SLOW_SQL.items():
        if any(found and not made & set(found.groups()) for found in matches(pattern, statements)):
            yield sentence


def matches(pattern, statements):
    return [re.search(pattern, line, re.IGNORECASE) for line in statements]


def of_operations(migration):
    for operation in migration.operations:
        if not operation.reversible:
            yield f"{operation.describe()} has no way back. An upgrade that fails goes back by it."
        if isinstance(operation, migrations.RunPython) and migration.atomic:
            yield (
                "Python runs in the transaction of the migration, and rows that it changes stay"
                " locked until its end. Set atomic = False, and commit each batch."
            )


def sql_of(migration, state):
    """What `sqlmigrate` prints: nothing is carried out."""
    with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
        migration.apply(state, editor, collect_sql=True)
    return editor.collected_sql


@pytest.mark.django_db
def test_migrations_after_the_last_version_keep_nobody_waiting():
    """On SQLite only what operations say of themselves: its SQL is another."""
    loader = MigrationExecutor(connection).loader
    found = {}
    for name in new_migrations():
        key = tuple(name.split(".", 1))
        migration = loader.get_migration(*key)
        sql = []
        if connection.vendor == "postgresql":
            sql = sql_of(migration, loader.project_state(key, at_end=False))
        if name not in ALLOWED and (said := [*complaints(migration, sql)]):
            found[name] = said
    assert not found, found
    assert set(ALLOWED) <= set(new_migrations()), "Take out of ALLOWED what is released."


BEFORE = ProjectState()
for name in ("Big", "Other"):
    fields = [("id", models.BigAutoField(primary_key=True)), ("word", models.TextField())]
    migrations.CreateModel(name, fields).state_forwards("pages", BEFORE)

RISKY = {
    "index": migrations.AddIndex("Big", models.Index(fields=["word"], name="big_word")),
    "default of Django's": migrations.AddField("Big", "seen", models.BooleanField(default=False)),
    "volatile": migrations.AddField(
        "Big", "drawn", models.FloatField(db_default=models.functions.Random())
    ),
    "type": migrations.AlterField("Big", "word", models.IntegerField()),
    "dropped": migrations.RemoveField("Big", "word"),
    "renamed": migrations.RenameField("Big", "word", "term"),
    "table renamed": migrations.RenameModel("Big", "Large"),
    "table dropped": migrations.DeleteModel("Other"),
    "unique": migrations.AlterField("Big", "word", models.TextField(unique=True)),
    "checked": migrations.AddConstraint(
        "Big", models.CheckConstraint(condition=~models.Q(word=""), name="has_word")
    ),
    "all rows": migrations.RunSQL("UPDATE pages_big SET word = 'x'", "SELECT 1"),
    "no way back": migrations.RunSQL("SELECT 1"),
    "Python": migrations.RunPython(lambda apps, editor: None, lambda apps, editor: None),
}
HARMLESS = {
    "empty column": migrations.AddField("Big", "note", models.TextField(null=True)),
    "default of the database": migrations.AddField(
        "Big", "seen", models.BooleanField(db_default=False)
    ),
    "moment": migrations.AddField("Big", "since", models.DateTimeField(db_default=Now())),
    "link": migrations.AddField(
        "Big", "other", models.ForeignKey("pages.Other", models.CASCADE, null=True, db_index=False)
    ),
    "table": migrations.CreateModel(
        "New", [("id", models.BigAutoField(primary_key=True)), ("at", models.DateField())],
        options={
            "indexes": [models.Index(fields=["at"], name="new_at")],
            "constraints": [models.CheckConstraint(condition=models.Q(id__gt=0), name="above")],
        },
    ),
    "index beside": AddIndexConcurrently("Big", models.Index(fields=["word"], name="big_word")),
}  # fmt: skip


def judged(operation):
    migration = migrations.Migration("9000_invented", "pages")
    migration.operations = [operation]
    migration.atomic = not isinstance(operation, AddIndexConcurrently)
    return [*complaints(migration, sql_of(migration, BEFORE.clone()))]


@pytest.mark.django_db(transaction=True)
def test_the_check_sees_what_holds_a_table_and_lets_through_what_does_not():
    if connection.vendor != "postgresql":
        pytest.skip("it reads the SQL of PostgreSQL")
    assert {name for name, operation in RISKY.items() if not judged(operation)} == set()
    assert {name: said for name, one in HARMLESS.items() if (said := judged(one))} == {}
