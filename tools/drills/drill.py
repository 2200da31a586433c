"""A drill: who breaks what, and how it is carried out among people who sign."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tools.drills import people as crowds
from tools.drills import stores
from tools.drills.judge import Account, Stored
from tools.drills.people import CONFIRMED, READ, SIGNED, Act, People
from tools.drills.scene import Scene, Setup

BEFORE, DURING = 0.4, 0.4
"""Parts of the people who come before the fault, and when it begins; the rest comes afterwards."""

PATIENCE = 180  # seconds for each step
SEEN_WITHIN = 60  # seconds in which a fault has to be seen
SETTLING = 1.0  # seconds for a repeat that should not be


class Fault:
    """One way to break the site. `begin` breaks it, `end` mends what does not mend by itself."""

    def __init__(self, scene: Scene, people: People) -> None:
        self.scene, self.people = scene, people
        self.is_quick = False

    def prepare(self) -> None:
        """Done before anybody comes."""

    def begin(self) -> None:
        raise NotImplementedError

    def observe(self) -> str:
        """What proves, just now, that the fault is in effect; "" as long as nothing does."""
        raise NotImplementedError

    def end(self) -> None:
        """By default nobody does anything: the site has to mend itself."""

    def is_over(self) -> bool:
        """Whether everything is as it was before."""
        return True

    def is_kept(self, at: float) -> bool:
        """Whether the site can know what it acknowledged `at` that moment."""
        return True


@dataclass(frozen=True)
class Drill:
    name: str
    says: str
    fault: Callable[[Scene, People], Fault]
    setup: Setup = field(default_factory=Setup)
    seconds: float = 3.0
    """How long the fault lasts at least; `quick_seconds` with `--quick`."""
    quick_seconds: float = 3.0
    within: float = 60.0
    longest: float = 0.0
    """Seconds in which the fault has to be seen, if more than SEEN_WITHIN beyond `seconds`."""
    pace: float = 0.0
    """Seconds until the next one comes while the fault lasts; 0 lets a part come at once."""
    repeats_allowed: int = 0
    is_unseen: bool = False
    """Whether nobody who signs or reads may notice anything."""
    act: Callable[[People, str], Act] = crowds.signing


class Going:
    """A drill that is carried out."""

    def __init__(self, drill: Drill, scene: Scene, number: int, *, is_quick: bool) -> None:
        self.drill, self.scene, self.number = drill, scene, number
        self.domain = f"{drill.name}.example.org"
        self.people = People(scene.port, scene.facts, self.domain, drill.act)
        self.fault = drill.fault(scene, self.people)
        self.fault.is_quick = is_quick
        self.seconds = drill.quick_seconds if is_quick else drill.seconds
        self.seen = ""
        self.recovered: float | None = None
        self.began = self.ended = 0.0
        self._came = 0
        self.before: Counter[str] = Counter()

    def carry_out(self, connections: int) -> Account:
        scene, people = self.scene, self.people
        scene.mailbox.listeners[self.domain] = people.hear
        self.fault.prepare()
        with people.at_work(connections):
            self._let_some_sign()
            self._break()
            self._recover()
            wait_for(self._are_all_served, PATIENCE)
            time.sleep(SETTLING)
        return self._account()

    def _let_come(self, number: int) -> None:
        """So many more; here all at once."""
        self.people.arrive(number)

    def _let_some_sign(self) -> None:
        people = self.people
        self._let_come(int(self.number * BEFORE))
        wait_for(self._have_some_signed, PATIENCE)
        self.before = Counter(
            signed=people.count(SIGNED),
            confirmed=people.count(CONFIRMED),
            mailed=len(people.mails),
        )

    def _have_some_signed(self) -> bool:
        people = self.people
        have_read = any(one.kind == READ and one.is_acknowledged for one in people.seen(0.0))
        half = people.arrived // 2
        return have_read and people.count(SIGNED) >= half and people.count(CONFIRMED) > 1

    def _break(self) -> None:
        fault = self.fault
        self.began = time.monotonic()
        try:
            fault.begin()
            if not self.drill.pace:
                self._let_come(int(self.number * DURING))
            wait_for(self._is_seen, max(self.drill.longest, self.seconds + SEEN_WITHIN))
        finally:
            fault.end()
            self.ended = time.monotonic()

    def _is_seen(self) -> bool:
        self._let_one_come()
        self.seen = self.seen or self.fault.observe()
        lasted = time.monotonic() - self.began >= self.seconds
        return bool(self.seen and lasted and self.people.seen(self.began))

    def _let_one_come(self) -> None:
        pace = self.drill.pace
        if pace and time.monotonic() >= self.began + self._came * pace:
            self._came += 1
            self._let_come(1)

    def _recover(self) -> None:
        rest = int(self.number * (1 - BEFORE - DURING))
        self._let_come(max(self.number - self.people.arrived, rest))
        if wait_for(self._has_recovered, PATIENCE):
            self.recovered = time.monotonic() - self.ended

    def _has_recovered(self) -> bool:
        people, ended = self.people, self.ended
        has_mail = any(at >= ended for _to, _number, at in list(people.mails))
        return has_mail and bool(people.told_of(SIGNED, since=ended)) and self.fault.is_over()

    def _are_all_served(self) -> bool:
        people = self.people
        gone = people.told_of(SIGNED) - self._told(SIGNED) - people.told_of(CONFIRMED)
        return people.count(CONFIRMED) >= people.arrived - len(gone)

    def _excused(self, stored: Stored) -> frozenset[str]:
        people = self.people
        signed = people.told_of(SIGNED) - self._told(SIGNED) - stored.rows.keys()
        confirmed = people.told_of(CONFIRMED) - self._told(CONFIRMED) - stored.confirmed
        return frozenset(signed | confirmed)

    def _told(self, kind: str) -> set[str]:
        is_kept = self.fault.is_kept
        return {
            act.email
            for act, answer in list(self.people.told)
            if act.kind == kind and is_kept(answer.came_at)
        }

    def _account(self) -> Account:
        people, ended = self.people, self.ended
        stored = stores.read(self.scene.database_url, self.domain)
        after = people.told_of(SIGNED, since=ended) | people.told_of(CONFIRMED, since=ended)
        return Account(
            people=people.arrived,
            signed_before=self.before["signed"],
            confirmed_before=self.before["confirmed"],
            mailed_before=self.before["mailed"],
            fault=self.seen,
            during=crowds.statuses(people.seen(self.began, ended)),
            told_signed=frozenset(self._told(SIGNED)),
            told_confirmed=frozenset(self._told(CONFIRMED)),
            told_after=len(after),
            stored=stored,
            mails=Counter((to, number) for to, number, _at in people.mails),
            recovered=self.recovered,
            within=self.drill.within,
            repeats_allowed=self.drill.repeats_allowed,
            is_unseen=self.drill.is_unseen,
            seen_after=crowds.statuses(people.seen(ended)),
            served=frozenset(people.told_of(CONFIRMED)),
            excused=self._excused(stored),
        )


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether it came to be in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
