"""The replica is used for as long as it is known to be fresh enough."""

from decimal import Decimal

import pytest

from casa.lib.replica import freshness
from casa.lib.replica.freshness import Freshness, Watch
from casa.lib.testing import wait_until

BOUND = 2


class Servers:
    """A primary, a replica and a clock that stand still until they are told."""

    def __init__(self):
        self.now, self.written, self.shown = 100.0, Decimal(10), Decimal(10)
        self.freshness = Freshness(lambda: self.written, lambda: self.shown, clock=lambda: self.now)

    def is_enough(self, since=0.0):
        return self.freshness.is_enough(since, BOUND)


def test_nothing_is_read_from_it_before_it_was_looked_at():
    servers = Servers()
    assert not servers.is_enough()
    servers.freshness.look()
    assert servers.is_enough()


def test_one_that_stays_behind_grows_old():
    servers = Servers()
    servers.freshness.look()
    servers.written = Decimal(11)
    servers.now += 1.5
    servers.freshness.look()
    assert servers.freshness.age() == 1.5
    assert servers.is_enough()
    servers.now += 1
    servers.freshness.look()
    assert not servers.is_enough()
    servers.shown = Decimal(11)
    servers.freshness.look()
    assert servers.freshness.age() == 0


def test_one_that_is_late_shows_an_earlier_moment():
    servers = Servers()
    for written in (11, 12, 13):
        servers.written = Decimal(written)
        servers.now += 1
        servers.freshness.look()
    servers.shown = Decimal(12)
    servers.freshness.look()
    assert servers.freshness.as_of == 102.0


def test_what_was_taken_back_has_to_be_taken_back_there():
    servers = Servers()
    servers.freshness.look()
    servers.now += 0.1
    taken_back_at = servers.now
    assert not servers.is_enough(taken_back_at)
    servers.now += 0.1
    servers.freshness.look()
    assert servers.is_enough(taken_back_at)


def test_one_that_is_away_is_not_asked():
    servers = Servers()
    servers.freshness.look()
    servers.shown = None
    servers.freshness.look()
    assert not servers.is_enough()
    assert servers.freshness.age() == float("inf")


def test_while_the_primary_is_away_the_replica_is_better_than_nothing():
    servers = Servers()
    servers.freshness.look()
    servers.written = None
    servers.now += 60
    servers.freshness.look()
    assert servers.is_enough()


def test_a_primary_that_hangs_is_away_too():
    servers = Servers()
    servers.freshness.look()
    heard = []

    def hang():
        servers.now += 1
        heard.append(servers.is_enough())
        servers.now += 5
        heard.append(servers.is_enough())
        return Decimal(10)

    servers.freshness._written = hang
    servers.freshness.look()
    assert heard == [True, True]


def test_it_is_looked_at_while_somebody_wants_to_know(monkeypatch):
    monkeypatch.setattr(freshness, "EVERY", 0.01)
    monkeypatch.setattr(freshness, "IDLE", 0.05)
    servers = Servers()
    watch = Watch(servers.freshness)
    monkeypatch.setattr(freshness, "connections", Nobodys())
    wait_until(lambda: watch.is_enough(0.0), 5)
    wait_until(lambda: not watch._is_on, 5)
    assert servers.freshness.as_of is None


class Nobodys:
    def __getitem__(self, alias):
        return self

    def close(self):
        """Nothing was opened."""


@pytest.mark.django_db
def test_a_server_that_cannot_say_is_away():
    assert freshness.ask("default", "SELECT nothing_of_the_kind") is None
