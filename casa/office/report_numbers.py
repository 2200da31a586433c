"""What the report of a statement says: sums of what was counted, and shares. It names nobody."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, Count, Q, Sum, Value
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.lib.addresses.sealed import DOMAIN_AT, domain_hash
from casa.lib.data_keys import HASH_LENGTH
from casa.mail.samples import language_name
from signatories.core import funnel
from signatories.models import FunnelCount, Signature
from signatories.signing.domain_typos import DOMAINS
from statements.models import Statement

Step = FunnelCount.Step
WIDTH, HEIGHT = 600, 80
"""Of a picture, in its own units; the page stretches it."""

LEAST_OF_PROVIDER = 10
"""Signatures. What fewer use is told together, so that no number is about a few."""


@dataclass
class Line:
    """The numbers of the four steps, for a day, a source, a language, or all."""

    label: object
    numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Step.values, 0))

    @property
    def steps(self) -> list[int]:
        return list(self.numbers.values())

    @property
    def named(self) -> list[tuple[str, int]]:
        return [(str(step.label), self.numbers[step]) for step in Step]

    @property
    def share(self) -> str:
        """How many confirmed of those who began."""
        return percent(self.numbers[Step.CONFIRMED], self.numbers[Step.OPENED])


@dataclass(frozen=True)
class Bar:
    day: date
    number: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Picture:
    """The bars of one step, a day each."""

    label: str
    total: int
    bars: list[Bar]


@dataclass(frozen=True)
class Provider:
    """How many signed with an address there, and how many of them have not confirmed."""

    label: str
    signed: int
    silent: int

    @property
    def share(self) -> str:
        return percent(self.silent, self.signed)


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def days_until_today(number: int) -> list[date]:
    today = timezone.localdate()
    return [today - timedelta(days=back) for back in range(number - 1, -1, -1)]


def by_day(statement: Statement, days: list[date]) -> list[Line]:
    """A line for each day, the oldest first."""
    found = _summed(statement, days, "day")
    return [found.get(day, Line(day)) for day in days]


def by_source(statement: Statement, days: list[date]) -> list[Line]:
    labels = {
        "": _("No link said it"),
        funnel.SIGNER: _("Links that signers passed on"),
        funnel.FRAME: _("Frames on other sites"),
        funnel.OTHER: _("All other sources"),
    }
    return _labelled(_summed(statement, days, "source"), labels)


def by_language(statement: Statement, days: list[date]) -> list[Line]:
    found = _summed(statement, days, "language")
    return _labelled(found, {code: language_name(str(code)) for code in found})


def total(lines: list[Line]) -> Line:
    all_of_them = Line(_("All"))
    for line in lines:
        for step, number in line.numbers.items():
            all_of_them.numbers[step] += number
    return all_of_them


def _summed(statement: Statement, days: list[date], column: str) -> dict[object, Line]:
    rows = FunnelCount.objects.filter(statement=statement, day__range=(days[0], days[-1]))
    found: dict[object, Line] = {}
    sums = rows.order_by().values_list(column, "step").annotate(Sum("number"))
    for value, step, number in sums:
        found.setdefault(value, Line(value)).numbers[step] = number
    return found


def _labelled(found: dict[object, Line], labels: Mapping[Any, str]) -> list[Line]:
    """The lines with most who confirmed first."""
    for value, line in found.items():
        line.label = labels.get(value, value)
    return sorted(found.values(), key=lambda line: line.steps[::-1], reverse=True)


def pictures(lines: list[Line]) -> list[Picture]:
    return [
        Picture(
            str(step.label),
            sum(line.numbers[step] for line in lines),
            list(_bars([(line.label, line.numbers[step]) for line in lines])),
        )
        for step in Step
    ]


def _bars(numbers: list[tuple[object, int]]) -> Iterator[Bar]:
    highest = max(1, *(number for _day, number in numbers))
    each = WIDTH / len(numbers)
    for place, (day, number) in enumerate(numbers):
        # A day with one is still seen beside one with thousands.
        height = max(round(number / highest * HEIGHT, 1), 2.0) if number else 0.0
        yield Bar(
            day, number, round(place * each, 2), HEIGHT - height, round(each * 0.8, 2), height  # type: ignore[arg-type]
        )  # fmt: skip


def providers(statement: Statement, days: list[date]) -> list[Provider]:
    """Who still is there of those who signed on these days, by where their mailbox is.

    Only well-known providers are named, and only by the keyed hashes of their domains: no address
    is decrypted.
    """
    known = {domain_hash(domain): domain for domain in DOMAINS}
    since = timezone.make_aware(datetime.combine(days[0], time.min))
    rows = Signature.objects.filter(statement=statement, created_at__gte=since, batch=None)
    domain = Substr("email", Value(DOMAIN_AT), HASH_LENGTH, output_field=CharField())
    counted = rows.exclude(email="").order_by().annotate(domain=domain).values_list("domain")
    pending = Count("pk", filter=Q(state=Signature.State.PENDING))
    numbers: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for hashed, signed, silent in counted.annotate(signed=Count("pk"), silent=pending):
        name = known.get(hashed, "") if signed >= LEAST_OF_PROVIDER else ""
        numbers[name][0] += signed
        numbers[name][1] += silent
    others = numbers.pop("", None)
    named = [Provider(name, *both) for name, both in numbers.items()]
    told = sorted(named, key=lambda one: one.signed, reverse=True)
    return [*told, Provider(_("All other providers"), *others)] if others else told


def rows_of_file(statement: Statement) -> Iterator[list[object]]:
    """Every number there is, the oldest first, with a head."""
    yield ["day", "step", "language", "source", "number"]
    rows = FunnelCount.objects.filter(statement=statement)
    numbers = rows.order_by("day", "step", "language", "source").values_list(
        "day", "step", "language", "source", "number"
    )
    for day, *rest in numbers.iterator():
        yield [day.isoformat(), *rest]
