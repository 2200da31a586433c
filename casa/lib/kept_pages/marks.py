"""Marks that every process sees, and values that hold while a mark stays where it is.

Processes of one machine see a mark in a file. Those that share a cache see it there, and in the
file while the cache is away. Machines that share neither have what they keep for a moment longer.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.db import transaction

from casa.lib.db.reading import from_primary
from casa.lib.kept_pages.memory import BoundedMemory

ALIAS = "pages"
Value = TypeVar("Value")

logger = logging.getLogger(__name__)


class Mark:
    """What was kept under another mark is old; `name` is that of the file, or of the key."""

    def __init__(self, name: str) -> None:
        self._name = name

    def current(self) -> str:
        if _is_shared() and (found := caches[ALIAS].get(self._key, "")):
            return str(found)
        try:
            file = os.stat(self._file)  # noqa: PTH116 - asked for every page, and twice as fast
        except FileNotFoundError:
            return ""
        return f"{file.st_mtime_ns}-{file.st_ino}"

    def move_on_commit(self) -> None:
        """Make old what was kept, once the transaction at hand is committed."""
        transaction.on_commit(self.move, robust=True)

    def move(self) -> None:
        if _is_shared():
            caches[ALIAS].set(self._key, f"{time.time_ns()}-{os.getpid()}", timeout=None)
        # A new file in place of the old one, which may belong to whoever ran a command.
        made = Path(f"{self._file}-{os.getpid()}-{threading.get_ident()}")
        try:
            made.touch(mode=0o600)
            now = time.time_ns()
            os.utime(made, ns=(now, now))
            made.replace(self._file)
        except OSError:
            logger.exception("What was kept of %s cannot be called old.", self._name)

    @property
    def _key(self) -> str:
        return f"mark:{self._name}"

    @property
    def _file(self) -> str:
        return f"{settings.VAR_DIR}/{self._name}"


def _is_shared() -> bool:
    return not isinstance(caches[ALIAS], BoundedMemory)


class Remembered(Generic[Value]):
    """A value that a process loads once for each place of a mark, and anew after `seconds`."""

    def __init__(self, mark: Mark, load: Callable[[], Value], *, seconds: float) -> None:
        self._mark, self._load, self._seconds = mark, load, seconds
        self._kept: tuple[str, float, Value] | None = None

    def get(self) -> Value:
        """Raises whatever loading raises."""
        mark, now = self._mark.current(), time.monotonic()  # before it is loaded
        kept = self._kept
        if kept is None or kept[0] != mark or now >= kept[1]:
            with from_primary():
                kept = self._kept = (mark, now + self._seconds, self._load())
        return kept[2]

    def last(self) -> Value | None:
        """What was loaded last, however old."""
        return None if self._kept is None else self._kept[2]

    def forget(self) -> None:
        self._kept = None
