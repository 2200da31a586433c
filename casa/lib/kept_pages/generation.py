"""A mark that every process sees. What was kept under another one is given to nobody."""

from typing import Any

from django.conf import settings
from django.db import transaction

from casa.lib.kept_pages.marks import Mark

_mark = Mark("kept-pages")
current = _mark.current


def renew() -> None:
    """Let no page be given that was made before; once the transaction at hand is committed.

    For whatever takes something out of public view, or corrects it. What only adds need not: a
    page is as old as a second without it.
    """
    if settings.KEPT_PAGES_MB or settings.DATABASE_ROUTERS:  # pages may be read from a replica
        transaction.on_commit(_renew, robust=True)


def on_save(**sent: Any) -> None:
    """After a row of what is shown was stored; connected in `casa.apps`."""
    renew()


def on_change(*, created: bool, **sent: Any) -> None:
    """The same where visitors add rows, which may be seen a second later."""
    if not created:
        renew()


def on_delete(**sent: Any) -> None:
    renew()


def _renew() -> None:
    _mark.move()
