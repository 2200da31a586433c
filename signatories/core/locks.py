"""The one order in which rows are locked, so that no two transactions wait for each other.

A statement first, then its signatures, its publication (`standing`), then organizations, each by
their keys, and an invitation last. Whoever confirms a signature holds it before its organization is
written: so do all others.
"""

from collections.abc import Iterable

from django.db import connection

from signatories.models import Organization, Signature


def lock_signatures_of(organizations: Iterable[int]) -> None:
    """Hold the signatures of these organizations, and their statements' publication, until the
    transaction ends.
    """
    rows = Signature.objects.filter(organization__in=list(organizations))
    locked = rows.select_for_update(of=("self",)).order_by("statement_id", "pk")
    hold_publication_of(list(locked.values_list("statement_id", flat=True)))


def hold_before_writing(
    statement: int, *, signatures: Iterable[int] = (), organizations: Iterable[int] = ()
) -> None:
    """Hold what a list is going to write under a statement, until the transaction ends.

    A list names organizations in an order of its own, and each of its signatures locks one.
    """
    rows = Signature.objects.filter(pk__in=list(signatures)).order_by("pk")
    own = rows.select_for_update(of=("self",)).values_list("organization_id", flat=True)
    of_signatures = [pk for pk in own if pk is not None]
    hold_publication_of([statement])
    lock_organizations([*organizations, *of_signatures])


def hold_publication_of(statements: Iterable[int]) -> None:
    """Let nobody publish these statements or take them back until the transaction ends.

    For whoever is going to write signatures of several, or holds organizations meanwhile: the
    triggers of `standing` would ask for one after the other. SQLite has one writer at a time.
    """
    keys = sorted(set(statements))
    if keys and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_HOLD, [keys])


_HOLD = """
    SELECT pg_advisory_xact_lock_shared(hashtextextended('publication ' || one, 0))
    FROM unnest(%s::bigint[]) one ORDER BY one
"""


def lock_organizations(organizations: Iterable[int]) -> None:
    """Hold the rows of these organizations; their signatures are held already, if at all."""
    keys = set(organizations)
    if keys and connection.vendor == "postgresql":
        rows = Organization.objects.filter(pk__in=keys).order_by("pk")
        list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def hold_what_stands(signatures: Iterable[Signature], *, also: Iterable[int] = ()) -> None:
    """Hold the publication and the organizations of these signatures, which are held already;
    `also` of other organizations.
    """
    held = list(signatures)
    hold_publication_of(one.statement_id for one in held)
    of_signatures = [one.organization_id for one in held if one.organization_id is not None]
    lock_organizations([*of_signatures, *also])
