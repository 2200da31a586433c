"""What a list can be narrowed by: selects of a plain form that say how many each choice leaves."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Self, TypeVar

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language

from casa.lib import alphabets
from casa.lib.text import normalise
from casa.lib.typed import SPARE

TYPED_LENGTH = 200
"""Characters of a search that are read; the rest is cut off."""

FiltersType = TypeVar("FiltersType", bound="Filters")


@dataclass(frozen=True)
class Filters:
    """What a visitor asks a list for, field by field as in the address; "" for nothing."""

    q: str = ""

    @classmethod
    def names(cls) -> list[str]:
        """What stands in the address, for `casa.lib.parameters.known`."""
        return [field.name for field in fields(cls)]

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """The values of the query string, cut and normalised; the list decides which are valid."""
        typed = {name: query.get(name, "") for name in cls.names()}
        values = {name: normalise(value[: SPARE * TYPED_LENGTH]) for name, value in typed.items()}
        return cls(**{name: value[:TYPED_LENGTH] for name, value in values.items()})

    def __bool__(self) -> bool:
        return self != type(self)()


@dataclass(frozen=True)
class Choice:
    value: str
    label: str | Promise
    count: int
    is_chosen: bool

    def __str__(self) -> str:
        return f"{self.label} ({intcomma(self.count)})"


@dataclass(frozen=True)
class Select:
    """One filter; `name` is what stands in the address, `every` what no choice is called."""

    name: str
    label: str | Promise
    every: str | Promise
    choices: list[Choice]

    @property
    def is_chosen(self) -> bool:
        return any(one.is_chosen for one in self.choices)

    @property
    def is_useful(self) -> bool:
        """One choice alone would leave the list as it is."""
        return len(self.choices) > 1 or self.is_chosen


def in_alphabet(counts: Iterable[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """(value, label, count), in the order of the labels in the reader's alphabet."""
    language = get_language() or ""
    return sorted(counts, key=lambda one: (alphabets.key(one[1], language), one[0]))


def choices(
    counts: Iterable[tuple[str, str | Promise, int]], chosen: str, otherwise: str | Promise = ""
) -> list[Choice]:
    """(value, label, count) as choices. What was asked for stays one, called `otherwise`, even
    where nothing is left of it."""
    made = [Choice(value, label, n, value == chosen) for value, label, n in counts]
    if chosen and not any(one.is_chosen for one in made):
        made.append(Choice(chosen, otherwise or chosen, 0, is_chosen=True))
    return made
