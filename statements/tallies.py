"""How much of a statement's tally stands under an earlier text, for lists and programs of this app.

A statement exists without signatures, so whoever keeps them says how they are counted: `counts`
is filled when the site starts (signatories/apps.py).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from statements.models import Statement


class Counts(Protocol):
    @property
    def organizations(self) -> int: ...
    @property
    def people(self) -> int: ...


class NoCounts(NamedTuple):
    organizations: int = 0
    people: int = 0


counts: list[Callable[[Sequence[Statement]], Mapping[int, Counts]]] = []


collected: list[Callable[[Sequence[Statement]], Mapping[int, Counts]]] = []


paper: list[Callable[[Sequence[Statement]], Mapping[int, int]]] = []


def fetch_paper(statements: Sequence[Statement]) -> None:
    """Keep with each, as `paper_number`, how many signed on paper: no part of its tally."""
    found = {pk: number for count in paper for pk, number in count(statements).items()}
    for statement in statements:
        statement.paper_number = found.get(statement.pk, 0)  # type: ignore[attr-defined]


def fetch_collected(statements: Sequence[Statement]) -> None:
    """Keep with each, as `collected_tally`, whose names the organizer collected; as many queries
    for many statements as for one."""
    found = {pk: counted for count in collected for pk, counted in count(statements).items()}
    for statement in statements:
        statement.collected_tally = found.get(statement.pk, NoCounts())  # type: ignore[attr-defined]


def fetch_earlier(statements: Sequence[Statement]) -> None:
    """Keep with each, as `earlier_tally`, what of its tally stands under an earlier text.

    As many queries for many statements as for one, and none where nothing was corrected.
    """
    found = {pk: counted for count in counts for pk, counted in count(statements).items()}
    for statement in statements:
        statement.earlier_tally = found.get(statement.pk, NoCounts())  # type: ignore[attr-defined]
