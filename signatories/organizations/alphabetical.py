"""Names that were stored before lists were sorted by alphabets get their keys."""

from typing import Any

from django.db.models import QuerySet

from casa.lib import alphabets
from signatories.models import Organization, Signature

AT_ONCE = 500
MIGRATIONS = {
    "organizations_in_alphabets": Organization.objects.all(),
    "signatures_in_alphabets": Signature.objects.select_related("organization"),
}
"""How the names of the migrations end that add the columns, with the rows that get them."""


def fill(*, plan: list[tuple[Any, bool]] = [], **_signal: Any) -> None:  # noqa: B006 - only read
    """After a migration that adds the columns: write them for all rows."""
    for name, rows in MIGRATIONS.items():
        if any(step.name.endswith(name) and not backwards for step, backwards in plan):
            make_keys(rows.all())


def make_keys(rows: QuerySet) -> None:
    """Write what each of `rows` is sorted by, AT_ONCE of them in each statement."""
    last = 0
    while some := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        for one in some:
            one.follow_name()
        rows.model.objects.bulk_update(some, alphabets.COLUMNS)
        last = some[-1].pk
