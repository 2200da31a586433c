"""Under which text those stand whom a list names: said once for all of them, or for each group."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext

from signatories.core import tally
from signatories.models import Signature
from statements.models import Statement


class Group(NamedTuple):
    """Some of a list, in its order, with their places in it; `label` is "" where none is needed."""

    label: str
    placed: list[tuple[int, Signature]]

    @property
    def signatures(self) -> list[Signature]:
        return [signature for _place, signature in self.placed]

    @property
    def runs_on(self) -> bool:
        """Whether none of another group is between them."""
        return self.placed[-1][0] - self.placed[0][0] == len(self.placed) - 1


def by_edition(signatures: Iterable[Signature], statement: Statement) -> list[Group]:
    """Who stands under the current text first, then who under each earlier edition, newest first.

    `signatures` know the numbers of their editions, as `as_listed` has them.
    """
    earlier = earlier_editions(statement)
    groups: dict[int, list[tuple[int, Signature]]] = {}
    for place, one in enumerate(signatures):
        number = one.edition_number if one.edition_id in earlier else 0  # type: ignore[attr-defined]
        groups.setdefault(number, []).append((place, one))
    if not any(groups):
        return [Group("", placed) for placed in groups.values()]
    numbers = sorted(groups, key=lambda number: (number > 0, -number))
    return [Group(_label(number), groups[number]) for number in numbers]


def _label(number: int) -> str:
    if not number:
        return gettext("These signed the text as it is now:")
    return gettext("These signed edition %(number)s:") % {"number": number}


def earlier_editions(statement: Statement) -> frozenset[int | None]:
    """The keys of the editions whose words are an earlier text; asked once for a page."""
    kept: frozenset[int | None] | None = getattr(statement, "_earlier_editions", None)
    if kept is None:
        kept = tally.earlier_editions([statement])[statement.pk]
        statement._earlier_editions = kept  # type: ignore[attr-defined]
    return kept
