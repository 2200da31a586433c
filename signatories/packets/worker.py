"""The worker of packets: it freezes them, makes their files one at a time, and seals them.

A `Packet` row is the truth about one. Whoever works on it holds it for a while (`due_at`); a worker
that is killed leaves the files that are made, and the next one goes on from there.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from casa.lib import tasks
from casa.lib.http import Gone
from signatories.models import Packet
from signatories.packets import files, pieces
from signatories.packets.freezing import PacketError, freeze

State = Packet.State

TASK = "make-packets"
RUN_TIME = timedelta(seconds=60)  # well under the task engine's time-out (Q_CLUSTER)
HELD_FOR = timedelta(minutes=6)  # a step takes seconds; longer than a task may run
TRIES = 5
WAIT = timedelta(minutes=1)  # after a failure; twice as long after each further one

logger = logging.getLogger(__name__)


def wake() -> None:
    """Have a worker begin soon; never raises, since a schedule looks every minute."""
    tasks.enqueue(TASK)


def go_on() -> int:
    """Make files of all packets at work until RUN_TIME is used up; how many steps.

    Harmless to run at any time and by many at once. What it leaves, the next run takes up.
    """
    stop_at, steps = timezone.now() + RUN_TIME, 0
    for pk in list(_due().order_by("pk").values_list("pk", flat=True)):
        while timezone.now() < stop_at and do_step(pk):
            steps += 1
    if timezone.now() >= stop_at and _due().exists():
        wake()
    return steps


def _due() -> QuerySet[Packet]:
    running = Packet.objects.filter(state=State.RUNNING)
    return running.filter(Q(due_at=None) | Q(due_at__lte=timezone.now()))


def do_step(pk: int) -> bool:
    """Freeze a packet, or make its next file; False if there is nothing to do here now."""
    packet = _claim(pk)
    if packet is None:
        return False
    try:
        if packet.frozen_at is None:
            freeze(packet)
        else:
            _make_next(packet)
    except (PacketError, Http404, Gone):
        logger.warning("Packet %d waits: its statement is not public in its language", pk)
        Packet.objects.filter(pk=pk, state=State.RUNNING).update(state=State.STOPPED, due_at=None)
        return False
    except Exception:
        logger.exception("A step of packet %d failed", pk)
        _note_failure(packet)
        return False
    Packet.objects.filter(pk=pk, sha256="").update(due_at=None, attempts=0)
    return True


@transaction.atomic
def _claim(pk: int) -> Packet | None:
    due = _due().select_for_update(skip_locked=True, no_key=True, of=("self",)).filter(pk=pk)
    packet = due.select_related("statement").first()
    if packet is not None:
        packet.due_at = timezone.now() + HELD_FOR
        packet.save(update_fields=["due_at"])
    return packet


def _make_next(packet: Packet) -> None:
    name, file = files.make(packet, packet.files_made)
    with file, transaction.atomic():
        rows = Packet.objects.filter(
            pk=packet.pk, state=State.RUNNING, files_made=packet.files_made
        )
        if not rows.update(files_made=F("files_made") + 1):  # stopped, or made by another
            return
        size, sha256 = pieces.store(packet, name, file)
        if name == files.ARCHIVE:
            _seal(packet, size, sha256)


def _seal(packet: Packet, size: int, sha256: str) -> None:
    """From now on the database changes nothing of it. What the archive was made of goes."""
    packet.pieces.exclude(file=files.ARCHIVE).delete()
    Packet.objects.filter(pk=packet.pk).update(
        state=State.DONE, size=size, sha256=sha256, finished_at=timezone.now(), due_at=None,
        attempts=0,
    )  # fmt: skip


def _note_failure(packet: Packet) -> None:
    """Try again later, and after TRIES in a row wait for somebody to look."""
    tried = packet.attempts + 1
    Packet.objects.filter(pk=packet.pk, state=State.RUNNING).update(
        attempts=tried,
        due_at=timezone.now() + WAIT * 2 ** (tried - 1),
        state=State.STOPPED if tried >= TRIES else State.RUNNING,
    )
