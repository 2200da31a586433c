"""The site behind PgBouncer in transaction mode, with the settings of deploy/pgbouncer."""

import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from casa.lib.testing import own_database
from tools import pgbouncer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "postgresql" or not shutil.which("pgbouncer"),
        reason="of PostgreSQL, and apt-get install pgbouncer",
    ),
]

LONG_LIST = """
import os
import psycopg2
from django_q.models import Schedule
for number in range(10):
    Schedule.objects.create(name=f"pooled {number}", func="math.hypot")
read = Schedule.objects.filter(name__startswith="pooled").iterator(chunk_size=2)
next(read)
other = psycopg2.connect(os.environ["DATABASE_URL"])
other.cursor().execute("SELECT 1")  # its transaction has the connection that began the list
print(1 + len(list(read)))
"""


@pytest.fixture
def manage(tmp_path, migrated_database):
    """Runs a command of the site through a pool; returns exit code and output."""

    def run(*arguments, pooled="1", **pool):
        with pgbouncer.pool(url, **pool) as through:
            given = {"ENV_FILE": "", "DATABASE_URL": through, "DATABASE_POOLED": pooled,
                     "VAR_DIR": str(tmp_path)}  # fmt: skip
            done = subprocess.run(
                [sys.executable, "manage.py", *arguments], cwd=settings.BASE_DIR,
                env={**os.environ, **given}, capture_output=True, text=True, check=False,
            )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    with own_database(tmp_path, migrated_database) as url:
        yield run


def test_a_long_list_is_read_if_the_settings_name_the_pool(manage):
    read = ("shell", "--verbosity=0", "--command", LONG_LIST)
    assert manage(*read) == (0, "10\n")
    code, said = manage(*read, pooled="0")
    assert code != 0
    assert "cursor" in said  # else the setting would be for nothing


def test_the_doctor_notices_it_and_compares_both_sides(manage):
    _code, said = manage("doctor", "--here")
    assert "The pool takes 500 connections" in said
    assert "It opens 3 to the database" in said
    _code, said = manage("doctor", "--here", max_client_conn="6")
    assert "Raise max_client_conn" in said
    _code, said = manage("doctor", "--here", pooled="0")
    assert "Set DATABASE_POOLED=1" in said


def test_a_backup_through_a_pool_is_refused(manage, tmp_path):
    """pg_dump would leave its connection, without a search path, to whoever comes next."""
    code, said = manage("backup", str(tmp_path))
    assert code != 0
    assert "let it lead to PostgreSQL" in said
