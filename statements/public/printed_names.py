"""Who stands on a statement's documents: those whose names are printed, and how many do not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from casa.lib import alphabets
from statements.models import Edition

ORGANIZATIONS_PRINTED = 500
PEOPLE_PRINTED = 1000
"""The names a page to print carries; it says how many more signed, and where they are listed."""

NAMES_IN_VOLUME = 5_000
"""Those that a volume of the PDF carries: it is set in about a second, with some 100 MB."""


@dataclass(frozen=True)
class Printed:
    """The signatures whose names are printed, first those that staff placed."""

    leads: list[Any]
    organizations: list[Any]
    people: list[Any]

    def not_named(self, edition: Edition) -> dict[str, int]:
        """How many organizations and people signed whose names are not printed.

        `edition` comes with its tally.
        """
        kinds = [one.kind for one in (*self.leads, *self.organizations, *self.people)]
        return {
            "organizations": max(0, edition.organizations - kinds.count("organization")),  # type: ignore[attr-defined]
            "people": max(0, edition.people - kinds.count("person")),  # type: ignore[attr-defined]
        }


def printed(edition: Edition) -> Printed:
    """The names on the documents of a public statement, from A to Z in its language.

    Where not all have room, those are named who signed first.
    """
    public = edition.statement.signatures.public().as_listed()
    named = public.others().filter(name_withheld=False).order_by("confirmed_at", "pk")
    return Printed(
        leads=list(public.leads()),
        organizations=_from_a_to_z(named.organizations()[:ORGANIZATIONS_PRINTED], edition),
        people=_from_a_to_z(named.people()[:PEOPLE_PRINTED], edition),
    )


@dataclass(frozen=True)
class Volume:
    """Some of all names, and which volume of how many it is; `reach` says of whom to whom."""

    number: int
    total: int
    names: Printed
    others: dict[str, int]
    """How many organizations and people signed who are named in none."""

    @property
    def reach(self) -> str:
        everybody = (*self.names.leads, *self.names.organizations, *self.names.people)
        ends = [one.displayed_name for one in (*everybody[:1], *everybody[-1:])]
        return " – ".join(dict.fromkeys(ends))


def volume(edition: Edition, number: int) -> Volume | None:
    """All names of a public statement, from A to Z, in volumes; None if there are not so many.

    Those whom staff placed stand in the first one. Where there is more than one, names are shared
    out in the order of the site's lists, and stand in that of the language within a volume.
    """
    public = edition.statement.signatures.public().as_listed()
    named = public.others().filter(name_withheld=False)
    kinds = named.organizations(), named.people()
    counted = [rows.count() for rows in kinds]
    total = max(1, -(-sum(counted) // NAMES_IN_VOLUME))
    if not 1 <= number <= total:
        return None
    start = (number - 1) * NAMES_IN_VOLUME
    organizations, people = (
        _from_a_to_z(rows, edition) for rows in _shared(kinds, counted, start, edition)
    )
    leads = list(public.leads())
    of_leads = [one.kind for one in leads]
    others = {
        "organizations": edition.organizations - counted[0] - of_leads.count("organization"),  # type: ignore[attr-defined]
        "people": edition.people - counted[1] - of_leads.count("person"),  # type: ignore[attr-defined]
    }
    printed_here = Printed(leads if number == 1 else [], organizations, people)
    return Volume(number, total, printed_here, {kind: max(0, n) for kind, n in others.items()})


def _shared(
    kinds: tuple[Any, Any], counted: list[int], start: int, edition: Edition
) -> Iterator[Any]:
    """Of each kind, those of the volume that begins at `start` of all."""
    end = start + NAMES_IN_VOLUME
    for rows, number in zip(kinds, counted, strict=True):
        ordered = rows.order_by(alphabets.column(edition.language), "pk")
        yield ordered[max(0, start) : max(0, min(end, number))]
        start, end = start - number, end - number


def _from_a_to_z(signatures: Iterable[Any], edition: Edition) -> list[Any]:
    def place(one: Any) -> tuple[str, int]:
        return alphabets.key(one.displayed_name, edition.language), one.pk

    return sorted(signatures, key=place)
