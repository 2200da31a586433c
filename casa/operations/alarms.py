"""Alarms: each begins once and ends once, and administrators get one mail for either.

`manage.py watch` looks every minute, so that a silent worker is noticed, too; the worker looks
itself, where nothing runs that command. What comes and goes is one alarm: it is over only after
some minutes without it.
"""

import logging
from datetime import timedelta

from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import Q, QuerySet
from django.dispatch import Signal
from django.utils import timezone

from casa.operations.conditions import CONDITIONS, Condition, UnknownError
from casa.operations.models import Alarm

logger = logging.getLogger(__name__)

TASK, PURGE_TASK = "watch", "forget-alarms"
BEGINS, ENDS = "casa.alarm", "casa.alarm-over"
"""The kinds of mail about them."""

OVER_AFTER = timedelta(minutes=10)
KEPT_FOR = timedelta(days=365)
TRIED_FOR = timedelta(days=3)
"""Longer than a mail is tried."""

changed = Signal()
"""Sent with the `alarm` and the `kind` of mail to write, in the transaction that stores it."""


def look() -> None:
    """Begin and end alarms by how things are now. Raises DatabaseError, InterfaceError."""
    now = timezone.now()
    found = {condition.name: _is_found(condition) for condition in CONDITIONS}
    for name, is_found in found.items():
        if is_found:
            _begin(name)
    there = [name for name, is_found in found.items() if is_found is not False]
    on().filter(name__in=there).update(seen_at=now)
    for alarm in on().filter(seen_at__lte=now - OVER_AFTER):
        _end(alarm)


def on() -> QuerySet[Alarm]:
    """Those that are not over, the longest first."""
    return Alarm.objects.filter(ended_at=None).order_by("began_at")


def lately() -> QuerySet[Alarm]:
    """Those that are over, the newest first."""
    return Alarm.objects.exclude(ended_at=None).order_by("-ended_at")


def may_have_mails() -> bool:
    """Whether one began or ended so lately that a mail about it may still wait."""
    since = timezone.now() - TRIED_FOR
    return Alarm.objects.filter(Q(began_at__gte=since) | Q(ended_at__gte=since)).exists()


def purge() -> int:
    count, _models = lately().filter(ended_at__lt=timezone.now() - KEPT_FOR).delete()
    return count


def _is_found(condition: Condition) -> bool | None:
    """None if it cannot be known."""
    try:
        return bool(condition.look())
    except (DatabaseError, InterfaceError):
        raise
    except UnknownError:
        return None
    except Exception:
        logger.exception("Whether there is an alarm (%s) cannot be known", condition.name)
        return None


@transaction.atomic
def _begin(name: str) -> None:
    now = timezone.now()
    alarm, is_new = Alarm.objects.get_or_create(
        name=name, ended_at=None, defaults={"began_at": now, "seen_at": now}
    )
    if is_new:
        logger.warning("Alarm: %s", name)
        changed.send(Alarm, alarm=alarm, kind=BEGINS)


@transaction.atomic
def _end(alarm: Alarm) -> None:
    """Of two that look at once, one ends it."""
    if on().filter(pk=alarm.pk).update(ended_at=timezone.now()):
        logger.warning("The alarm is over: %s", alarm.name)
        changed.send(Alarm, alarm=alarm, kind=ENDS)
