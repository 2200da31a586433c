"""What is away is told once, and once when it is back, however much fails meanwhile."""

import logging
import re
import sqlite3

import psycopg2
import pytest
from django.db import InterfaceError, OperationalError, connection

from casa.lib import outages
from statements.models import Statement


@pytest.fixture
def told(caplog):
    """What the console writes: the filter of its handler is asked, too."""
    caplog.handler.addFilter(outages.OutageFilter())
    yield lambda: [record.getMessage() for record in caplog.records]
    caplog.handler.filters.clear()


def away(*args, **kwargs):
    raise OperationalError("connection to server failed: Connection refused\nIs it running?")


@pytest.mark.django_db
def test_a_database_that_is_away_is_told_once_however_often_it_is_asked(client, monkeypatch, told):
    with monkeypatch.context() as patch:
        patch.setattr(Statement.objects, "public", away)
        for _time in range(3):
            assert client.get("/").status_code == 503
    reason = "OperationalError: connection to server failed: Connection refused"
    assert told() == [f"The database is away: {reason}"]
    outages.database_connected(connection)
    [_away, back] = told()
    assert re.fullmatch(r"The database is back after \d s; failures meanwhile: 3", back)
    outages.database_connected(connection)
    assert len(told()) == 2


@pytest.mark.django_db
def test_a_pool_that_lets_us_in_and_answers_nothing_is_not_back(monkeypatch, told):
    outages.DATABASE.fail("gone")
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", away)
        outages.database_connected(connection)
    assert outages.DATABASE.is_on
    outages.database_connected(connection)
    assert not outages.DATABASE.is_on


def caused_by(kind, cause):
    error = kind(str(cause))
    error.__cause__ = cause
    return error


def of_postgres(code):
    class Error(psycopg2.OperationalError):
        pgcode = code

    return caused_by(OperationalError, Error("x"))


def of_sqlite(name):
    cause = sqlite3.OperationalError("x")
    cause.sqlite_errorname = name
    return caused_by(OperationalError, cause)


@pytest.mark.parametrize(
    ("error", "is_away"),
    [
        (of_postgres(None), True),
        (of_postgres("57P01"), True),
        (of_postgres("53300"), True),
        (of_postgres("40P01"), False),  # a deadlock
        (of_postgres("57014"), False),  # a query that took too long
        (of_sqlite("SQLITE_CANTOPEN"), True),
        (of_sqlite("SQLITE_BUSY"), False),
        (of_sqlite("SQLITE_ERROR"), False),  # a table that is missing
        (InterfaceError("connection already closed"), True),
        (InterfaceError("cursor already closed"), False),
    ],
)
def test_a_query_that_failed_is_told_each_time(error, is_away, told):
    for _time in range(2):
        logging.getLogger("casa").error("It failed", exc_info=error)
    assert len([line for line in told() if line == "It failed"]) == (0 if is_away else 2)


def test_what_failed_because_of_an_outage_is_left_out_too(told):
    error = caused_by(RuntimeError, of_postgres(None))
    logging.getLogger("casa").error("It failed", exc_info=error)
    assert told() == ["The database is away: OperationalError: x"]


@pytest.mark.parametrize("outage", outages.ALL)
def test_each_is_told_once_and_once_when_it_is_back(outage, told):
    for _time in range(3):
        outage.fail("ConnectionError")
    outage.end()
    outage.end()
    assert told() == [
        f"The {outage.name} is away: ConnectionError",
        f"The {outage.name} is back after 0 s; failures meanwhile: 3",
    ]
