"""Entries of the directory are found, or added once, also by two at the same time.

Whoever stores a signature for one asks `require_current` afterwards, in the same transaction: a
merge waits for such rows, or is seen.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from django.db.models import Q

from casa.lib.db import rows
from casa.lib.text import name_key
from signatories.models import Organization, OrganizationQuerySet, free_slug

P = ParamSpec("P")
T = TypeVar("T")
TRIES = 3


class MergedError(Exception):
    """The organization was merged with another just now; what was begun is to be begun anew."""


def find_or_add(name: str, *, country: str = "", **fields: Any) -> Organization:
    """The organization of this name, made with `fields` if the directory has none.

    Two countries may each have one of the name; where a country is not known, any will do.
    """
    if found := find(name, country):
        return found
    new = Organization(name=name, country=country, **fields)
    return add(new)


def add(new: Organization) -> Organization:
    """Store `new`, or find the one of its ROR ID, or of its name and country, that somebody else
    stored just now.
    """
    new.follow_name()
    same = Organization.objects.in_directory().filter(
        Q(name_key=new.name_key, country=new.country) | (Q(ror=new.ror) & ~Q(ror=""))
    )
    found = None
    while found is None:
        # Another one may take the address at the same moment; the next try takes the next.
        new.slug = free_slug(new.name)
        if rows.insert(new, unless_taken=True):
            new.add_keys()
            return new
        found = same.first()
    found.renew_keys()
    return found


def find_public(pk: int | None) -> Organization | None:
    """The entry that somebody picked from what was suggested to them; public ones alone."""
    return Organization.objects.public().filter(pk=pk).first() if pk else None


def require_current(organization: Organization | None) -> None:
    """Raises MergedError if it left the directory since it was read, and else keeps it from doing
    so until the transaction ends. Others may sign for it meanwhile.
    """
    if organization is None:
        return
    # The foreign key alone would hold the row as well, but only from the commit on.
    share = " FOR KEY SHARE" if connection.vendor == "postgresql" else ""
    sql = f"SELECT merged_into_id FROM {Organization._meta.db_table} WHERE id = %s{share}"  # noqa: S608 - without values
    with connection.cursor() as cursor:
        cursor.execute(sql, [organization.pk])
        if cursor.fetchone() != (None,):
            raise MergedError


def again_if_merged(verb: Callable[P, T]) -> Callable[P, T]:
    """Do `verb` in a transaction, and anew where the organization is merged at the same moment."""

    @wraps(verb)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        for _try in range(TRIES - 1):
            try:
                with transaction.atomic():
                    return verb(*args, **kwargs)
            except MergedError:
                continue
        with transaction.atomic():
            return verb(*args, **kwargs)

    return wrapped


def find_heir(slug: str) -> Organization | None:
    """The public organization that stands for the one which had this address, if one does."""
    merged = Organization.objects.exclude(merged_into=None).filter(slug=slug).first()
    return Organization.objects.public().filter(pk=merged.heir.pk).first() if merged else None


# As `OrganizationQuerySet.named` says it, asked once for every new name.
_NAMED = """
    merged_into_id IS NULL AND id IN (
        SELECT id FROM signatories_organization WHERE name_key = %s
        UNION ALL SELECT organization_id FROM signatories_organizationalias WHERE name_key = %s
    ) ORDER BY id
"""


def find(name: str, country: str, among: OrganizationQuerySet | None = None) -> Organization | None:
    return next(iter(_named(name, country, among)), None)


def find_only(name: str, country: str, among: OrganizationQuerySet) -> Organization | None:
    """The same, or None where several countries have one and nobody said which is meant."""
    found = _named(name, country, among)
    return None if len({one.country for one in found}) > 1 else next(iter(found), None)


def _named(name: str, country: str, among: OrganizationQuerySet | None) -> list[Organization]:
    key = name_key(name)
    named = rows.select(Organization, _NAMED, [key, key]) if among is None else [*among.named(name)]
    same = [one for one in named if one.country == country]
    return same or [one for one in named if not (one.country and country)]
