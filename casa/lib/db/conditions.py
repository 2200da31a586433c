"""Conditions that a database answers row by row, for lists that end after a page."""

from django.db.models import Q, QuerySet, Subquery
from django.db.models.lookups import IsNull


def has_any(rows: QuerySet) -> Q:
    """Whether there is one of `rows`, which refer to the outer row.

    As `Exists`, and never of all rows at once: within an OR, PostgreSQL answers `EXISTS` from a
    table of everything that could fit, made anew for each page.
    """
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))  # noqa: FBT003 - a lookup
