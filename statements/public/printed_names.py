"""Who stands on a statement's documents: those whose names are printed, and how many do not."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casa.lib import alphabets
from statements.models import Edition

ORGANIZATIONS_PRINTED = 500
PEOPLE_PRINTED = 1000
"""The names a document carries; it says how many more signed, and where they are listed."""


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


def _from_a_to_z(signatures: Iterable[Any], edition: Edition) -> list[Any]:
    def place(one: Any) -> tuple[str, int]:
        return alphabets.key(one.displayed_name, edition.language), one.pk

    return sorted(signatures, key=place)
