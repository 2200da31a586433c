"""Whether all that the site needs is there and works: checks, and what they found.

A check yields one finding for each thing it looked at. Checks register themselves, each with the
part of the site it is about; `examine` runs them.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

logger = logging.getLogger(__name__)


class Level(TextChoices):
    FINE = "fine", gettext_lazy("fine")
    LOOK = "look", gettext_lazy("look")
    BROKEN = "broken", gettext_lazy("broken")


@dataclass(frozen=True)
class Finding:
    """What was found, in a sentence, and what to do where it is not fine."""

    level: Level
    words: str
    remedy: str = ""
    about: str | Promise = ""


def fine(words: str) -> Finding:
    return Finding(Level.FINE, words)


def look(words: str, remedy: str) -> Finding:
    """Something that works, and may not for long, or not as it is meant."""
    return Finding(Level.LOOK, words, remedy)


def broken(words: str, remedy: str) -> Finding:
    return Finding(Level.BROKEN, words, remedy)


class Needs(IntEnum):
    """What there has to be before a check can look at anything."""

    NOTHING = 0
    DATABASE = 1
    TABLES = 2


Check = Callable[[], Iterator[Finding]]


@dataclass(frozen=True)
class Registered:
    function: Check
    about: str | Promise
    needs: Needs
    asks_others: bool


_checks: list[Registered] = []


def check(
    about: str | Promise, *, needs: Needs = Needs.TABLES, asks_others: bool = False
) -> Callable[[Check], Check]:
    """Registers a check. One that `asks_others`, such as the mail server, may take many seconds."""

    def register(function: Check) -> Check:
        _checks.append(Registered(function, about, needs, asks_others))
        return function

    return register


def examine(*, asks_others: bool) -> list[Finding]:
    """Run the checks in the order of their registration; with `asks_others` those too that take
    longer. Never raises: a check that fails is a finding.
    """
    there_is = _there_is()
    return [
        finding
        for one in _checks
        if one.needs <= there_is and (asks_others or not one.asks_others)
        for finding in _run(one)
    ]


def worst(found: Iterable[Finding]) -> Level:
    order = list(Level)
    return max((finding.level for finding in found), key=order.index, default=Level.FINE)


def _there_is() -> Needs:
    try:
        return Needs.DATABASE if missing_migrations() else Needs.TABLES
    except DatabaseError:
        return Needs.NOTHING


def missing_migrations() -> int:
    """How many migrations the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _run(check: Registered) -> Iterator[Finding]:
    found: list[Finding] = []
    try:
        found.extend(check.function())
    except Exception as error:
        logger.exception("A check failed")
        found.append(broken(_failed(error), _("The log says more. Please report it.")))
    for finding in found:
        yield Finding(finding.level, finding.words, finding.remedy, about=check.about)


def _failed(error: Any) -> str:
    return _("This could not be looked at (%(error)s).") % {"error": type(error).__name__}
