"""Pages of what was searched for, in a time that does not grow with the list.

What many are called is found by reading the list in its order, and what few are called by an index
of words. Each way is slow where the other is fast: so the next READ rows of the list are read, and
if they hold FEW or less, at most MOST are taken from the index.
"""

from dataclasses import replace

from django.db import connections
from django.db.models import QuerySet

from casa.lib.db.paging import Order, Page
from casa.lib.db.search import search_words

READ = 2_000
"""Rows of a list that are read before the index is asked."""

FEW = 10
"""Where the rows that are read hold as many, they make a page, and the next one reads on."""

MOST = 1_000
"""So many of the rows that the index finds are listed; a page that leaves some out says so."""


def page(order: Order, rows: QuerySet, wanted: str, size: int, asked: str) -> Page:
    """As `order.page` of those of `rows` that have all the words `asked` in their `search_words`.

    It `is_cut` where the first rows hold few, and the index more than MOST: some of those are shown
    then, and no page follows. SQLite has no such index, and reads on until the page is full.
    """
    if not search_words(asked):
        return order.page(rows.none(), wanted, size)
    if connections[rows.db].vendor != "postgresql":
        return order.page(rows.filter(search_words__words=asked), wanted, size)
    read, holds_all = _by_reading(order, rows, wanted, size, asked)
    if holds_all or len(read.rows) > FEW:
        return read
    found = rows.filter(search_words__words=asked).order_by().values_list("pk", flat=True)
    keys = list(found[: MOST + 1])
    is_cut = len(keys) > MOST
    if is_cut and wanted:  # amid the list nothing is left out
        return read
    some = order.page(rows.filter(pk__in=keys), wanted, size)
    return replace(some, is_cut=True, next="") if is_cut else some


def _by_reading(
    order: Order, rows: QuerySet, wanted: str, size: int, asked: str
) -> tuple[Page, bool]:
    """What the next READ rows hold, and whether that is a whole page, or all there is.

    Else it leads on to what comes after the last row that was read.
    """
    ahead = order.ahead(rows, wanted)
    near = _near(ahead[:READ], search_words(asked), at_most=size + 1)
    read = order.page(rows.filter(pk__in=near), wanted, size)
    last = None if len(near) > size else next(iter(ahead[READ - 1 : READ]), None)
    if last is None:
        return read, True
    on = order.key_of(last)
    is_backwards = order.is_backwards(wanted)
    return (replace(read, previous=on) if is_backwards else replace(read, next=on)), False


def _near(first: QuerySet, words: list[str], *, at_most: int) -> list[int]:
    """The keys of those of `first` that have all `words`.

    Django filters no query that is cut off, so its SQL is put into another one.
    """
    inner, values = first.values_list("pk", "search_words").query.sql_with_params()
    has_all = " AND ".join(["(' ' || words) LIKE %s"] * len(words))
    sql = f"SELECT key FROM ({inner}) AS first (key, words) WHERE {has_all} LIMIT {at_most}"  # noqa: S608
    with connections[first.db].cursor() as cursor:
        cursor.execute(sql, [*values, *(f"% {word}%" for word in words)])
        return [key for (key,) in cursor.fetchall()]
