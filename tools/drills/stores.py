"""Databases of drills: made from one that is filled once, and read past all code of ours."""

import sqlite3
from base64 import urlsafe_b64decode
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2  # type: ignore[import-untyped]

from benchmarks import servers
from casa.lib import data_keys
from casa.lib.testing import copy_sqlite
from tools.drills.judge import Stored

KEYS = data_keys.read_ring(
    [servers.DATA_KEYS["DATA_KEYS"], f"{data_keys.HASH}:{servers.DATA_KEYS['DATA_HASH_KEY']}"],
    "DATA_KEYS",
)
SIGNATURES = "SELECT email, state FROM signatories_signature"
QUEUED = "SELECT DISTINCT \"to\" FROM mail_outgoingmail WHERE kind LIKE '%.confirm'"
TALLY = "SELECT coalesce(sum(count), 0) FROM signatories_tallyslot"
FAILED = """SELECT last_error, count(*) FROM mail_outgoingmail
    WHERE last_error <> '' AND state = 'queued' GROUP BY 1 ORDER BY 2 DESC"""
WAITING = "SELECT count(*) FROM mail_outgoingmail WHERE state = 'queued'"


def ask(url: str, sql: str) -> list[tuple[Any, ...]]:
    """The rows that one statement gives; by a connection of its own."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(path_of(url), timeout=20)) as connection:
            return connection.execute(sql).fetchall()
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def execute(url: str, *statements: str) -> None:
    """Each in a transaction of its own, on PostgreSQL."""
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def path_of(url: str) -> Path:
    """The file of an SQLite database."""
    return Path(url.removeprefix("sqlite:///"))


def opened(stored: str) -> str:
    """An address, which lies encrypted behind its hashes."""
    name, _colon, sealed = stored.partition(data_keys.MARK)[2].partition(":")
    if not name:
        return stored
    data = urlsafe_b64decode(sealed)
    nonce, rest = data[: data_keys.NONCE_BYTES], data[data_keys.NONCE_BYTES :]
    return KEYS.cipher(name).decrypt(nonce, rest, None).decode()


def read(url: str, domain: str) -> Stored:
    """What is stored of those whose addresses are of `domain`, and the tally of all."""
    rows = [(opened(email), state) for email, state in ask(url, SIGNATURES)]
    ours = [(email, state) for email, state in rows if email.endswith(f"@{domain}")]
    ((tally,),) = ask(url, TALLY)
    return Stored(
        rows=Counter(email for email, _state in ours),
        queued=frozenset(opened(to) for (to,) in ask(url, QUEUED)),
        confirmed=frozenset(email for email, state in ours if state == "confirmed"),
        counted=int(tally),
        confirmed_rows=sum(state == "confirmed" for _email, state in rows),
    )


class Databases:
    """Copies of one filled database, on a PostgreSQL server or as files."""

    def __init__(self, server: str, folder: Path) -> None:
        """`server` is the address of a PostgreSQL server, or "" for SQLite."""
        self._server, self._folder, self._made = server, folder, 0
        self._filled = self._address("filled")
        self.facts: dict[str, Any] = {}

    def fill(self, seed: Callable[[str], dict[str, Any]]) -> None:
        """Fill the first one by `seed`, which is given its address and gives facts about it."""
        if self._server:
            execute(self._server, 'CREATE DATABASE "filled"')
        self.facts = seed(self._filled)

    def copy(self) -> str:
        """The address of a new database that is filled.

        What stood before a drill is on disk: without a checkpoint, a sequence of a copy begins
        anew after a crash, for PostgreSQL wrote down in the first database how far it had come.
        """
        address = self.empty()
        if self._server:
            name = urlsplit(address).path[1:]
            copy = f'CREATE DATABASE "{name}" TEMPLATE "filled"'
            execute(self._server, f'DROP DATABASE "{name}"', copy, "CHECKPOINT")
        else:
            copy_sqlite(path_of(self._filled), path_of(address))
        return address

    def empty(self) -> str:
        self._made += 1
        name = f"drill{self._made}"
        if self._server:
            execute(self._server, f'CREATE DATABASE "{name}"')
        return self._address(name)

    def _address(self, name: str) -> str:
        if not self._server:
            return f"sqlite:///{self._folder}/{name}.sqlite3"
        return urlunsplit(urlsplit(self._server)._replace(path=f"/{name}"))
