"""The list of attacks. A module that has some adds them by `attack`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from tools.attack.site import Site

T = TypeVar("T")
Run = Callable[[Site, "Effort"], Iterator[str]]


@dataclass(frozen=True)
class Effort:
    """How much an attacker tries: all of it, or a part that takes seconds."""

    is_full: bool

    def some(self, values: list[T]) -> list[T]:
        return values if self.is_full else values[:2]

    def times(self, number: int) -> int:
        return number if self.is_full else max(1, number // 10)


@dataclass(frozen=True)
class Attack:
    """`run` yields a sentence for each way in which the site gave way.

    Where it `may_be_slow`, answers may take longer than a second. What `takes_long` is left out of
    the short form.
    """

    name: str
    run: Run
    may_be_slow: bool = False
    takes_long: bool = False


ATTACKS: list[Attack] = []


def attack(
    name: str, *, may_be_slow: bool = False, takes_long: bool = False
) -> Callable[[Run], Run]:
    def add(run: Run) -> Run:
        ATTACKS.append(Attack(name, run, may_be_slow, takes_long))
        return run

    return add
