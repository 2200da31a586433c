"""Which look is shown: the public one, or a draft while staff preview it.

Every process keeps the public look until another is made public, which all of them see at once by
a mark (casa/lib/kept_pages/marks.py). So a page costs no query for it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError

from casa.appearance import looks
from casa.appearance.looks import Look, Words
from casa.appearance.models import PublishedAppearance
from casa.lib.kept_pages.marks import Mark, Remembered

KEPT_FOR = 60
"""Seconds, for machines that share no folder and no cache, and see no mark of each other."""

logger = logging.getLogger(__name__)
mark = Mark("appearance")


@dataclass
class _Held:
    """What one page shows; None until it asks."""

    look: Look | None = None


_held: ContextVar[_Held | None] = ContextVar("look", default=None)


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
    page = _held.get()
    if page is None:
        return public()
    page.look = page.look or public()
    return page.look


def shown() -> Look | None:
    """The look of the page at hand; None where it has asked for none, as answers to programs."""
    page = _held.get()
    return page.look if page else None


def version() -> str:
    """Another one after whatever changes the frame of all pages; for keys of what is kept."""
    return f"{current().version}:{mark.current()}"


def words() -> Words:
    """What the coalition says of itself, in the active language."""
    return current().words


@contextmanager
def held(look: Look | None = None) -> Iterator[None]:
    """Show this look whatever is made public meanwhile: a page is of one piece.

    Without a look it is the public one, which is read when the page first asks for it.
    """
    token = _held.set(_Held(look))
    try:
        yield
    finally:
        _held.reset(token)


def forget() -> None:
    """Read the public look anew."""
    _public.forget()
