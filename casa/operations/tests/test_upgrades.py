"""Databases of released versions are brought to this one and back, and hold what they held.

`make release-data` keeps a database of each version before it is tagged.
"""

import gzip
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from casa.lib.testing import DATA_KEYS, own_database

RELEASES = Path(__file__).parent / "releases"
VERSIONS = sorted(folder.name for folder in RELEASES.iterdir())

# What each `migrate` sets up anew: what Django knows of the tables, roles, schedules.
SET_UP = {
    "django_migrations", "django_content_type", "auth_permission", "auth_group_permissions",
    "django_q_schedule", "accounts_rolegrant",
}  # fmt: skip

CHANGED: dict[str, str] = {}
"""`table.column` whose content a migration changes, and why. The way back has to undo it."""

READ_ALL = """
from django.apps import apps
read = 0
for model in apps.get_models():
    for row in model._base_manager.all():
        read += 1
print("rows read:", read)
"""

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def load(url, version):
    """Fill an empty database with what was kept of a version."""
    kept = RELEASES / version / f"{connection.vendor}.sql.gz"
    sql = gzip.decompress(kept.read_bytes()).decode()
    with closing(opened(url)) as database:
        if connection.vendor == "sqlite":
            database.executescript(sql)
        else:
            database.cursor().execute(sql)
        database.commit()


def opened(url):
    return (
        sqlite3.connect(urlsplit(url).path) if url.startswith("sqlite") else psycopg2.connect(url)
    )


TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


def rows_of(url):
    """All rows of all tables, by their keys, read past all code of ours."""
    found = {}
    with closing(opened(url)) as database:
        cursor = database.cursor()
        cursor.execute(TABLES[connection.vendor])
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            key = "history_id" if "history_id" in names else names[0]
            found[table] = {row[key]: row for row in rows}
            assert len(found[table]) == len(rows), f"{table}: {key} is not its key"
    return found


def differences(before, after, changed=()):
    """What of `before` is missing or another in `after`, and rows that came where none should."""
    for table in before.keys() - SET_UP:
        if table not in after:
            yield f"{table} is gone"
            continue
        if came := after[table].keys() - before[table].keys():
            yield f"{table}: rows {sorted(came)} came from nowhere"
        for key, row in before[table].items():
            yield from _of_row(f"{table} {key}", table, row, after[table].get(key), changed)


def _of_row(place, table, row, now, changed):
    if now is None:
        yield f"{place} is gone"
        return
    for name, value in row.items():
        if f"{table}.{name}" not in changed and (name not in now or now[name] != value):
            yield f"{place}: {name} was {value!r}, is {now.get(name, 'gone')!r}"


def manage(url, var, *arguments):
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
        env=os.environ | DATA_KEYS | {"ENV_FILE": "", "DATABASE_URL": url, "VAR_DIR": str(var)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("version", VERSIONS)
def test_a_database_of_a_released_version_is_brought_here_and_back(version, tmp_path):
    with own_database(tmp_path) as url:
        load(url, version)
        before = rows_of(url)
        assert len(before["signatories_signature"]) > 100

        manage(url, tmp_path, "migrate", "--verbosity", "0")
        assert [*differences(before, rows_of(url), CHANGED)] == []
        said = manage(url, tmp_path, "shell", "--verbosity", "0", "--command", READ_ALL)
        assert int(said.split()[-1]) > 500
        manage(url, tmp_path, "verify_tally")

        kept = RELEASES / version / "migrations.txt"
        manage(url, tmp_path, "applied_migrations", "--back-to", str(kept))
        assert manage(url, tmp_path, "applied_migrations") == kept.read_text()
        assert [*differences(before, rows_of(url))] == []


def test_what_a_migration_loses_or_changes_is_seen(tmp_path):
    with own_database(tmp_path) as url:
        load(url, VERSIONS[0])
        before = rows_of(url)
        with closing(opened(url)) as database:
            cursor = database.cursor()
            cursor.execute("UPDATE signatories_signature SET city = 'Lost' WHERE id = 1")
            cursor.execute("DELETE FROM statements_topicname WHERE language = 'az'")
            cursor.execute("ALTER TABLE statements_reference DROP COLUMN url")
            database.commit()
        found = [*differences(before, rows_of(url))]
    assert len([one for one in found if one.startswith("signatories_signature 1: city was")]) == 1
    assert any(one.startswith("statements_topicname") and one.endswith("is gone") for one in found)
    assert any(one.startswith("statements_reference") and "url was" in one for one in found)


def test_every_version_that_is_tagged_has_its_databases():
    listed = subprocess.run(
        ["git", "tag", "--list", "v[0-9]*"],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert {tag[1:] for tag in listed.split()} <= set(VERSIONS)
    for version in VERSIONS:
        names = {file.name for file in (RELEASES / version).iterdir()}
        assert names == {"migrations.txt", "postgresql.sql.gz", "sqlite.sql.gz"}
