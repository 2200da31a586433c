"""What ends the time for which data is kept: one rule for each kind, run by the schedule.

An app registers its rules in `ready`. A run takes rows in batches, each in a transaction of its
own, skips what somebody else holds, and stops after RUN_TIME: the next run goes on. How much went
is counted in the same transaction (`Removal`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.utils import timezone

from casa.lib import tasks
from casa.lib.periods import Term
from casa.lib.personal_data import Words
from casa.retention.models import Removal

AT_ONCE = 500
RUN_TIME = timedelta(seconds=60)  # well under the task engine's time-out (Q_CLUSTER)


@dataclass(frozen=True)
class Due:
    """Rows whose time is over; `statement` is its key where they are of one."""

    rows: QuerySet[Any]
    statement: int = 0


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What goes, when, and how.

    `holds` names the columns that are empty afterwards, by model; "*" says that rows are deleted.
    `due` gives what a run at that moment would take. `forget` takes rows by their keys, in a
    transaction; without one they are deleted. `told` says of a row what staff may read of it: no
    address.
    """

    name: str
    words: Words
    holds: Mapping[type[Model], str]
    due: Callable[[datetime], Iterable[Due]]
    term: Term | None = None
    forget: Callable[[list[Any]], object] | None = None
    told: Callable[[Any], str] = field(default=lambda row: f"{row._meta.verbose_name} {row.pk}")


_rules: dict[str, Rule] = {}


def register(rule: Rule, *, every: timedelta) -> None:
    """Let the schedule run the rule under its name, which stays for ever."""
    tasks.register(rule.name, partial(run, rule.name), every=every)
    _rules[rule.name] = rule


def register_all(rules: Iterable[Rule], *, every: timedelta) -> None:
    for rule in rules:
        register(rule, every=every)


def by_statement(rows: QuerySet[Any], path: str = "statement") -> Iterator[Due]:
    """The rows of each statement apart, so that what goes is counted for each."""
    for pk in rows.order_by().values_list(path, flat=True).distinct():
        yield Due(rows.filter(**{path: pk}), pk or 0)


def every_rule() -> list[Rule]:
    return list(_rules.values())


def named(name: str) -> Rule | None:
    return _rules.get(name)


def run(name: str) -> int:
    """Take all that is due by a rule, or as much as RUN_TIME allows; how many rows."""
    rule, now = _rules[name], timezone.now()
    until = now + RUN_TIME
    return sum(_take(rule, one, until) for one in rule.due(now))


def _take(rule: Rule, due: Due, until: datetime) -> int:
    taken: set[Any] = set()
    while timezone.now() < until:
        keys = _take_some(rule, due, taken)
        taken.update(keys)
        if len(keys) < AT_ONCE:
            break
    return len(taken)


@transaction.atomic
def _take_some(rule: Rule, due: Due, taken: set[Any]) -> list[Any]:
    locked = due.rows.select_for_update(of=("self",), skip_locked=True)
    keys = list(locked.values_list("pk", flat=True)[:AT_ONCE])
    if not taken.isdisjoint(keys):
        raise RuntimeError(f"{rule.name} leaves rows due that it has taken.")
    if keys:
        if rule.forget is None:
            due.rows.model._base_manager.filter(pk__in=keys).delete()
        else:
            rule.forget(keys)
        note(rule.name, len(keys), statement=due.statement)
    return keys


def note(rule: str, number: int, *, statement: int = 0) -> None:
    """Count what went, in the transaction that takes it."""
    day = timezone.localdate()
    row, _made = Removal.objects.get_or_create(rule=rule, statement=statement, day=day)
    Removal.objects.filter(pk=row.pk).update(rows=F("rows") + number)


@dataclass(frozen=True)
class Found:
    """What a rule would take."""

    rule: Rule
    due: Due
    number: int


def look(at: datetime | None = None) -> Iterator[Found]:
    """What runs at that moment (now, unless given) would take; nothing is taken."""
    now = at or timezone.now()
    for rule in every_rule():
        for due in rule.due(now):
            if number := due.rows.count():
                yield Found(rule, due, number)
