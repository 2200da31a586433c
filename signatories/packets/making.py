"""Packets, as staff steer them: ordered, stopped, gone on with, discarded, taken along, emptied."""

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from casa.accounts.models import User
from casa.lib.periods import Term, cutoff
from casa.retention.rules import Due, by_statement
from signatories.models import ExportLog, Packet, Signature
from signatories.packets import files, pieces, worker
from signatories.packets.freezing import PacketError
from statements.models import Delivery, Statement, Target

State = Packet.State
MOST_AT_ONCE = 3  # of one statement; the site makes one after the other
COLUMNS = (
    "kind", "shown_as", "role", "affiliation", "city", "region", "country", "website",
    "verification", "edition", "confirmed", "consent_source", "lead",
)  # fmt: skip
"""What the log of exports says that a packet holds."""


@transaction.atomic
def order(
    statement: Statement, *, by: User | None, target: Target | None = None, **chosen: Any
) -> Packet:
    """Have a worker make a packet. Raises PacketError where that cannot be now."""
    if not statement.is_public():
        raise PacketError(
            gettext("Nobody can read the statement now, so it cannot be handed over.")
        )
    at_work = Packet.objects.select_for_update().filter(statement=statement, state=State.RUNNING)
    if len(at_work) >= MOST_AT_ONCE:
        raise PacketError(gettext("Other packets of this statement are being made. Wait for them."))
    packet = Packet.objects.create(
        statement=statement, target=target, addressee=target.name if target else "", made_by=by,
        **chosen,
    )  # fmt: skip
    transaction.on_commit(worker.wake)
    return packet


def stop(packet: Packet) -> bool:
    """Make no more of it after the file at work; False if nothing was being made."""
    return bool(_running(packet).update(state=State.STOPPED, due_at=None))


def _running(packet: Packet) -> Any:
    return Packet.objects.filter(pk=packet.pk, state=State.RUNNING)


@transaction.atomic
def resume(packet: Packet) -> bool:
    """Go on where it was stopped; False if it was not."""
    stopped = Packet.objects.filter(pk=packet.pk, state=State.STOPPED)
    resumed = stopped.update(state=State.RUNNING, attempts=0, due_at=None)
    if resumed:
        transaction.on_commit(worker.wake)
    return bool(resumed)


@transaction.atomic
def discard(packet: Packet) -> bool:
    """Delete one that was stopped, with all that was frozen for it; False if it was not."""
    stopped = Packet.objects.select_for_update().filter(pk=packet.pk, state=State.STOPPED)
    if not stopped.exists():
        return False
    packet.pieces.all().delete()
    stopped.delete()
    return True


def archive(packet: Packet, *, by: User | None) -> IO[bytes]:
    """The archive as an open file, for somebody who takes it along, which is logged.

    Raises PacketError where there is none, or where it is not what was sealed.
    """
    if packet.state != State.DONE or packet.emptied_at is not None:
        raise PacketError(gettext("There are no files of this packet."))
    file = pieces.opened(packet, files.ARCHIVE)
    if pieces.sha256(file) != packet.sha256:
        file.close()
        told = gettext(
            "The files are not those that were sealed. Tell whoever runs the site, and make a new"
            " packet."
        )
        raise PacketError(told)
    if by is not None:
        ExportLog.objects.create(
            by=by, statement=packet.statement, columns=list(COLUMNS), rows=packet.names
        )
    return file


def since(packet: Packet) -> tuple[int, int]:
    """How many signed after the freeze, and how many of those counted then do not count now."""
    counted = Signature.objects.counted().filter(statement=packet.statement_id)
    later = counted.filter(confirmed_at__gt=packet.frozen_at).count()
    then = packet.organizations + packet.people
    return later, max(0, then - (counted.count() - later))


def hand_over(packet: Packet, delivery: Delivery) -> bool:
    """Say by which hand-over it was given; False if one is said already."""
    rows = Packet.objects.filter(pk=packet.pk, state=State.DONE, delivery=None)
    return bool(rows.update(delivery=delivery))


def due(at: datetime) -> Iterator[Due]:
    """Packets whose files are kept no longer, and those that were never finished."""
    yield from by_statement(
        Packet.objects.filter(made_at__lt=cutoff(Term.PACKET, at), emptied_at=None)
    )


def empty(keys: list[int]) -> None:
    """Delete the files; of what was sealed, numbers and checksum stay."""
    rows = Packet.objects.filter(pk__in=keys)
    rows.filter(state=State.DONE).update(emptied_at=timezone.now())
    for packet in rows:
        packet.pieces.all().delete()
    rows.exclude(state=State.DONE).delete()
