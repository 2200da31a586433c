"""One maker at a time for each page, among the threads of a process."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

PATIENCE = 2.0
"""Seconds that others wait for a page which one of them makes, before they make it themselves."""

_lock = Lock()
_at_work: dict[str, Event] = {}


@contextmanager
def making(key: str) -> Iterator[Event | None]:
    """Gives None to the one who is to make the page, and to others what tells when it is made.

    However making ends, the next one may make it.
    """
    with _lock:
        others = _at_work.get(key)
        if others is None:
            mine = _at_work[key] = Event()
    if others is not None:
        yield others
        return
    try:
        yield None
    finally:
        with _lock:
            del _at_work[key]
        mine.set()
