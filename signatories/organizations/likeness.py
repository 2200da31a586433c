"""Organizations of the directory that a typed name may mean: while it is typed, and afterwards.

Both ask an index of keys (`OrganizationKey`) and look at a bounded number of its rows, so they
take as long with a million organizations as with a hundred. Only what visitors may know of is
suggested: see `OrganizationQuerySet.public`.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from casa.lib.organization_names import comparing, index, reading
from casa.lib.text import fold
from signatories.models import NAME_LENGTH, LikelyDuplicate, Organization, OrganizationKey
from signatories.models.organization_names import OrganizationKeyQuerySet

SUGGESTED = 8
QUESTIONED = 5
READ_AT_MOST = 100
"""Rows of the index that are looked at for one key."""

SHORTEST = 2
"""Letters from which something is suggested."""

_ANY_KEY, _ANY_OWNER = "key that is asked for", -1

Asked = tuple[str, tuple[Any, ...]]
"""The owners of one key, as SQL and the values in it, of which one is _ANY_KEY."""


def suggestions(typed: str) -> list[Organization]:
    """At most SUGGESTED public organizations whose names have words that begin like those typed."""
    typed = typed[:NAME_LENGTH]
    parts = reading.words(typed)
    whole = " ".join(parts)
    if len(whole) < SHORTEST:
        return []
    asked = [Q(key__in=[f"a:{whole}", f"s:{whole}"]), beginning(f"n:{whole}")]
    asked += [beginning(f"w:{max(parts, key=len)}")]
    public = OrganizationKey.objects.all().of_public()
    found = {pk for condition in asked for pk in _owners(public.filter(condition))}
    matching = [one for one in _organizations(found) if _has_words(one, parts)]
    return sorted(matching, key=lambda one: _rank(one, whole))[:SUGGESTED]


def similar(typed: str, town: str = "") -> list[Organization]:
    """At most QUESTIONED public organizations that may be the one `typed`, likeliest first."""
    return _alike([typed], town, asked=_asked(OrganizationKey.objects.all().of_public()))


def alike(organization: Organization) -> list[Organization]:
    """As `similar`, of one that is in the directory: others, public or not, that somebody stands
    behind. For staff alone.
    """
    return [one for _rate, one in rated(organization)]


def rated(organization: Organization) -> list[tuple[float, Organization]]:
    """As `alike`, each with how like it is. Nothing that staff said to be another one."""
    called, town = names(organization), organization.city
    apart = list(LikelyDuplicate.objects.said_not_same(organization.pk))
    if not apart:
        return _rated(called, town, asked=_stood_behind_but(organization.pk))
    others = OrganizationKey.objects.exclude(organization__in=[organization.pk, *apart])
    return _rated(called, town, asked=_asked(others.of_stood_behind()))


def rate(one: Organization, other: Organization) -> float:
    """How like two are."""
    return _rate(one, names(other), other.city)


def alike_by_name(name: str, town: str = "") -> list[Organization]:
    """Like `alike`, for a name that the directory may not have. Staff only."""
    return _alike([name], town, asked=_stood_behind())


def names(one: Organization) -> list[str]:
    return [one.name, *(alias.name for alias in one.aliases.all())]


def _alike(called: Iterable[str], town: str, *, asked: Asked) -> list[Organization]:
    return [one for _rate, one in _rated(called, town, asked=asked)]


def _rated(called: Iterable[str], town: str, *, asked: Asked) -> list[tuple[float, Organization]]:
    called = [name[:NAME_LENGTH] for name in called]
    keys = sorted({key for name in called for key in index.asked(name, town)})
    found = [
        (_rate(one, called, town), one) for one in _organizations(_owners_of_each(keys, asked))
    ]
    found = [(rate, one) for rate, one in found if rate >= comparing.ALIKE_FROM]
    found.sort(key=lambda pair: (-pair[0], pair[1].sort_key, pair[1].pk))
    return found[:QUESTIONED]


def _rate(one: Organization, called: Iterable[str], town: str) -> float:
    towns = (town, one.city)
    return max(comparing.likeness(name, own, towns) for name in called for own in names(one))


def beginning(text: str) -> Q:
    """Keys that begin with `text`, asked so that the index is used."""
    text = text[: index.KEY_LENGTH]
    if connection.vendor == "sqlite":
        # Its LIKE ignores case and with it the index; its order is that of the code points.
        return Q(key__gte=text, key__lt=f"{text}\U0010ffff")
    return Q(key__startswith=text)


def _organizations(pks: Iterable[int]) -> list[Organization]:
    return list(Organization.objects.filter(pk__in=pks).prefetch_related("aliases"))


def _owners(keys: OrganizationKeyQuerySet) -> QuerySet[OrganizationKey, int]:
    return keys.order_by().values_list("organization", flat=True)[:READ_AT_MOST]


def _asked(among: OrganizationKeyQuerySet) -> Asked:
    sql, values = _owners(among.filter(key=_ANY_KEY)).query.sql_with_params()
    return sql, tuple(values)


@cache
def _stood_behind() -> Asked:
    """Made once: for Django it is more work than the answer is for the database, and lists of
    thousands ask it for each line.
    """
    return _asked(OrganizationKey.objects.all().of_stood_behind())


@cache
def _stood_behind_by_others() -> Asked:
    others = OrganizationKey.objects.exclude(organization__in=[_ANY_OWNER])
    return _asked(others.of_stood_behind())


def _stood_behind_but(pk: int) -> Asked:
    """Those of all organizations but one."""
    sql, values = _stood_behind_by_others()
    return sql, tuple(pk if value == _ANY_OWNER else value for value in values)


def _owners_of_each(keys: Sequence[str], question: Asked) -> set[int]:
    """The owners of each of `keys`, READ_AT_MOST of one key, in one query.

    Django builds the question for one key, which takes longer than to answer it, and SQLite lets
    it join no limited ones.
    """
    sql, values = question
    each = f"SELECT * FROM ({sql}) AS one_key"  # noqa: S608 - made by Django, without values
    asked = [key if value == _ANY_KEY else value for key in keys for value in values]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([each] * len(keys)), asked)
        return {pk for (pk,) in cursor.fetchall()}


def _has_words(one: Organization, parts: list[str]) -> bool:
    """Whether each word typed begins a word of one of its names, or all shorten that name."""
    whole = "".join(parts)
    for name in names(one):
        own = reading.words(name)
        if all(any(word.startswith(part) for word in own) for part in parts):
            return True
        if whole in reading.acronyms(name):
            return True
    return False


def _rank(one: Organization, whole: str) -> tuple[bool, str, int]:
    return not fold(one.name).startswith(whole), one.sort_key, one.pk
