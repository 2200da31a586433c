"""Where a row stands in a list that is newest first, as text that can go into an address."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class MomentKey:
    """A moment, and the primary key that tells rows of one moment apart."""

    moment: datetime
    pk: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What `str(key)` gave; None for anything else, which then means the first page."""
        try:
            moment, pk = (int(part) for part in text.split("-"))
            return cls(EPOCH + timedelta(microseconds=moment), min(pk, 2**63 - 1))
        except (ValueError, OverflowError):
            return None

    def __str__(self) -> str:
        return f"{(self.moment - EPOCH) // timedelta(microseconds=1)}-{self.pk}"
