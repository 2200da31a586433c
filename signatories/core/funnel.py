"""How many read a statement, began its form, sent it and confirmed: by day, language and source.

Nothing is stored of a reader, and nothing is told from one to the next. Each process of the web
server counts in memory, and a thread of it writes what came together, so no page waits for that.
Whatever a process had not written when it was killed, some seconds of numbers, is not counted.
"""

import logging
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from signatories.models import FunnelCount, Signature
from signatories.models.funnel import SOURCE_LENGTH
from statements.models import Statement

logger = logging.getLogger(__name__)

Step = FunnelCount.Step

WRITTEN_EVERY = 10.0  # seconds
MOST_KEYS = 5000
"""Of a process, until they are written; what comes beyond that has no source."""

MOST_SOURCES = 50
"""Of a statement on a day. Links can be made up, so what comes later is of OTHER."""

SIGNER, FRAME, OTHER = "(signer)", "(frame)", "(other)"
"""Sources that no link can name: a signer's own link, a frame on another site, all that is left."""

_NOT_IN_SOURCE = re.compile(r"[^a-z0-9._-]+")

on_count: list[Callable[[str], object]] = []
"""Each is called with the step that was counted."""


class Key(NamedTuple):
    """`statement` is its key, or its slug where only that is known."""

    day: date
    statement: int | str
    step: str
    language: str
    source: str


_counts: Counter[Key] = Counter()
_lock = threading.Lock()
_started: list[bool] = []


def start(*, writes: bool = True) -> None:
    """Count from now on, as the web server does; a thread `writes` what came together."""
    if not _started and writes:
        threading.Thread(target=_write_on_and_on, name="funnel", daemon=True).start()
    _started[:] = [True]


def stop() -> None:
    """Count no more, and forget what was not written."""
    _started.clear()
    _counts.clear()


def note(step: str, statement: int | str, *, language: str, source: str = "") -> None:
    """One more. It asks no database."""
    if not _started:
        return
    key = Key(timezone.localdate(), statement, step, language, source)
    with _lock:
        if len(_counts) >= MOST_KEYS and key not in _counts:
            key = key._replace(source="")
        _counts[key] += 1
    for tell in on_count:
        tell(step)


def note_signature(step: str, signature: Signature) -> None:
    note(step, signature.statement_id, language=signature.language, source=signature.source)


def clean_source(words: str) -> str:
    """What a link says of where it stands (`utm_source`), as it is stored; "" for nothing."""
    return _NOT_IN_SOURCE.sub("-", words.strip().lower()[: 2 * SOURCE_LENGTH]).strip("-")[
        :SOURCE_LENGTH
    ]


def write() -> int:
    """Add what came together to the rows; how many numbers. Raises DatabaseError, InterfaceError.

    What cannot be written stays for the next time.
    """
    with _lock:
        taken = Counter(_counts)
        _counts.clear()
    try:
        return _store(taken) if taken else 0
    except (DatabaseError, InterfaceError):
        with _lock:
            _counts.update(taken)
        raise


def _write_on_and_on() -> None:
    while True:
        time.sleep(WRITTEN_EVERY)
        try:
            write()
        except (DatabaseError, InterfaceError):
            pass  # an outage is logged by whoever is asked something
        except Exception:
            logger.exception("What was counted cannot be written")
        finally:
            connection.close()  # it is needed for a moment in ten seconds


_ADD = """
    INSERT INTO signatories_funnelcount (day, statement_id, step, language, source, number)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (statement_id, day, step, language, source)
    DO UPDATE SET number = signatories_funnelcount.number + excluded.number
"""


@transaction.atomic
def _store(taken: Mapping[Key, int]) -> int:
    numbers: Counter[Key] = Counter()
    keys = _keys_of_statements({key.statement for key in taken})
    for key, number in taken.items():
        if pk := keys.get(key.statement):
            numbers[key._replace(statement=pk)] += number
    bounded = _with_few_sources(numbers)
    with connection.cursor() as cursor:
        # In one order, so that two processes do not wait for each other.
        cursor.executemany(_ADD, [(*key, number) for key, number in sorted(bounded.items())])
    return len(bounded)


def _keys_of_statements(named: Iterable[int | str]) -> dict[int | str, int]:
    """The keys of those that are still there, by key or slug."""
    named = set(named)
    wanted = Q(pk__in=[one for one in named if isinstance(one, int)])
    wanted |= Q(slug__in=[one for one in named if isinstance(one, str)])
    found: dict[int | str, int] = {}
    for pk, slug in Statement.objects.filter(wanted).values_list("pk", "slug"):
        found |= {pk: pk, slug: pk}
    return found


def _with_few_sources(numbers: Mapping[Key, int]) -> Counter[Key]:
    known = _known_sources(numbers)
    bounded: Counter[Key] = Counter()
    for key, number in numbers.items():
        sources = known.setdefault((key.statement, key.day), set())
        if key.source and key.source not in sources:
            if len(sources) < MOST_SOURCES:
                sources.add(key.source)
            else:
                key = key._replace(source=OTHER)  # noqa: PLW2901 - the same, elsewhere
        bounded[key] += number
    return bounded


def _known_sources(numbers: Iterable[Key]) -> dict[tuple[int | str, date], set[str]]:
    named = [key for key in numbers if key.source]
    rows = FunnelCount.objects.filter(
        statement__in={key.statement for key in named}, day__in={key.day for key in named}
    ).exclude(source="")
    known: dict[tuple[int | str, date], set[str]] = {}
    for statement, day, source in rows.values_list("statement", "day", "source").distinct():
        known.setdefault((statement, day), set()).add(source)
    return known
