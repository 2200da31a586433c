"""How far the replica is, as a process finds out four times a second.

The primary is asked how far it has written, and the replica how far it has come. Once the replica
has come as far, it shows all that was committed before the primary was asked. So no clock of
another machine is needed, and a replica that is cut off grows old by itself.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from decimal import Decimal

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections

from casa.lib.db.reading import ALIAS

EVERY = 0.25  # seconds
IDLE = 10.0
"""Seconds after which nobody is asked any more, until the next page wants to know."""

WRITTEN = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"
# A replica that was promoted has written what it shows.
SHOWN = """SELECT pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery()
    THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, '0/0')"""

Place = Decimal
"""How far a server is, in bytes since its first."""


class Freshness:
    """What is known of a replica; `written` and `shown` give None where a server is away."""

    def __init__(
        self,
        written: Callable[[], Place | None],
        shown: Callable[[], Place | None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._written, self._shown, self._clock = written, shown, clock
        self._asked: deque[tuple[float, Place]] = deque(maxlen=int(600 / EVERY))
        self._waiting_since: float | None = None
        """When the primary was asked, if it has not answered yet."""
        self._is_primary_away = False
        self.as_of: float | None = None
        """The replica shows all that was committed then; None while it gives no answer."""

    def look(self) -> None:
        """Ask both; blocks for as long as they do."""
        begun = self._waiting_since = self._clock()
        written = self._written()
        self._waiting_since, self._is_primary_away = None, written is None
        if written is not None:
            self._asked.append((begun, written))
        shown = self._shown()
        if shown is None:
            self.forget()
        while shown is not None and self._asked and self._asked[0][1] <= shown:
            self.as_of = self._asked.popleft()[0]

    def forget(self) -> None:
        """Nothing is known of the replica, until the next look."""
        self.as_of = None

    def age(self) -> float:
        """Seconds by which the replica is behind at most."""
        return float("inf") if self.as_of is None else self._clock() - self.as_of

    def is_enough(self, since: float, bound: float) -> bool:
        """Whether it shows what was committed at `since`, and all that is older than `bound`.

        While the primary gives no answer, whatever the replica has is better than nothing.
        """
        if self.as_of is None:
            return False
        return self._is_silent(bound) or (self.as_of >= since and self.age() <= bound)

    def _is_silent(self, bound: float) -> bool:
        waiting = self._waiting_since
        return self._is_primary_away or (waiting is not None and self._clock() - waiting > bound)


class Watch:
    """Looks, in a thread of its own, while somebody wants to know."""

    def __init__(self, freshness: Freshness) -> None:
        self.freshness = freshness
        self._lock = threading.Lock()
        self._wanted_at = 0.0
        self._is_on = False

    def is_enough(self, since: float) -> bool:
        """The same, by the bound of the settings; False until a first look is done."""
        self._wanted_at = time.monotonic()
        if not self._is_on:
            self._begin()
        return self.freshness.is_enough(since, settings.REPLICA_LAG_SECONDS)

    def _begin(self) -> None:
        with self._lock:
            if not self._is_on:
                self._is_on = True
                threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        try:
            while time.monotonic() - self._wanted_at < IDLE:
                self.freshness.look()
                time.sleep(EVERY)
        finally:
            self.freshness.forget()
            self._is_on = False
            for alias in ("default", ALIAS):
                connections[alias].close()  # this thread's


def ask(alias: str, sql: str) -> Place | None:
    """How far a server is; None if it does not say."""
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(sql)
            return Place(cursor.fetchone()[0])
    except (DatabaseError, InterfaceError):
        connections[alias].close()
        return None


def of_database() -> Freshness:
    return Freshness(lambda: ask("default", WRITTEN), lambda: ask(ALIAS, SHOWN))


def measure(patience: float) -> float | None:
    """By how many seconds the replica is behind at most; None if that is more than `patience`."""
    found, end = of_database(), time.monotonic() + patience
    while True:
        found.look()
        if found.as_of is not None:
            return found.age()
        if time.monotonic() > end:
            return None
        time.sleep(EVERY / 10)


watch = Watch(of_database())
