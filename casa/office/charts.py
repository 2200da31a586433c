"""Signatures per day as a picture: bars in SVG, with the numbers in a table beneath."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Case, Count, F, Func, IntegerField, Value, When
from django.db.models.lookups import LessThan
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from signatories.models import Signature

DAYS = 30
WIDTH, HEIGHT = 600, 80  # of the picture, in its own units; a page stretches it
STEP = WIDTH // DAYS
GAP = 4


KEPT = 3_600
"""Seconds for which the numbers of past days are kept: they change only by what is taken back."""


class DayOf(Func):
    """The number of the day, of those that begin at `starts`, in which a moment of them falls."""

    output_field = IntegerField()

    def __init__(self, column: str, starts: list[datetime]) -> None:
        super().__init__(F(column))
        self.starts = starts

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> Any:
        ends = enumerate(self.starts[1:])
        column = self.source_expressions[0]
        cases = (When(LessThan(column, Value(end)), then=Value(day)) for day, end in ends)
        return compiler.compile(Case(*cases, output_field=self.output_field))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Thirty comparisons for each of a million rows would take most of the time."""
        column, values = compiler.compile(self.source_expressions[0])
        return f"width_bucket({column}, %s) - 1", [*values, self.starts]


@dataclass(frozen=True)
class Bar:
    """One day: its number, its list, and where it stands in the picture."""

    day: date
    number: int
    url: str
    x: int
    y: int
    height: int
    width: int = STEP - GAP


@dataclass(frozen=True)
class Curve:
    name: str
    kind: str
    bars: list[Bar]
    url: str

    @property
    def total(self) -> int:
        return sum(bar.number for bar in self.bars)

    @property
    def most(self) -> int:
        return max(bar.number for bar in self.bars)


def midnights(last: date | None = None) -> list[datetime]:
    """The starts of the last `DAYS` days and the end of the last one, in the office's time zone."""
    last = last or timezone.localdate()
    days = [last - timedelta(days=back) for back in range(DAYS - 1, -2, -1)]
    return [timezone.make_aware(datetime.combine(day, time.min)) for day in days]


def per_day(starts: list[datetime]) -> dict[tuple[str, int], int]:
    """Counted signatures by kind and number of the day; days before the last are kept for KEPT."""
    *past, last, end = starts
    key = f"signatures-per-day:{past[0].isoformat()}:{last.isoformat()}"
    found: Any = cache.get_or_set(key, lambda: _counted([*past, last]), KEPT)
    today = _counted([last, end])
    return found | {(kind, len(past)): number for (kind, _first), number in today.items()}


def _counted(starts: list[datetime]) -> dict[tuple[str, int], int]:
    """One query, over these days alone.

    The days are given to the database as moments: SQLite would ask Python for each row's date.
    """
    day = DayOf("confirmed_at", starts)
    rows = Signature.objects.counted().filter(
        confirmed_at__gte=starts[0], confirmed_at__lt=starts[-1]
    )
    grouped = rows.order_by().values("kind").annotate(day=day).values_list("kind", "day")
    return {(kind, number): n for kind, number, n in grouped.annotate(n=Count("pk"))}


def curves(*, linked: bool) -> list[Curve]:
    """Organizations and people, each on a scale of its own. `linked`: numbers lead to lists."""
    starts = midnights()
    found = per_day(starts)
    names = {"organization": _("Organizations"), "person": _("People")}
    return [
        Curve(
            names[kind],
            kind,
            list(_bars(kind, starts, found, linked=linked)),
            _list(kind, starts[0], starts[-1]) if linked else "",
        )
        for kind in ("organization", "person")
    ]


def _bars(
    kind: str, starts: list[datetime], found: dict[tuple[str, int], int], *, linked: bool
) -> Iterator[Bar]:
    numbers = [found.get((kind, day), 0) for day in range(DAYS)]
    highest = max(*numbers, 1)
    for day, number in enumerate(numbers):
        # A day with a single signature is still seen beside one with thousands.
        height = max(round(number / highest * HEIGHT), 2) if number else 0
        url = _list(kind, starts[day], starts[day + 1]) if linked and number else ""
        local_day = timezone.localtime(starts[day]).date()
        yield Bar(local_day, number, url, day * STEP + GAP // 2, HEIGHT - height, height)


def _list(kind: str, after: datetime, before: datetime) -> str:
    query = {
        "kind__exact": kind,
        "state__exact": "confirmed",
        "approved__exact": "1",
        "confirmed_at__gte": after.isoformat(),
        "confirmed_at__lt": before.isoformat(),
    }
    return f"{reverse('admin:signatories_signature_changelist')}?{urlencode(query)}"
