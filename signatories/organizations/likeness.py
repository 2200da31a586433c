"""Organizations of the directory that a typed name may mean: while it is typed, and afterwards.

Both ask an index of keys (`OrganizationKey`) and look at a bounded number of its rows, so they
take as long with a million organizations as with a hundred. Only what visitors may know of is
suggested: see `OrganizationQuerySet.public`.
"""

from django.db import connection
from django.db.models import Q, QuerySet

from casa.lib import organization_names
from casa.lib.text import fold
from signatories.models import NAME_LENGTH, Organization, OrganizationKey

SUGGESTED = 8
QUESTIONED = 5
READ_AT_MOST = 100
"""Rows of the index that are looked at for one question to it."""

SHORTEST = 2
"""Letters from which something is suggested."""


def suggestions(typed: str) -> list[Organization]:
    """At most SUGGESTED public organizations whose names have words that begin like those typed."""
    typed = typed[:NAME_LENGTH]
    parts = organization_names.words(typed)
    whole = " ".join(parts)
    if len(whole) < SHORTEST:
        return []
    asked = [Q(key=f"a:{whole}"), beginning(f"n:{whole}")]
    asked += [beginning(f"w:{max(parts, key=len)}")]
    found = _organizations(*asked)
    matching = [one for one in found if _has_words(one, parts)]
    return sorted(matching, key=lambda one: _rank(one, whole))[:SUGGESTED]


def similar(typed: str) -> list[Organization]:
    """At most QUESTIONED public organizations that may be the one `typed`, likeliest first."""
    found = _organizations(Q(key__in=organization_names.keys(typed[:NAME_LENGTH])))
    rated = [
        (max(organization_names.likeness(typed, name) for name in _names(one)), one)
        for one in found
    ]
    rated = [(rate, one) for rate, one in rated if rate >= organization_names.ALIKE_FROM]
    rated.sort(key=lambda pair: (-pair[0], pair[1].sort_key, pair[1].pk))
    return [one for _rate, one in rated[:QUESTIONED]]


def beginning(text: str) -> Q:
    """Keys that begin with `text`, asked so that the index is used."""
    text = text[: organization_names.KEY_LENGTH]
    if connection.vendor == "sqlite":
        # Its LIKE ignores case and with it the index; its order is that of the code points.
        return Q(key__gte=text, key__lt=f"{text}\U0010ffff")
    return Q(key__startswith=text)


def _organizations(*asked: Q) -> list[Organization]:
    pks: set[int] = set()
    for condition in asked:
        pks.update(_owners(condition)[:READ_AT_MOST])
    return list(Organization.objects.filter(pk__in=pks).prefetch_related("aliases"))


def _owners(condition: Q) -> QuerySet[OrganizationKey, int]:
    public = OrganizationKey.objects.filter(condition).of_public()
    return public.order_by().values_list("organization", flat=True)


def _names(one: Organization) -> list[str]:
    return [one.name, *(alias.name for alias in one.aliases.all())]


def _has_words(one: Organization, parts: list[str]) -> bool:
    """Whether each word typed begins a word of one of its names, or all shorten that name."""
    whole = "".join(parts)
    for name in _names(one):
        own = organization_names.words(name)
        if all(any(word.startswith(part) for word in own) for part in parts):
            return True
        if whole in organization_names.acronyms(name):
            return True
    return False


def _rank(one: Organization, whole: str) -> tuple[bool, str, int]:
    return not fold(one.name).startswith(whole), one.sort_key, one.pk
