"""The cache in Redis that processes share: while it is away, the site goes on without it."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient

logger = logging.getLogger(__name__)

TIMEOUT = 0.5
"""Seconds that a request waits for Redis."""

REST = 2.0
"""Seconds after a failure in which a process does not ask again, so that few requests wait."""


class _Outage:
    """Whether Redis is away, as this process knows; the log says when it begins and ends."""

    def __init__(self) -> None:
        self._rests_until, self._is_on = 0.0, False

    def rests(self) -> bool:
        return self._is_on and time.monotonic() < self._rests_until

    def begin(self, error: Exception) -> None:
        self._rests_until = time.monotonic() + REST
        if not self._is_on:
            logger.error("Redis is away (%s); the site goes on without.", type(error).__name__)
        self._is_on = True

    def end(self) -> None:
        if self._is_on:
            logger.warning("Redis is back.")
        self._is_on = False

    @property
    def is_on(self) -> bool:
        return self._is_on


_outage = _Outage()


def is_away() -> bool:
    """Whether Redis gave no answer when this process asked last."""
    return _outage.is_on


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
            if _outage.rests():
                return _nothing(name, args)
            try:
                answer = ask(*args)
            except self._error as error:
                _outage.begin(error)
                return _nothing(name, args)
            _outage.end()
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
