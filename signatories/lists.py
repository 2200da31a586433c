"""Long lists, page by page, by the key of the last one seen: as fast at the end as at the start."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from signatories.models import Signature, SignatureQuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Key:
    """Where a signature stands in a list that is newest first."""

    confirmed_at: datetime
    pk: int

    @classmethod
    def of(cls, signature: Signature) -> "Key":
        assert signature.confirmed_at is not None  # noqa: S101 - a database constraint says so
        return cls(signature.confirmed_at, signature.pk)

    @classmethod
    def parse(cls, text: str) -> "Key | None":
        """What `str(key)` gave; None for anything else, which then means the first page."""
        try:
            moment, pk = (int(part) for part in text.split("-"))
            return cls(EPOCH + timedelta(microseconds=moment), min(pk, 2**63 - 1))
        except (ValueError, OverflowError):
            return None

    def __str__(self) -> str:
        return f"{(self.confirmed_at - EPOCH) // timedelta(microseconds=1)}-{self.pk}"


@dataclass(frozen=True)
class Page:
    """Some signatures, newest first, and the keys of the pages around them ("" for none)."""

    signatures: list[Signature]
    older: str
    newer: str


def page_after(signatures: SignatureQuerySet, key: Key | None, size: int) -> Page:
    """The `size` signatures that are older than `key`, or the newest ones."""
    older = signatures.newest_first()
    if key is not None:
        older = older.filter(
            Q(confirmed_at__lt=key.confirmed_at) | Q(confirmed_at=key.confirmed_at, pk__lt=key.pk),
            confirmed_at__lte=key.confirmed_at,
        )
    found = list(older[: size + 1])
    rows = found[:size]
    return Page(
        rows,
        older=str(Key.of(rows[-1])) if len(found) > size else "",
        newer=str(Key.of(rows[0])) if key is not None and rows else "",
    )


def page_before(signatures: SignatureQuerySet, key: Key | None, size: int) -> Page:
    """The `size` signatures just newer than `key`, or the oldest ones."""
    newer = signatures.order_by("confirmed_at", "pk")
    if key is not None:
        newer = newer.filter(
            Q(confirmed_at__gt=key.confirmed_at) | Q(confirmed_at=key.confirmed_at, pk__gt=key.pk),
            confirmed_at__gte=key.confirmed_at,
        )
    found = list(newer[: size + 1])
    rows = found[:size][::-1]
    return Page(
        rows,
        older=str(Key.of(rows[-1])) if key is not None and rows else "",
        newer=str(Key.of(rows[0])) if len(found) > size else "",
    )
