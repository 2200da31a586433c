"""The page of a statement, kept but for what changes with each signature.

What is kept goes by the row of the statement, whose `changed_at` moves with each part of the page
(statements/models/page_parts.py). The row is read for every page, before anything else: what is
made afterwards is at least as new, so nothing older is ever kept under it. What the clock shows or
hides bounds the time in which a kept page holds.

In the places of what changes with each signature the kept page has holes. `standing` says how the
signatures stand; while that is the same, so is what fills the holes.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.cache import caches
from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from django.utils.translation import get_language

from casa.appearance import reading
from casa.lib.db.compiled import WORD, Compiled
from casa.lib.release import fingerprint
from statements.models import SigningPause, Statement

KEPT_FOR = 3600
"""Seconds. What is kept is compared each time, so this only bounds memory."""

ALIAS = "fragments"
NEWEST_SHOWN = 12  # names of each kind

FACTS = ("id", "edition_number", "last_number", "changed_at")
_ROW = Compiled(lambda: Statement.objects.filter(slug=WORD).order_by().values_list())


class Standing(NamedTuple):
    """How the signatures of a statement stand: what is compared, and what templates show of it."""

    seen: Any
    context: Callable[[], dict[str, Any]]


standing: list[Callable[[Statement], Standing]] = []
"""Who signs is kept by an app that is built on this one: it is filled when the site starts."""

each_time: dict[str, Callable[[], str]] = {}
"""What is another on every page, by the name that a template gives it."""


@dataclass(frozen=True)
class Kept:
    """A page in pieces, with the name of a hole after each but the last."""

    mark: str  # what fills its holes is kept under it
    row: tuple[Any, ...]
    pause: tuple[bool, str]
    since: datetime | None
    until: datetime | None
    pieces: tuple[str, ...]
    holes: tuple[str, ...]
    facts: tuple[Any, ...]  # of the statement, as FACTS names them

    def holds(self, row: tuple[Any, ...], pause: tuple[bool, str], now: datetime) -> bool:
        return (
            self.row == row
            and self.pause == pause
            and (self.since is None or self.since <= now)
            and (self.until is None or now < self.until)
        )


class Holes:
    """The places that a page leaves open while it is made to be kept."""

    def __init__(self) -> None:
        self._mark = secrets.token_hex(16)  # no words that somebody wrote hold it

    def leave(self, name: str) -> str:
        return f"{self._mark}{name}{self._mark}"

    def split(self, page: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        parts = page.split(self._mark)
        return tuple(parts[::2]), tuple(parts[1::2])


class Made(NamedTuple):
    """A page with holes, and what is known of it."""

    html: str
    statement: Statement
    moments: tuple[datetime, ...]


Make = Callable[[Holes], Made]
Fill = Callable[[list[str], dict[str, Any]], dict[str, str]]


def page(request: HttpRequest, slug: str, *, make: Make, fill: Fill) -> str:
    """The page, of what is kept; what is not is made by `make`, and its holes filled by `fill`.

    `fill` is given the names of holes and the context that `standing` says. Both may raise.
    """
    [row] = _ROW.rows(slug) or [()]
    cache, frame = caches[ALIAS], f"{fingerprint()}:{reading.version()}"
    key = f"{frame}:{get_language()}:{_short(request.path)}"
    pause = SigningPause.lately()
    told = (pause.is_on, pause.sentence)
    found = cache.get_many([f"page:{key}", f"holes:{key}"])
    kept: Kept | None = found.get(f"page:{key}")
    if kept is None or not kept.holds(row, told, timezone.now()):
        kept = _made(make, row, told)
        cache.set(f"page:{key}", kept, KEPT_FOR)
    stands = standing[0](Statement.from_db("default", FACTS, kept.facts))
    compared = (kept.mark, stands.seen)
    seen, filled = found.get(f"holes:{key}") or (None, {})
    if seen != compared:
        names = [name for name in kept.holes if name not in each_time]
        filled = fill(names, stands.context())
        cache.set(f"holes:{key}", (compared, filled), KEPT_FOR)
    return _joined(kept, filled)


def _short(path: str) -> str:
    """Caches take no long keys, and visitors may ask for any path."""
    return hashlib.sha256(path.encode()).hexdigest()


def _made(make: Make, row: tuple[Any, ...], pause: tuple[bool, str]) -> Kept:
    now, holes = timezone.now(), Holes()
    made = make(holes)
    pieces, names = holes.split(made.html)
    return Kept(
        mark=secrets.token_hex(8),
        row=row,
        pause=pause,
        since=max((one for one in made.moments if one <= now), default=None),
        until=min((one for one in made.moments if one > now), default=None),
        pieces=pieces,
        holes=names,
        facts=tuple(getattr(made.statement, name) for name in FACTS),
    )


def _joined(kept: Kept, filled: dict[str, str]) -> str:
    parts = [kept.pieces[0]]
    for name, piece in zip(kept.holes, kept.pieces[1:], strict=True):
        parts += (each_time[name]() if name in each_time else filled[name], piece)
    return "".join(parts)


def leave_or(context: Context, name: str, render: Callable[[], str]) -> str:
    """A hole, where the page is made to be kept; else what stands there now."""
    holes: Holes | None = context.get("holes")
    return render() if holes is None else holes.leave(name)
