"""The cache in Redis that processes share: while it is away, the site goes on without it."""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient

from casa.lib.outages import CACHE

TIMEOUT = 0.5
"""Seconds that a request waits for Redis."""

REST = 2.0
"""Seconds after a failure in which a process does not ask again, so that few requests wait."""


class _Rest:
    """Until when this process does not ask."""

    until = 0.0  # time.monotonic()

    def is_on(self) -> bool:
        return CACHE.is_on and time.monotonic() < self.until


_rest = _Rest()


def is_away() -> bool:
    """Whether Redis gave no answer when this process asked last."""
    return CACHE.is_on


class _Client:
    """Django's client of Redis, which answers as an empty cache would while Redis is away."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        import redis  # noqa: PLC0415 - an optional package
        from redis.backoff import NoBackoff  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415

        # Once more at once: after a restart of Redis the connections that were kept are dead.
        own: dict[str, Any] = {
            "retry": Retry(NoBackoff(), 1),
            "socket_timeout": TIMEOUT,
            "socket_connect_timeout": TIMEOUT,
        }
        self._client = RedisCacheClient(servers, **(own | options))
        self._error = redis.RedisError

    def __getattr__(self, name: str) -> Callable[..., Any]:
        ask = getattr(self._client, name)

        def ask_or_go_without(*args: Any) -> Any:
            if _rest.is_on():
                return _nothing(name, args)
            try:
                answer = ask(*args)
            except self._error as error:
                _rest.until = time.monotonic() + REST
                CACHE.fail(type(error).__name__)
                return _nothing(name, args)
            CACHE.end()
            return answer

        return ask_or_go_without


def _nothing(name: str, args: tuple[Any, ...]) -> Any:
    """What an empty cache says that keeps nothing. Raises ValueError where there is no such key."""
    if name == "incr":
        raise ValueError("Redis is away.")
    if name == "get":
        _key, default = args
        return default
    return {} if name == "get_many" else False


class ForgivingRedisCache(RedisCache):
    """Django's, for which nothing is wrong when Redis is away."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _Client
