"""A replica has what was committed, and takes the primary's place."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from casa.lib.testing import wait_until
from tools import pgbouncer, with_postgres
from tools.cluster import databases
from tools.cluster.databases import Pool
from tools.drills import stores

pytestmark = [pytest.mark.slow, pytest.mark.page]


def test_what_was_committed_is_there_after_the_primary_was_killed():
    with with_postgres.server() as primary, databases.replica_of(primary) as replica:
        databases.wait_for_it(primary)
        stores.execute(primary.url, "CREATE TABLE kept AS SELECT 7 AS number")
        primary.kill()
        replica.promote()
        assert stores.ask(replica.url, "SELECT number FROM kept") == [(7,)]
        # The promoted one waits for nobody.
        stores.execute(replica.url, "INSERT INTO kept VALUES (8)")


def test_commits_that_wait_for_a_dead_replica_are_let_go():
    with with_postgres.server() as primary, databases.replica_of(primary) as replica:
        databases.wait_for_it(primary)
        replica.kill()
        databases.go_on_alone(primary)
        stores.execute(primary.url, "CREATE TABLE kept (number int)")
        replica.start_again()
        databases.wait_for_it(primary)


@pytest.mark.skipif(pgbouncer.program() is None, reason="pgbouncer is missing")
def test_the_pool_is_pointed_to_another_server():
    with (
        TemporaryDirectory(prefix="casa-pgb-", dir="/tmp") as folder,
        with_postgres.server() as one,
        with_postgres.server() as other,
    ):
        Path(folder).chmod(0o755)  # it may be another user's
        stores.execute(other.url, "CREATE TABLE other ()")
        pool = Pool(Path(folder, "pool"))
        pool.start(one)
        try:
            url = pool.url(one.url)
            assert stores.ask(url, FOUND) == [(None,)]
            pool.point_to(other)
            wait_until(lambda: stores.ask(url, FOUND) != [(None,)], 20)
        finally:
            pool.stop()


FOUND = "SELECT to_regclass('other')::text"
