"""Organizations that stood in the directory before it was sorted by alphabets get their keys."""

from typing import Any

from signatories.models import Organization
from signatories.models.organizations import SORTED_BY

AT_ONCE = 500
MIGRATION = "organizations_in_alphabets"
"""How the name of the migration ends that adds the columns."""


def fill(*, plan: list[tuple[Any, bool]] = [], **_signal: Any) -> None:  # noqa: B006 - only read
    """After the migration that adds the columns: write them for all rows."""
    if any(step.name.endswith(MIGRATION) and not backwards for step, backwards in plan):
        make_keys()


def make_keys() -> None:
    """Write what every organization is sorted by, AT_ONCE rows in each statement."""
    last = 0
    while some := list(Organization.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        for one in some:
            one.follow_name()
        Organization.objects.bulk_update(some, SORTED_BY)
        last = some[-1].pk
