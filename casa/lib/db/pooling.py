"""Whether a pool of connections such as PgBouncer stands between this process and PostgreSQL.

In transaction mode each transaction may run on another connection of the server. So nothing may
outlive one: no cursor on the server (`DATABASE_POOLED`), no `SET` without `LOCAL`, no lock but
`pg_advisory_xact_lock`, no `LISTEN`; psycopg2 prepares no statements.
"""

from dataclasses import dataclass

import psycopg2  # type: ignore[import-untyped]
from django.db import connection


def is_pooled() -> bool:
    """A pool gives its clients numbers of its own in place of those of PostgreSQL's processes."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (theirs,) = cursor.fetchone()
    return bool(theirs != connection.connection.info.backend_pid)


@dataclass(frozen=True)
class Pool:
    """Connections: how many it takes from processes, and how many it opens to our database."""

    clients: int
    servers: int


def ask() -> Pool | None:
    """What PgBouncer says of itself; None if it tells that to other users alone (`stats_users`)."""
    given = connection.get_connection_params() | {"dbname": "pgbouncer"}
    given = {name: given[name] for name in ASKED_WITH if name in given}
    try:
        asking = psycopg2.connect(**given)
    except psycopg2.Error:
        return None
    try:
        asking.autocommit = True  # it knows no transactions of its own
        with asking.cursor() as cursor:
            cursor.execute("SHOW CONFIG")
            clients = next(int(row[1]) for row in cursor if row[0] == "max_client_conn")
            cursor.execute("SHOW DATABASES")
            columns = [column.name for column in cursor.description]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor]
    except psycopg2.Error:
        return None
    finally:
        asking.close()
    ours = next(row for row in rows if row["name"] == connection.settings_dict["NAME"])
    return Pool(clients, int(ours["pool_size"]) + int(ours["reserve_pool"]))


ASKED_WITH = ("host", "port", "user", "password", "dbname", "sslmode", "sslrootcert")
