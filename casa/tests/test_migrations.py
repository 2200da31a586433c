"""Migrations import nothing of ours, and make the triggers that the models promise."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models

from casa.lib.db.append_only import AppendOnlyQuerySet
from signatories.core import standing

ROOT = Path(__file__).resolve().parents[2]
OURS = {"casa", "statements", "signatories", "tools", "benchmarks"}


def imports_of_ours(source):
    """Names of our modules that a file imports, also by `import_module("…")`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "casa"] if not node.level else ["casa"]  # relative: ours
        elif isinstance(node, ast.Call) and "import" in ast.unparse(node.func):
            names = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        else:
            continue
        yield from (name for name in names if str(name).partition(".")[0] in OURS)


def migrations():
    return [
        file
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(ROOT) and ".venv" not in config.path
        for file in sorted(Path(config.path, "migrations").glob("*.py"))
    ]


@pytest.mark.medium
def test_migrations_import_nothing_of_ours():
    files = migrations()
    assert len(files) >= 10  # with an __init__.py in each of five apps
    wrong = {str(file): [*imports_of_ours(file.read_text(encoding="utf-8"))] for file in files}
    assert not {name: found for name, found in wrong.items() if found}


@pytest.mark.parametrize(
    "source",
    [
        "import casa.lib.text",
        "from statements.models import Statement",
        "def forwards(apps, schema_editor):\n    from signatories import states",
        "from ..models import User",
        "import_module('casa.migrations.0001_roles')",
        "importlib.import_module('casa.roles')",
    ],
)
def test_the_check_sees_an_import(source):
    assert [*imports_of_ours(source)]
    assert not [*imports_of_ours("from django.db import migrations, models")]


def append_only_models():
    return [
        model
        for model in apps.get_models()
        if isinstance(model._default_manager.all(), AppendOnlyQuerySet)
    ]


def triggers():
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


OF_PACKETS = {
    "signatories_packet_stays", "signatories_packet_is_kept", "signatories_packetpiece_is_added",
    "signatories_packetpiece_stays", "signatories_packetpiece_is_kept",
}  # fmt: skip
"""A packet changes until it is sealed, and never afterwards."""


@pytest.mark.django_db
def test_append_only_tables_have_their_triggers():
    """Rows that go with another row may be deleted, and none may be changed."""
    expected = set()
    for model in append_only_models():
        expected.add(f"{model._meta.db_table}_no_update")
        owners = [field.remote_field.on_delete for field in model._meta.fields if field.is_relation]
        if models.CASCADE not in owners:
            expected.add(f"{model._meta.db_table}_no_delete")
    assert len(append_only_models()) == 9
    assert triggers() - set(standing.TRIGGERS) == expected | OF_PACKETS


@pytest.mark.django_db
def test_what_is_kept_of_signatures_has_its_triggers():
    assert triggers() >= set(standing.TRIGGERS)
