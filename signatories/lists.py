"""Long lists, page by page, by the key of the last one seen: as fast at the end as at the start."""

from dataclasses import dataclass

from django.db.models import Q

from casa.lib.keys import MomentKey
from signatories.models import Signature, SignatureQuerySet


class Key(MomentKey):
    """Where a signature stands in a list that is newest first."""

    @classmethod
    def of(cls, signature: Signature) -> "Key":
        assert signature.confirmed_at is not None  # noqa: S101 - a database constraint says so
        return cls(signature.confirmed_at, signature.pk)


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
            Q(confirmed_at__lt=key.moment) | Q(confirmed_at=key.moment, pk__lt=key.pk),
            confirmed_at__lte=key.moment,
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
            Q(confirmed_at__gt=key.moment) | Q(confirmed_at=key.moment, pk__gt=key.pk),
            confirmed_at__gte=key.moment,
        )
    found = list(newer[: size + 1])
    rows = found[:size][::-1]
    return Page(
        rows,
        older=str(Key.of(rows[-1])) if key is not None and rows else "",
        newer=str(Key.of(rows[0])) if len(found) > size else "",
    )
