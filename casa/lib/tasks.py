"""What workers run: functions that apps register under a name, most of them on a schedule.

The task engine's rows hold names, which stay when a function moves. They only wake a worker: what
there is to do stands in rows of ours, so a queue row that is lost or cannot be read does no harm.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps as installed
from django.db.models import QuerySet
from django.utils import timezone
from django_q.tasks import async_task

logger = logging.getLogger(__name__)

RUN = "casa.lib.tasks.run"
"""The one path in the engine's rows: `migrate` renews it in schedules, other rows last seconds."""


SHORTEST_DOUBT = timedelta(minutes=2)
"""A schedule whose next time is no further off than this is not looked at."""

FAILURES_KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Task:
    function: Callable[..., object]
    every: timedelta | None


_tasks: dict[str, Task] = {}


def register(name: str, function: Callable[..., object], *, every: timedelta | None = None) -> None:
    """Let workers run `function` as `name`: `every` so often (whole minutes), or when enqueued."""
    if name in _tasks:
        raise ValueError(f"There is a task {name!r} already.")
    _tasks[name] = Task(function, every)


def scheduled() -> set[str]:
    """The names of the tasks that have a schedule."""
    return {name for name, task in _tasks.items() if task.every}


def run(name: str, *args: Any) -> object:
    """What the engine calls."""
    return _tasks[name].function(*args)


def enqueue(name: str, *args: Any) -> None:
    """Have a worker run the task soon. An engine that fails is logged: a schedule comes anyway."""
    if name not in _tasks:
        raise LookupError(f"There is no task {name!r}.")
    try:
        async_task(RUN, name, *args, q_options={"group": name, "save": False})
    except Exception:
        logger.exception("No worker could be woken for %s, which waits for the schedule", name)


def catch_up() -> None:
    """Let what is on a schedule run when it next may, though its next time is further off than the
    schedule is long. That is so where the clock was ahead, and was set back.
    """
    now = timezone.now()
    schedules = installed.get_model("django_q", "Schedule").objects
    far = schedules.filter(next_run__gt=now + SHORTEST_DOUBT).values_list("name", "next_run")
    for name, next_run in far:
        task = _tasks.get(name)
        if task and task.every and next_run > now + task.every + SHORTEST_DOUBT:
            schedules.filter(name=name).update(next_run=now)


def old_failures(at: datetime) -> QuerySet[Any]:
    """What failed a month before that: an error may quote what it was about."""
    failures = installed.get_model("django_q", "Failure").objects
    return failures.filter(stopped__lt=at - FAILURES_KEPT_FOR)


def set_up_schedules(*, using: str = "default", apps: Any = installed, **kwargs: Any) -> None:
    """Make the engine's schedules those that are registered. Runs after each `migrate`."""
    try:
        schedules = apps.get_model("django_q", "Schedule").objects.using(using)
    except LookupError:  # only some apps were migrated
        return
    every = {name: task.every for name, task in _tasks.items() if task.every}
    schedules.exclude(name__in=every).delete()
    rows = {
        name: {
            "func": RUN, "args": repr((name,)), "schedule_type": "I", "repeats": -1,
            "minutes": interval // timedelta(minutes=1),
        }
        for name, interval in every.items()
    }  # fmt: skip
    known = set(schedules.values_list("name", flat=True))
    for name in known:
        schedules.filter(name=name).update(**rows[name])
    schedules.bulk_create(
        schedules.model(name=name, **row) for name, row in rows.items() if name not in known
    )
