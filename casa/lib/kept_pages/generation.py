"""A mark that every process sees. What was kept under another one is given to nobody.

Processes of one machine see it in a file, those that share a cache see it there. Machines that
share neither have what they kept for its second.
"""

import logging
import os
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import transaction

from casa.lib.kept_pages.memory import BoundedMemory

logger = logging.getLogger(__name__)

ALIAS = "pages"
KEY = "generation"


def current() -> str:
    pages = caches[ALIAS]
    if not isinstance(pages, BoundedMemory):
        return str(pages.get(KEY, ""))
    try:
        found = os.stat(_file())  # noqa: PTH116 - asked for every page, and twice as fast
    except FileNotFoundError:
        return ""
    return f"{found.st_mtime_ns}-{found.st_ino}"


def renew() -> None:
    """Let no page be given that was made before; once the transaction at hand is committed.

    For whatever takes something out of public view, or corrects it. What only adds need not: a
    page is as old as a second without it.
    """
    if settings.KEPT_PAGES_MB:
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
    pages = caches[ALIAS]
    if not isinstance(pages, BoundedMemory):
        pages.set(KEY, f"{time.time_ns()}-{os.getpid()}", timeout=None)
        return
    # A new file in place of the old one, which may belong to whoever ran a command.
    made = Path(f"{_file()}-{os.getpid()}-{threading.get_ident()}")
    try:
        made.touch(mode=0o600)
        now = time.time_ns()
        os.utime(made, ns=(now, now))
        made.replace(_file())
    except OSError:
        logger.exception("Pages that were kept cannot be called old; each is for a second more.")


def _file() -> str:
    return f"{settings.VAR_DIR}/kept-pages"
