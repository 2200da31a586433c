"""A cache in the memory of a process, bounded in bytes: what was not asked for longest goes."""

from collections import OrderedDict
from threading import Lock
from time import monotonic
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

BESIDES = 1024
"""Bytes that an entry takes beside its content; so the number of entries is bounded, too."""

_rooms: dict[str, "_Room"] = {}
"""Django makes a cache for each thread; those of one name share a room."""


class _Room:
    def __init__(self) -> None:
        self.lock = Lock()
        self.entries: OrderedDict[str, tuple[Any, float | None, int]] = OrderedDict()
        self.size = 0

    def take_out(self, key: str) -> bool:
        if (entry := self.entries.pop(key, None)) is None:
            return False
        self.size -= entry[2]
        return True


class BoundedMemory(BaseCache):
    """Keeps values as they are, which must not be changed. `len(value)` is their size in bytes.

    `OPTIONS["MAX_BYTES"]` bounds all of them; one that is larger than an eighth is not kept.
    """

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._most: int = params["OPTIONS"]["MAX_BYTES"]
        self._room = _rooms.setdefault(name, _Room())

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        key = self.make_key(key, version)
        room = self._room
        with room.lock:
            entry = room.entries.get(key)
            if entry is None:
                return default
            if entry[1] is not None and entry[1] <= monotonic():
                room.take_out(key)
                return default
            room.entries.move_to_end(key)
            return entry[0]

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        key = self.make_key(key, version)
        with self._room.lock:
            self._put(key, value, timeout)

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        key = self.make_key(key, version)
        room = self._room
        with room.lock:
            entry = room.entries.get(key)
            if entry is not None and (entry[1] is None or entry[1] > monotonic()):
                return False
            self._put(key, value, timeout)
            return True

    def touch(
        self,
        key: str,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        key = self.make_key(key, version)
        room = self._room
        with room.lock:
            entry = room.entries.get(key)
            if entry is None:
                return False
            self._put(key, entry[0], timeout)
            return True

    def delete(self, key: str, version: int | None = None) -> bool:
        key = self.make_key(key, version)
        with self._room.lock:
            return self._room.take_out(key)

    def clear(self) -> None:
        with self._room.lock:
            self._room.entries.clear()
            self._room.size = 0

    @property
    def size(self) -> int:
        """Bytes that are kept now."""
        return self._room.size

    def __len__(self) -> int:
        return len(self._room.entries)

    def _put(self, key: str, value: Any, timeout: Any) -> None:
        room, size = self._room, len(value) + BESIDES
        room.take_out(key)
        if size > self._most // 8:
            return
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        ends_at = None if seconds is None else monotonic() + seconds
        room.entries[key] = value, ends_at, size
        room.size += size
        while room.size > self._most:
            room.take_out(next(iter(room.entries)))
