"""The table, and the ratios beside their aims."""

import operator
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from benchmarks.load import Result

TITLES = {
    "static": "static file (WhiteNoise)",
    "bare": "bare Django view",
    "plain_small": "plain Django page of the same size, 1,000 signatures",
    "plain_large": "plain Django page of the same size, 100,000",
    "page_small": "statement page, 1,000 signatures",
    "page_large": "statement page, 100,000",
    "cached": "  the same, nginx keeps it for a second",
    "cached_plain": "  the same, our own client",
    "cached_shared": "  the same, each time by another shared link",
    "kept": "  without nginx, the application keeps it for a second",
    "kept_plain": "  the same, our own client",
    "kept_shared": "  the same, each time by another shared link",
    "first_small": "list, first page, 1,000",
    "first_large": "list, first page, 100,000",
    "last_small": "list, last page, 1,000",
    "last_large": "list, last page, 100,000",
    "insert": "bare view with one ORM insert",
    "sign_small": "sign, 1,000",
    "sign_large": "sign, 100,000",
    "confirm_small": "confirm, 1,000",
    "confirm_large": "confirm, 100,000",
}


@dataclass
class Measured:
    """What one database gave: for every case a result of each round."""

    database: str
    rounds: dict[str, list[Result]] = field(default_factory=dict)

    def add(self, case: str, result: Result) -> None:
        self.rounds.setdefault(case, []).append(result)

    def median(self, case: str) -> Result | None:
        if not (found := self.rounds.get(case)):
            return None
        return Result(
            statistics.median(result.per_second for result in found),
            statistics.median(result.p50 for result in found),
            statistics.median(result.p99 for result in found),
            application=statistics.median(result.application for result in found),
            database=statistics.median(result.database for result in found),
        )

    def speed(self, case: str, other: str) -> float | None:
        """How many times as fast `case` is as `other`: the median of what each round says.

        Both were measured within seconds, so that noise of the machine hit both alike.
        """
        pairs = zip(self.rounds.get(case, []), self.rounds.get(other, []), strict=False)
        ratios = [one.per_second / two.per_second for one, two in pairs]
        return statistics.median(ratios) if ratios else None


@dataclass(frozen=True)
class Line:
    """A figure, and the aim it is held against ("" for none)."""

    title: str
    figure: Callable[[Measured], float | None]
    aim: str = ""

    def row(self, measured: Iterable[Measured]) -> list[str]:
        cells = [self.title, self.aim]
        for one in measured:
            figure = self.figure(one)
            cells.append("–" if figure is None else f"{figure:.2f}{self.verdict(figure)}")
        return cells

    def verdict(self, figure: float) -> str:
        if not self.aim:
            return ""
        sign, bound = self.aim.split()
        holds = {"≥": operator.ge, "≤": operator.le}[sign]
        return " met" if holds(figure, float(bound)) else " MISSED"


def speed(title: str, case: str, other: str, aim: str = "") -> Line:
    return Line(title, lambda measured: measured.speed(case, other), aim)


def slower(title: str, stem: str, aim: str) -> Line:
    """Time at 100,000 rows over time at 1,000."""
    return speed(title, f"{stem}_small", f"{stem}_large", aim)


LINES = [
    speed("sign / one insert, 100,000", "sign_large", "insert", "≥ 0.5"),
    speed("confirm / one insert, 100,000", "confirm_large", "insert", "≥ 0.5"),
    speed("page / plain Django page, 1,000", "page_small", "plain_small", "≥ 1.6"),
    speed("page / plain Django page, 100,000", "page_large", "plain_large", "≥ 1.6"),
    slower("page: time at 100,000 / at 1,000", "page", "≤ 1.2"),
    slower("list, first page: 100,000 / 1,000", "first", "≤ 1.2"),
    slower("list, last page: 100,000 / 1,000", "last", "≤ 1.2"),
    slower("sign: 100,000 / 1,000", "sign", "≤ 1.2"),
    slower("confirm: 100,000 / 1,000", "confirm", "≤ 1.2"),
    speed("list: time of last / first page", "first_large", "last_large", "≤ 1.2"),
    speed("page: kept by nginx / made anew", "cached", "page_large"),
    speed("shared link / plain address, nginx", "cached_shared", "cached_plain", "≥ 0.9"),
    speed("page: kept by the application / made anew", "kept", "page_large"),
    speed("shared link / plain address, kept", "kept_shared", "kept_plain", "≥ 0.9"),
    speed("page / bare view", "page_large", "bare"),
]


def table(measured: list[Measured]) -> str:
    """One table in Markdown: a row for each case and each ratio, five columns for a database."""
    names = [one.database for one in measured]
    head = ["requests/s; p50, p99 and CPU in ms"]
    for name in names:
        head += [name, "p50", "p99", "CPU", "of database"]
    rows = [[title, *_cells(case, measured)] for case, title in TITLES.items()]
    ratios = [line.row(measured) for line in LINES]
    return _aligned([head, *rows]) + "\n\n" + _aligned([["ratio", "aim", *names], *ratios])


def _cells(case: str, measured: list[Measured]) -> Iterable[str]:
    for one in measured:
        median = one.median(case)
        if median is None:
            yield from ("–",) * 5
        else:
            yield f"{median.per_second:,.0f}"
            figures = (median.p50, median.p99, median.application, median.database)
            yield from (f"{figure:.2f}" for figure in figures)


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    head, *rest = [
        "| " + " | ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ) + " |"
        for row in rows
    ]  # fmt: skip
    rule = "|" + "|".join(
        "-" * (width + 1) + (":" if number else "-") for number, width in enumerate(widths)
    )
    return "\n".join([head, rule + "|", *rest])
