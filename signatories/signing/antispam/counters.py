"""Counters of fixed windows: in the shared cache, else in a table of their own.

The cache of one process is no place to count in: with four processes a limit would be four limits.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from casa.lib import network, shared_cache
from casa.retention.rules import Due
from signatories.models import DailySalt, RateCount

SHARED_CACHES = ("RedisCache", "PyMemcacheCache", "PyLibMCCache")  # they add up atomically
SALT_KEPT_FOR = 3600  # seconds

UPSERT = """
    INSERT INTO signatories_ratecount (key, count, ends_at) VALUES {rows}
    ON CONFLICT (key) DO UPDATE SET count = signatories_ratecount.count + excluded.count
    RETURNING key, count
"""


@dataclass(frozen=True)
class Counter:
    """One thing that is counted, in the window of `length` that holds `at` (now)."""

    what: str
    length: timedelta
    at: datetime

    @property
    def ends_at(self) -> datetime:
        number = int(self.at.timestamp() // self.length.total_seconds()) + 1
        return datetime.fromtimestamp(number * self.length.total_seconds(), UTC)

    @property
    def key(self) -> str:
        window = f"{self.what}|{self.length}|{self.ends_at.timestamp()}"
        return blake2b(window.encode(), digest_size=20).hexdigest()


def has_shared_cache() -> bool:
    """Whether counts are kept there; while it is away the table has them, and begins at 0."""
    is_shared = str(settings.CACHES["default"]["BACKEND"]).endswith(SHARED_CACHES)
    return is_shared and not shared_cache.is_away()


def add(amounts: dict[Counter, int]) -> dict[Counter, int]:
    """Add to each counter, and say what each has come to."""
    keys = {counter.key: counter for counter in amounts}
    counts = _add_in_cache(amounts) if has_shared_cache() else _add_in_table(amounts)
    return {keys[key]: count for key, count in counts.items()}


def _add_in_cache(amounts: dict[Counter, int]) -> dict[str, int]:
    counts = {}
    for counter, amount in amounts.items():
        key, lasts = f"rate:{counter.key}", (counter.ends_at - counter.at).total_seconds() + 60
        if cache.add(key, amount, lasts):
            counts[counter.key] = amount
            continue
        try:
            counts[counter.key] = cache.incr(key, amount)
        except ValueError:  # it was dropped at this very moment
            cache.set(key, amount, lasts)
            counts[counter.key] = amount
    return counts


def _add_in_table(amounts: dict[Counter, int]) -> dict[str, int]:
    # One statement for all; rows in one order for everybody, so that no two wait for each other.
    rows = sorted((one.key, amount, one.ends_at) for one, amount in amounts.items())
    adapt = connection.ops.adapt_datetimefield_value
    values = [part for key, amount, ends_at in rows for part in (key, amount, adapt(ends_at))]
    sql = UPSERT.format(rows=", ".join(["(%s, %s, %s)"] * len(rows)))
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return dict(cursor.fetchall())


def read(counters: Iterable[Counter]) -> dict[Counter, int]:
    """What each counter has come to; 0 where nothing was counted."""
    keys = {counter.key: counter for counter in counters}
    if has_shared_cache():
        found = {key[5:]: n for key, n in cache.get_many([f"rate:{key}" for key in keys]).items()}
    else:
        found = dict(RateCount.objects.filter(pk__in=keys).values_list("key", "count"))
    return {counter: found.get(key, 0) for key, counter in keys.items()}


def todays_mark(text: str) -> str:
    """A keyed hash of `text`, whose key is made anew every day and not kept."""
    today = timezone.now().astimezone(UTC).date()
    return network.mark(text, day=today, salt=_salt(today))


def _salt(day: date) -> str:
    key = f"daily-salt:{day}"
    salt = cache.get(key)
    if salt is None:
        row, _made = DailySalt.objects.get_or_create(day=day, defaults={"salt": network.new_salt()})
        salt = row.salt
        cache.set(key, salt, SALT_KEPT_FOR)
    return str(salt)


def due(at: datetime) -> Iterator[Due]:
    """What is of no use any more."""
    yield Due(DailySalt.objects.filter(day__lt=at.astimezone(UTC).date()))
    yield Due(RateCount.objects.filter(ends_at__lt=at))
