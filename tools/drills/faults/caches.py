"""Redis, where the cache is that processes share, is gone or hangs."""

import socket

from benchmarks.load import HOST
from tools.drills.drill import Drill, Fault
from tools.drills.redis import Redis
from tools.drills.scene import Scene, Setup


class RedisKilled(Fault):
    """With all that it held; an empty one takes its place."""

    def begin(self) -> None:
        self._kept = keys(redis(self.scene))
        redis(self.scene).stop()

    def observe(self) -> str:
        if redis(self.scene).answers() or not self._kept:
            return ""
        return f"Redis, which held {self._kept} keys, took no connection"

    def end(self) -> None:
        redis(self.scene).start()

    def is_over(self) -> bool:
        """Whether the site uses it again."""
        return keys(redis(self.scene)) > 0


class RedisHangs(Fault):
    """It takes connections and answers nothing."""

    def begin(self) -> None:
        self._kept = keys(redis(self.scene))
        redis(self.scene).hold()

    def observe(self) -> str:
        if redis(self.scene).answers() or not self._kept:
            return ""
        return f"Redis, which held {self._kept} keys, gave no answer within a second"

    def end(self) -> None:
        redis(self.scene).go_on()


def redis(scene: Scene) -> Redis:
    if scene.redis is None:
        raise ValueError("This scene has no Redis.")
    return scene.redis


def keys(server: Redis) -> int:
    """How many the site has put there."""
    with socket.create_connection((HOST, server.port), timeout=5) as connection:
        connection.sendall(b"DBSIZE\r\n")
        return int(connection.recv(100).strip(b":\r\n"))


SHARED = Setup(has_redis=True)
DRILLS = [
    Drill("redis-killed", "kill -9 of Redis, which CACHE_URL names", RedisKilled, SHARED,
          seconds=10, quick_seconds=4),
    Drill("redis-hangs", "Redis takes connections and answers nothing", RedisHangs, SHARED,
          seconds=10, quick_seconds=4),
]  # fmt: skip
