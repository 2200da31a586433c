"""Tests run on a copy of a migrated database; it is as good as one migrated for them alone."""

import re
import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from casa.lib.testing import own_database
from tools import migrated

MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*"
# Of each kind of thing that decides what is in a migrated database, one.
DECIDES = [
    "casa/settings.py",
    "casa/migrations/0001_roles.py",
    "signatories/migrations/0010_fill_names.py",
    "statements/models/statement.py",
    "casa/accounts/models.py",
    "casa/roles.py",  # migrations call it
    "casa/lib/appendonly.py",
    "casa/lib/text.py",  # what they import imports it
]


def test_it_is_made_from_what_migrations_use_and_not_from_what_shows_pages():
    """The latter too, and each change of a view would make the next run migrate anew."""
    made_from = {str(file.relative_to(migrated.ROOT)) for file in migrated.sources(migrated.ROOT)}
    assert set(DECIDES) <= made_from
    assert not [name for name in made_from if re.search(r"/(views|forms|admin)", name)]


@pytest.fixture
def code(tmp_path):
    """A project of three files, to be changed."""
    for name, text in {
        "casa/settings.py": 'LANGUAGES = env.list("LANGUAGES")\n',
        "statements/migrations/0001_initial.py": "def words():\n    from casa.lib import search\n",
        "casa/lib/search.py": "from .text import fold\n",
        "casa/lib/text.py": "",
        "casa/roles.py": "",
        "tools/migrated.py": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    "name",
    [
        "casa/settings.py",
        "tools/migrated.py",
        "statements/migrations/0001_initial.py",
        "statements/migrations/0002_more.py",
        "statements/models.py",
        "signatories/models/signatures.py",
        "casa/lib/search.py",
        "casa/lib/text.py",
    ],
)
def test_a_change_of_what_it_is_made_from_makes_another(code, name):
    before = migrated.fingerprint(code)
    assert migrated.fingerprint(code) == before
    (code / name).parent.mkdir(parents=True, exist_ok=True)
    with (code / name).open("a") as file:
        file.write("\n# changed\n")
    assert migrated.fingerprint(code) != before


def test_so_do_settings_from_outside(code, monkeypatch):
    before = migrated.fingerprint(code)
    monkeypatch.setenv("LANGUAGES", "az")
    assert migrated.fingerprint(code) != before


def test_a_module_named_in_a_migration_counts_as_imported(code):
    before = migrated.fingerprint(code)
    migration = code / "statements/migrations/0001_initial.py"
    migration.write_text('roles = import_module("casa.roles")\n')
    assert code / "casa/roles.py" in migrated.sources(code)
    assert migrated.fingerprint(code) != before


def everything_in(url):
    """Tables, triggers and rows, without the rows' numbers and the moments they were made at."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
        parts = database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2")
        schema = parts.fetchall()
        return schema, {
            table: sorted(
                re.sub(MOMENT, "", repr(row[1:]))
                for row in database.execute(f"SELECT * FROM {table}")
            )
            for kind, table, _sql in schema
            if kind == "table" and table != "sqlite_sequence"
        }


@pytest.mark.slow
def test_it_is_what_migrating_now_would_make(migrated_database, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL it is made by each run")
    with own_database(tmp_path, migrated_database) as copy:
        copied = everything_in(copy)
    (tmp_path / "own.sqlite3").unlink()
    with own_database(tmp_path) as fresh:
        migrated.migrate(fresh)
        assert everything_in(fresh) == copied
    schema, rows = copied
    assert "signatories_signatureevent_no_update" in {name for _kind, name, _sql in schema}
    assert rows["auth_group"]
