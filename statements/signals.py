"""What becomes of statements, for programs of others (docs/extending.md)."""

from typing import Any

from django.utils import timezone

from casa.lib.signals import StoredSignal
from statements.models import Delivery, Statement

published = StoredSignal()
"""`statement` has become public: published, or its moment has come. Once for each."""

delivered = StoredSignal()
"""`delivery`, a hand-over, was recorded; its `delivered_on` may be a day to come."""

TASK = "announce-statements"


def announce_published(**sent: Any) -> int:
    """Send `published` for what became public since it was last called; how many statements.

    By a schedule for those that waited for their moment. Many may call it at once.
    """
    number = 0
    for statement in Statement.objects.public().filter(announced_at=None):
        waiting = Statement.objects.filter(pk=statement.pk, announced_at=None)
        if waiting.update(announced_at=timezone.now()):
            published.send_when_stored(Statement, statement=statement)
            number += 1
    return number


def announce_delivered(instance: Delivery, *, created: bool, **sent: Any) -> None:
    if created:
        delivered.send_when_stored(Delivery, delivery=instance)
