"""Long lists, page by page, by the key of the last row seen: as fast at the end as at the start.

Links to pages hold that key and no number, so a new row moves nobody to another page.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from casa.lib.alphabets import STORED_LENGTH

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST, BACK = "last", ".back"
TEXT_LENGTH = 500

Key = tuple[Any, int]


@dataclass(frozen=True)
class Page:
    """Some rows, and the keys of the pages around them ("" for none)."""

    rows: list[Any]
    next: str
    previous: str
    is_cut: bool = False
    """Whether more were found than are listed on any page."""


def _moment_written(moment: datetime) -> str:
    return str((moment - EPOCH) // timedelta(microseconds=1))


def _moment_read(text: str) -> datetime:
    return EPOCH + timedelta(microseconds=int(text))


def _text_read(text: str) -> str:
    return text[:TEXT_LENGTH]


@dataclass(frozen=True)
class Order:
    """The order of a list: by a column that is never empty, then by primary key."""

    column: str
    descending: bool
    write: Callable[[Any], str]
    read: Callable[[str], Any]

    def key(self, text: str) -> Key | None:
        """What `text` in an address stands for; None for anything that no page wrote."""
        value, dash, pk = text.rpartition("-")
        try:
            return (self.read(value), min(int(pk), 2**63 - 1)) if dash else None
        except (ValueError, OverflowError):
            return None

    def key_of(self, row: Any) -> str:
        return f"{self.write(getattr(row, self.column))}-{row.pk}"

    def key_before(self, value: Any) -> str:
        """The key of the page that begins with the first row of `value` or more."""
        return f"{self.write(value)}-0"

    def sorted(self, rows: QuerySet, *, backwards: bool = False) -> QuerySet:
        minus = "-" if self.descending != backwards else ""
        return rows.order_by(f"{minus}{self.column}", f"{minus}pk")

    def beyond(self, rows: QuerySet, key: Key, *, backwards: bool = False) -> QuerySet:
        """Those of `rows` that come after `key`, or before it."""
        than = "lt" if self.descending != backwards else "gt"
        value, pk = key
        # The second condition follows from the first, and is what an index is good for.
        return rows.filter(
            Q(**{f"{self.column}__{than}": value}) | Q(**{self.column: value, f"pk__{than}": pk}),
            **{f"{self.column}__{than}e": value},
        )

    def is_backwards(self, wanted: str) -> bool:
        """Whether the page that an address asks for is read from its end."""
        key = self.key(wanted.removesuffix(BACK))
        return wanted == LAST or (key is not None and wanted.endswith(BACK))

    def ahead(self, rows: QuerySet, wanted: str) -> QuerySet:
        """The rows which the page that an address asks for begins, as they are read."""
        key, backwards = self.key(wanted.removesuffix(BACK)), self.is_backwards(wanted)
        beyond = rows if key is None else self.beyond(rows, key, backwards=backwards)
        return self.sorted(beyond, backwards=backwards)

    def page(self, rows: QuerySet, wanted: str, size: int) -> Page:
        """The page that an address asks for: "" for the first one, KEY for what comes after it,
        KEY.back for what comes before it, `last` for the last one.
        """
        if wanted == LAST:
            return self.page_before(rows, None, size)
        key = self.key(wanted.removesuffix(BACK))
        turn = self.page_before if key and wanted.endswith(BACK) else self.page_after
        return turn(rows, key, size)

    def page_after(self, rows: QuerySet, key: Key | None, size: int) -> Page:
        """The `size` rows after `key`, or the first ones."""
        after = self.sorted(rows if key is None else self.beyond(rows, key))
        found = list(after[: size + 1])
        shown = found[:size]
        return Page(
            shown,
            next=self.key_of(shown[-1]) if len(found) > size else "",
            previous=self.key_of(shown[0]) if key is not None and shown else "",
        )

    def page_before(self, rows: QuerySet, key: Key | None, size: int) -> Page:
        """The `size` rows just before `key`, or the last ones."""
        before = rows if key is None else self.beyond(rows, key, backwards=True)
        found = list(self.sorted(before, backwards=True)[: size + 1])
        shown = found[:size][::-1]
        return Page(
            shown,
            next=self.key_of(shown[-1]) if key is not None and shown else "",
            previous=self.key_of(shown[0]) if len(found) > size else "",
        )


def _bytes_written(key: bytes | memoryview) -> str:
    return bytes(key).hex()


def _bytes_read(text: str) -> bytes:
    return bytes.fromhex(text[: 2 * STORED_LENGTH])


def newest_first(column: str) -> Order:
    return Order(column, descending=True, write=_moment_written, read=_moment_read)


def alphabetical(column: str) -> Order:
    return Order(column, descending=False, write=str, read=_text_read)


def by_stored_key(column: str) -> Order:
    """From A to Z by a column of `alphabets.stored_key`."""
    return Order(column, descending=False, write=_bytes_written, read=_bytes_read)


def walk(order: Order, rows: QuerySet, at_once: int) -> Iterator[Any]:
    """All rows in order, `at_once` from each query, so that memory and transactions stay short."""
    key = None
    while page := list(order.sorted(rows if key is None else order.beyond(rows, key))[:at_once]):
        yield from page
        last = page[-1]
        key = (getattr(last, order.column), last.pk)


def position(order: Order, rows: QuerySet, first: Any, *, at_most: int) -> int:
    """Where `first` stands among `rows`, from 1 on; 0 where that is beyond `at_most`."""
    key = (getattr(first, order.column), first.pk)
    before = order.beyond(rows, key, backwards=True)
    number = order.sorted(before)[: at_most + 1].count()
    return number + 1 if number < at_most else 0
