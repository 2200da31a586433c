"""Which look is shown: the public one, or a draft while staff preview it.

Every process keeps the public look until another is made public, which all of them see at once by
a mark (casa/lib/kept_pages/marks.py). So a page costs no query for it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DatabaseError, InterfaceError

from casa.appearance import looks
from casa.appearance.looks import Look, Words
from casa.appearance.models import PublishedAppearance
from casa.lib.kept_pages.marks import Mark, Remembered

KEPT_FOR = 60
"""Seconds, for machines that share no folder and no cache, and see no mark of each other."""

logger = logging.getLogger(__name__)
mark = Mark("appearance")
_held: ContextVar[Look | None] = ContextVar("look", default=None)


def _load() -> Look | None:
    newest = PublishedAppearance.objects.values_list("pk", "content").first()
    return looks.of_stored(str(newest[0]), newest[1]) if newest else None


_public = Remembered(mark, _load, seconds=KEPT_FOR)


def public() -> Look:
    """What visitors see. While the database is away: what they saw last."""
    try:
        found = _public.get()
    except (DatabaseError, InterfaceError):
        logger.warning("The appearance cannot be read; the last one is shown.")
        found = _public.last()
    return found or looks.of_settings()


def current() -> Look:
    """What the page at hand shows."""
    return _held.get() or public()


def version() -> str:
    """Another one after whatever changes the frame of all pages; for keys of what is kept."""
    return f"{current().version}:{mark.current()}"


def words() -> Words:
    """What the coalition says of itself, in the active language."""
    return current().words


@contextmanager
def held(look: Look) -> Iterator[None]:
    """Show this look whatever is made public meanwhile: a page is of one piece."""
    token = _held.set(look)
    try:
        yield
    finally:
        _held.reset(token)


def forget() -> None:
    """Read the public look anew."""
    _public.forget()
