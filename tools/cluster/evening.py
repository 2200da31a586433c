"""An evening in which people sign at a steady rate and many read, while something is killed."""

import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tools.cluster.readers import Pages, Readers
from tools.cluster.site import Cluster
from tools.drills import judge, report
from tools.drills.drill import BEFORE, DURING, PATIENCE, Drill, Going, wait_for
from tools.drills.judge import Account
from tools.drills.people import SIGNED

ENOUGH = 0.5
"""The part of the pages that were to be read, below which the evening was none."""


@dataclass(frozen=True)
class Load:
    """What is asked of the site each second, and for how many seconds people come at least."""

    signing: float
    reading: float
    seconds: float


class Evening(Going):
    def __init__(self, drill: Drill, scene: Cluster, load: Load, readers: Readers) -> None:
        super().__init__(drill, scene, 0, is_quick=False)
        self._load, self._readers = load, readers
        self.seconds = load.seconds * DURING
        self._has_ended = threading.Event()

    def carry_out(self, connections: int) -> Account:
        self.opened = time.monotonic()
        threading.Thread(target=self._arrive, daemon=True).start()
        try:
            return super().carry_out(connections)
        finally:
            self.closed = time.monotonic()
            self._has_ended.set()

    def _arrive(self) -> None:
        """One after the other, whether or not those before were served."""
        while not self._has_ended.wait(1 / self._load.signing):
            self.people.arrive(1)

    def _let_come(self, number: int) -> None:
        """They come by themselves."""

    def _have_some_signed(self) -> bool:
        return self._lasts(BEFORE) and super()._have_some_signed()

    def _recover(self) -> None:
        super()._recover()
        wait_for(lambda: self._lasts(1), PATIENCE)
        self._has_ended.set()

    def _lasts(self, part: float) -> bool:
        """Whether this part of the evening has passed."""
        return time.monotonic() - self.opened >= part * self._load.seconds

    def result(self, account: Account) -> "Told":
        """All that is known when it has ended."""
        signed = [answer for act, answer in self.people.told if act.kind == SIGNED]
        calm = [one.came_at - one.sent_at for one in signed if one.came_at < self.began]
        return Told(
            name=self.drill.name,
            account=account,
            load=self._load,
            pages=self._readers.got(self.opened, self.closed),
            paused=longest_gap([one.came_at for one in signed], self.began),
            usual=statistics.median(calm) if calm else 0.0,
        )


def longest_gap(moments: list[float], since: float) -> float:
    """The longest time between two of them, the second of which came after `since`."""
    gaps = (late - early for early, late in pairwise(sorted(moments)) if late >= since)
    return max(gaps, default=0.0)


@dataclass(frozen=True)
class Told:
    """An evening, or `missing`: why there was none."""

    name: str
    account: Account | None = None
    load: Load | None = None
    pages: Pages | None = None
    paused: float = 0.0
    """The longest time in which nobody was told to check their mail, in seconds."""
    usual: float = 0.0
    """What the answer to a form took before anything was killed: the median, in seconds."""
    missing: str = ""

    @property
    def complaints(self) -> list[str]:
        return [*self.silent, *self.broken] if self.account else [self.missing]

    @property
    def silent(self) -> list[str]:
        """Why it proves nothing."""
        return [*(judge.silent(self.account) if self.account else ()), *self._too_few_read()]

    @property
    def broken(self) -> list[str]:
        return [*(judge.broken(self.account) if self.account else ()), *self._not_served()]

    @property
    def verdict(self) -> str:
        if self.account is None:
            return "not run"
        if self.silent:
            return "proved nothing"
        return "BROKEN" if self.broken else "kept"

    def _too_few_read(self) -> Iterator[str]:
        if self.pages and self.load:
            asked = self.pages.statuses.total() / self.pages.seconds
            if asked < ENOUGH * self.load.reading:
                yield f"Only {asked:.0f} pages a second were asked for."

    def _not_served(self) -> Iterator[str]:
        if self.pages and self.pages.refused:
            yield f"{self.pages.refused} readers got no page."


HEAD = ("Killed", "", "Acknowledged", "Stored", "Mails", "Twice", "Counted", "Lost", "Doubled",
        "Pages served", "Not served", "A second", "Slowest, s", "Signing paused, s",
        "Who signed saw")  # fmt: skip


def table(evenings: list[Told]) -> str:
    """All of them as a table of Markdown."""
    rows = [HEAD, ("---", "---", *["--:"] * 12, "---"), *[_row(one) for one in evenings]]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _row(told: Told) -> tuple[str, ...]:
    account, pages = told.account, told.pages
    if account is None or pages is None:
        return (f"`{told.name}`", told.verdict, *[""] * 13)
    return (
        f"`{told.name}`", told.verdict,
        f"{len(account.told_signed)} + {len(account.told_confirmed)}",
        f"{sum(account.stored.rows.values())}", f"{len(account.mails)}", f"{account.repeated}",
        f"{len(account.stored.confirmed)}", f"{report.lost(account)}", f"{account.doubled}",
        f"{pages.served:,}", f"{pages.refused}", f"{pages.per_second:,.0f}",
        f"{pages.slowest:.1f}", f"{told.paused:.1f}", report.seen(account.seen),
    )  # fmt: skip


def described(told: Told) -> str:
    """One of them in a few lines."""
    lines = [f"{told.name}: {told.verdict}"]
    if told.account and told.pages:
        lines += [
            f"  seen          {told.account.fault}",
            f"  pages         {told.pages.served:,} served, {told.pages.refused} not",
            f"  signing       paused for {told.paused:.1f} s; {told.usual * 1000:.0f} ms before",
        ]
    return "\n".join([*lines, *(f"  ! {one}" for one in told.complaints)])
