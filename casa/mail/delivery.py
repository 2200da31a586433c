"""The worker's part: claim what is due, send it, write down what became of it.

A claim is a lease. It writes the moment it ends into `due_at`, so a row whose worker died is
simply due again, and whoever still holds that very lease is the only one who may write. A mail
is marked as sent at once after the server took it: a crash between the two repeats that mail
(with the same Message-ID), and no crash loses one.
"""

import itertools
import logging
import time
import traceback
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from casa.lib.db.sealed import Unreadable
from casa.lib.outages import MAIL_SERVER
from casa.mail import bounces, clock, transport
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail, OutgoingMailQuerySet
from casa.mail.outbox import WAKE_WINDOW, queue, wake
from casa.mail.pace import Allowance
from casa.mail.transport import DeliveryError, Fault

__all__ = ["claim", "deliver_after_wake", "deliver_due", "queue", "send_again", "wake"]

logger = logging.getLogger(__name__)
State = OutgoingMail.State

BATCH = 25  # mails per claim and per connection
RUN_TIME = timedelta(seconds=60)  # well under the task engine's time-out (Q_CLUSTER)
# After each failed try; 48 hours in all, then the mail is a dead letter.
PAUSES = tuple(timedelta(minutes=m) for m in (1, 2, 5, 10, 20, 40, *[60] * 47))
BROKEN_TRIES = 5  # a mail that cannot be written: long enough to outlast a deployment
SERVER_REST = 60.0  # seconds


@dataclass
class _Server:
    """What this process knows of the mail server."""

    rests_until: float = 0.0  # time.monotonic()


_server = _Server()


def deliver_due(limit_batches: int | None = None, *, kinds: Collection[str] = ()) -> int:
    """Send what is due, of these kinds if any are named, until nothing is or time is up; how many
    the server accepted.
    """
    stop_at = timezone.now() + RUN_TIME
    accepted = 0
    for number in itertools.count(1):
        batch = claim(kinds=kinds)
        if not batch:
            break
        taken, reachable = _send_batch(batch)
        accepted += taken
        if not reachable:
            _server.rests_until = time.monotonic() + SERVER_REST
            break
        if number == limit_batches:
            break
        if timezone.now() >= stop_at:
            wake()  # the rest is another task's, so that other work gets its turn
            break
    return accepted


def deliver_after_wake(woken_at: float) -> int:
    """The task behind `outbox.wake`; it says why there are two deliveries. `woken_at`: time.time().

    Does nothing while the mail server rests after a failure, else every signature of an outage
    would hold the worker for another time-out; the schedule goes on trying.
    """
    clock.catch_up()
    accepted = _deliver_unless_resting()
    pause = min(WAKE_WINDOW, woken_at + WAKE_WINDOW - time.time())  # clocks of hosts differ
    if pause > 0:
        time.sleep(pause)
        accepted += _deliver_unless_resting()
    return accepted


def _deliver_unless_resting() -> int:
    return deliver_due() if time.monotonic() >= _server.rests_until else 0


def send_again(mails: OutgoingMailQuerySet) -> int:
    """Queue the dead letters among `mails` anew; how many that were."""
    revived = mails.filter(state=State.DEAD).update(
        state=State.QUEUED, attempts=0, due_at=timezone.now(), last_error="", trouble=""
    )
    if revived:
        transaction.on_commit(wake)
    return revived


def claim(size: int = BATCH, *, kinds: Collection[str] = ()) -> list[OutgoingMail]:
    """Lease up to `size` due mails, of these kinds if any are named, for MAIL_LEASE_SECONDS; no
    more than MAIL_PER_MINUTE leaves.

    PostgreSQL passes over rows that another worker is claiming. SQLite has no row locks and
    needs none: a transaction there is IMMEDIATE (see settings), so claims come one by one.
    """
    now = timezone.now()
    lease_end = now + _lease()
    with transaction.atomic():
        allowance = Allowance() if settings.MAIL_PER_MINUTE else None
        most = min(size, allowance.left) if allowance else size
        due = OutgoingMail.objects.due(now)
        due = due.filter(kind__in=kinds) if kinds else due
        batch = list(due.select_for_update(skip_locked=True)[:most])
        if allowance and batch:
            allowance.spend(len(batch))
        OutgoingMail.objects.filter(pk__in=[mail.pk for mail in batch]).update(
            state=State.SENDING, attempts=F("attempts") + 1, due_at=lease_end
        )
    for mail in batch:
        mail.state, mail.attempts, mail.due_at = State.SENDING, mail.attempts + 1, lease_end
    return batch


def _lease() -> timedelta:
    return timedelta(seconds=settings.MAIL_LEASE_SECONDS)


def _held(mail: OutgoingMail) -> OutgoingMailQuerySet:
    """The row of `mail`, or nothing if its lease has passed to another worker."""
    return OutgoingMail.objects.filter(pk=mail.pk, state=State.SENDING, due_at=mail.due_at)


def _send_batch(batch: list[OutgoingMail]) -> tuple[int, bool]:
    """How many mails the server accepted, and whether there is a point in going on."""
    accepted = 0
    with transport.connection() as server:
        for position, mail in enumerate(batch):
            if _is_late(mail):
                _hand_back(batch[position:])
                break
            try:
                accepted += _deliver(mail, server)
            except DeliveryError as error:
                _fail(mail, error)
                if error.fault is Fault.SERVER:
                    _hand_back(batch[position + 1 :])
                    # Some servers hang up after so many mails: after a success, dial once more.
                    return accepted, accepted > 0
    return accepted, True


def _is_late(mail: OutgoingMail) -> bool:
    # The other half of the lease is for the mail in hand: a server may be slow at every step.
    return mail.due_at is None or mail.due_at - timezone.now() <= _lease() / 2


def _hand_back(mails: list[OutgoingMail]) -> None:
    """Give up the claim of mails that were not tried, as if it had not been made."""
    for mail in mails:
        _held(mail).update(state=State.QUEUED, attempts=F("attempts") - 1, due_at=timezone.now())


def _deliver(mail: OutgoingMail, server: BaseEmailBackend) -> bool:
    """Whether the server accepted the mail; False if nobody wants it any more."""
    if mail.attempts > len(PAUSES) + 1:  # its tries ended with the worker, not with an answer
        raise DeliveryError(Fault.REFUSED, "worker died")
    if isinstance(mail.to, Unreadable):
        raise DeliveryError(Fault.REFUSED, "the key of its address is lost")
    message = _composed(mail)
    if message is None:
        _finish(mail, State.DROPPED)
        return False
    provider_id = transport.send(server, message)
    MAIL_SERVER.end()
    _finish(mail, State.SENT, sent_at=timezone.now(), provider_id=provider_id)
    return True


def _composed(mail: OutgoingMail) -> EmailMessage | None:
    try:
        return compose(mail)
    except (OperationalError, InterfaceError):
        raise  # the database is away, which is nothing about this mail
    except Exception as error:  # noqa: BLE001 - one broken mail must not stop the others
        name, frames = type(error).__name__, "".join(traceback.format_tb(error.__traceback__))
        # `exception` is not used, because the error's text may hold an address.
        logger.error(  # noqa: TRY400
            "Mail %s (%s) cannot be written: %s\n%s", mail.pk, mail.kind, name, frames
        )
        raise DeliveryError(Fault.BROKEN, name) from None


def _finish(
    mail: OutgoingMail, state: State, *, sent_at: datetime | None = None, provider_id: str = ""
) -> None:
    done = _held(mail).update(
        state=state, due_at=None, last_error="", sent_at=sent_at, provider_id=provider_id
    )
    if not done:
        logger.warning("Mail %s outlived its lease and may be sent twice", mail.pk)


def _fail(mail: OutgoingMail, error: DeliveryError) -> None:
    """Try again later, or make it a dead letter."""
    tries = BROKEN_TRIES - 1 if error.fault is Fault.BROKEN else len(PAUSES)
    if error.fault is Fault.REFUSED or mail.attempts > tries:
        with transaction.atomic():
            dead = _held(mail).update(state=State.DEAD, due_at=None, last_error=error.summary)
            if dead and error.trouble:
                bounces.record(mail, error.trouble)
        logger.warning("Mail %s (%s) failed for good: %s", mail.pk, mail.kind, error.summary)
        return
    due_at = timezone.now() + PAUSES[mail.attempts - 1]
    _held(mail).update(state=State.QUEUED, due_at=due_at, last_error=error.summary)
    if error.fault is Fault.SERVER:
        MAIL_SERVER.fail(error.summary)
    else:
        logger.info("Mail %s (%s) waits: %s", mail.pk, mail.kind, error.summary)
