"""Redis may be away: the site then goes on as with an empty cache, and says so once."""

import logging

import pytest
from django.core.cache import caches
from django.test import override_settings

from casa import engines
from casa.lib import outages, shared_cache
from casa.lib.testing import wait_until
from signatories.signing.antispam import counters
from tools.drills.redis import Redis, program

pytestmark = [
    pytest.mark.medium,
    pytest.mark.skipif(program() is None, reason="no Redis server on this machine"),
]


@pytest.fixture
def redis(tmp_path, monkeypatch):
    monkeypatch.setattr(shared_cache, "REST", 0.1)
    server = Redis(tmp_path)
    server.start()
    config = engines.cache(
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": server.url}
    )
    with override_settings(CACHES={"default": config}):
        yield server
    server.stop()
    outages.CACHE.end()


def ask_for_everything(cache):
    """What each method of a cache gives."""
    cache.set("a", 1)
    cache.set_many({"b": 2})
    found = [
        cache.get("a", "none"),
        cache.get_many(["a", "b"]),
        cache.has_key("a"),
        cache.add("a", 5),
    ]
    found += [cache.touch("a", 60), cache.delete("b")]
    cache.delete_many(["b"])
    return found


def test_a_server_that_is_there_is_used(redis):
    assert ask_for_everything(caches["default"]) == [1, {"a": 1, "b": 2}, True, False, True, True]
    assert caches["default"].incr("a") == 2
    assert not shared_cache.is_away()


def test_one_that_is_gone_is_an_empty_cache(redis, caplog):
    cache = caches["default"]
    cache.set("a", 1)
    redis.stop()
    with caplog.at_level(logging.WARNING):
        assert ask_for_everything(cache) == ["none", {}, False, False, False, False]
        with pytest.raises(ValueError, match="away"):
            cache.incr("a")
        assert shared_cache.is_away()
        redis.start()
        wait_until(lambda: cache.get("z") is None and not shared_cache.is_away(), 10)
    assert ask_for_everything(cache)[0] == 1
    said = [record.message for record in caplog.records]
    assert len(said) == 2
    assert said[0] == "The cache is away: ConnectionError"
    assert said[1].startswith("The cache is back after")


def test_one_that_hangs_holds_nobody_for_long(redis, monkeypatch):
    monkeypatch.setattr(shared_cache, "REST", 60.0)
    cache = caches["default"]
    cache.set("a", 1)
    redis.hold()
    try:
        assert cache.get("a", "none") == "none"  # after a second
        assert [cache.get("a", "none") for _ in range(100)] == ["none"] * 100  # at once
    finally:
        redis.go_on()


@pytest.mark.django_db
def test_limits_on_signing_hold_without_it(redis):
    assert counters.has_shared_cache()
    redis.stop()
    assert caches["default"].get("a") is None
    assert not counters.has_shared_cache()  # the table counts
