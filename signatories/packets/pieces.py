"""Files of packets, as they lie encrypted in the database: in pieces, so that memory stays flat."""

import hashlib
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from signatories.models import Packet, PacketPiece

PIECE = 1 << 20  # bytes
IN_MEMORY = 4 << 20  # bytes of a file that is put together; more goes to the disk


def store(packet: Packet, name: str, file: IO[bytes]) -> tuple[int, str]:
    """Keep `file` from its beginning; its size, and its SHA-256."""
    file.seek(0)
    size, digest = 0, hashlib.sha256()
    for position, data in enumerate(iter(lambda: file.read(PIECE), b"")):
        PacketPiece.objects.create(packet=packet, file=name, position=position, data=data)
        size += len(data)
        digest.update(data)
    return size, digest.hexdigest()


def read(packet: Packet, name: str) -> Iterator[bytes]:
    """The file, piece by piece."""
    rows = PacketPiece.objects.filter(packet=packet, file=name).order_by("position")
    keys = list(rows.values_list("pk", flat=True))
    for key in keys:
        yield bytes(PacketPiece.objects.get(pk=key).data)


def opened(packet: Packet, name: str) -> IO[bytes]:
    """The same as an open file at its beginning. Closing it removes it."""
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever asked for it closes it
    for data in read(packet, name):
        file.write(data)
    file.seek(0)
    return file


def sha256(file: IO[bytes]) -> str:
    """The SHA-256 of an open file, which is at its beginning afterwards."""
    file.seek(0)
    digest = hashlib.sha256()
    while data := file.read(PIECE):
        digest.update(data)
    file.seek(0)
    return digest.hexdigest()
