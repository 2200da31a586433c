"""Entries of the directory are found, or added once, also by two at the same time."""

from typing import Any

from django.db.models import Q

from casa.lib.text import fold, name_key
from signatories.models import Organization, OrganizationQuerySet, free_slug


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
    new.name_key, new.sort_key = name_key(new.name), fold(new.name)
    same = Organization.objects.filter(
        Q(name_key=new.name_key, country=new.country) | (Q(ror=new.ror) & ~Q(ror=""))
    )
    found = None
    while found is None:
        # Another one may take the address at the same moment; the next try takes the next.
        new.slug = free_slug(new.name)
        Organization.objects.bulk_create([new], ignore_conflicts=True)
        found = same.first()
    found.renew_keys()
    return found


def find_public(pk: int | None) -> Organization | None:
    """The entry that somebody picked from what was suggested to them; public ones alone."""
    return Organization.objects.public().filter(pk=pk).first() if pk else None


def find(name: str, country: str, among: OrganizationQuerySet | None = None) -> Organization | None:
    named = list((Organization.objects.all() if among is None else among).named(name))
    same = [one for one in named if one.country == country]
    unknown = [one for one in named if not (one.country and country)]
    return next(iter(same or unknown), None)
