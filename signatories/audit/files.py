"""The sealed file of a day: a head, an empty line, and a line for each leaf.

The bytes of a line are a leaf of the Merkle tree (RFC 6962) whose root stands in the head. The head
also holds the SHA-256 of the head before, so no day can be changed without all later ones.
`static/casa/check_count.py` reads these files.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from signatories.models import Leaf, Seal

MAGIC = "casa-count 1"
NOTHING_BEFORE = "0" * 64
AT_ONCE = 5000
"""Rows that are fetched at once, and lines that are sent at once."""


class Head(NamedTuple):
    """What the head of a file says; `leaves` is how many there are."""

    statement: str
    number: int
    day: date
    sealed_at: datetime
    previous: str
    leaves: int
    root: str
    organizations: int
    people: int

    def text(self) -> str:
        return (
            f"{MAGIC}\n"
            f"statement {self.statement}\n"
            f"number {self.number}\n"
            f"day {self.day.isoformat()}\n"
            f"sealed {self.sealed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n"
            f"previous {self.previous}\n"
            f"leaves {self.leaves}\n"
            f"root {self.root}\n"
            f"organizations {self.organizations}\n"
            f"people {self.people}\n"
        )


def line(change: str, kind: str, mark: bytes | memoryview) -> str:
    return f"{change} {kind} {bytes(mark).hex()}"


def leaves_as_bytes(statement: int, first: int, end: int) -> Iterator[bytes]:
    """The leaves from `first` up to `end`, which is none of them."""
    yield from (one.encode() for one in _lines(statement, first, end))


def _lines(statement: int, first: int, end: int) -> Iterator[str]:
    leaves = Leaf.objects.filter(statement=statement, position__gte=first, position__lt=end)
    told = leaves.order_by("position").values_list("change", "kind", "mark")
    for change, kind, mark in told.iterator(chunk_size=AT_ONCE):
        yield line(change, kind, mark)


def of_seal(seal: Seal) -> Iterator[str]:
    """The file of a day, in parts."""
    yield f"{seal.head}\n"
    some: list[str] = []
    for one in _lines(seal.statement_id, seal.first, seal.first + seal.leaves):
        some.append(f"{one}\n")
        if len(some) == AT_ONCE:
            yield "".join(some)
            some.clear()
    yield "".join(some)


def of_seals(seals: Iterable[Seal]) -> Iterator[str]:
    """All files one after the other, an empty line between them."""
    for place, seal in enumerate(seals):
        if place:
            yield "\n"
        yield from of_seal(seal)
