"""Putting mail into the outbox, and telling a worker that there is some."""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casa.lib import tasks
from casa.lib.addresses import mailboxes
from casa.lib.db import rows
from casa.mail import kinds
from casa.mail.models import OutgoingMail

WAKE_WINDOW = 1.0  # seconds


def queue(
    kind: str,
    *,
    to: str,
    language: str,
    params: dict[str, Any] | None = None,
    due_at: datetime | None = None,
) -> OutgoingMail:
    """Queue a mail in the caller's transaction: it goes out if, and only if, that commits.

    `params` say what the mail is about by record numbers. Raises UnknownKindError for a kind
    nobody registered, ValueError for an address that no mail server could take.
    """
    kinds.get(kind)
    to = _recipient(to)
    now = timezone.now()
    mail = OutgoingMail(
        kind=kind, to=to, language=language, params=params or {}, due_at=due_at or now
    )
    rows.insert(mail)
    if mail.due_at and mail.due_at <= now:  # what is due later is found by the schedule
        transaction.on_commit(wake)
    return mail


def _recipient(address: str) -> str:
    """`address` with its domain by IDNA 2008: what takes it to the server would else encode it by
    IDNA 2003, and send it to somebody else's domain.
    """
    if any(not character.isprintable() for character in address):
        raise ValueError("An address has no line breaks or control characters.")
    return mailboxes.in_ascii(address)


@dataclass(frozen=True)
class Letter:
    """What `queue_all` is given for each mailbox."""

    to: str
    language: str
    params: dict[str, Any]


def queue_all(kind: str, letters: Iterable[Letter]) -> list[OutgoingMail]:
    """Like `queue`, for many at once in one statement, in the given order; due now."""
    kinds.get(kind)
    now = timezone.now()
    mails = []
    for letter in letters:
        to = _recipient(letter.to)
        mails.append(
            OutgoingMail(kind=kind, to=to, language=letter.language,
                         params=letter.params, due_at=now)
        )  # fmt: skip
    transaction.on_commit(wake)
    return OutgoingMail.objects.bulk_create(mails)


@transaction.atomic
def take_back(mails: QuerySet[OutgoingMail]) -> list[int]:
    """Delete those of `mails` that no worker has touched yet; their numbers.

    One that a worker holds, or has tried, stays: the server may have it.
    """
    untouched = mails.filter(state=OutgoingMail.State.QUEUED, attempts=0)
    locked = untouched.select_for_update(skip_locked=True, of=("self",))
    numbers = list(locked.values_list("pk", flat=True))
    for start in range(0, len(numbers), 500):
        OutgoingMail.objects.filter(pk__in=numbers[start : start + 500]).delete()
    return numbers


class Window:
    """Lets one caller of this process through, then nobody for `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._closed_until = float("-inf")

    def enter(self) -> bool:
        with self._lock:
            now = time.monotonic()
            if now < self._closed_until:
                return False
            self._closed_until = now + self.seconds
            return True


_wakes = Window(WAKE_WINDOW)


def wake() -> None:
    """Have a worker deliver what is due: now, and once more when the wake window has passed.

    A thousand mails queued in one second need no thousand tasks. The first one's task carries
    the time of its call; having delivered what was due, it waits until WAKE_WINDOW after that
    time and delivers again. Who comes within the window stays quiet, and loses nothing: the row
    was committed before the window's end, and that second delivery begins after it.

    Never raises, since what was queued is safe: a schedule looks for due mail every minute.
    """
    if not _wakes.enter():
        return
    tasks.enqueue("deliver-mail-after-wake", time.time())
