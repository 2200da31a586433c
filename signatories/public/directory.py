"""The directory of organizations as visitors browse it: searched, narrowed, from A to Z."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db.models import Count, OuterRef, prefetch_related_objects
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casa.lib import list_filters
from casa.lib.db import found, paging
from casa.lib.db.conditions import has_any
from casa.lib.db.reading import from_primary
from signatories.models import Logo, Organization, OrganizationQuerySet
from signatories.models.organization_sets import stands_in_public
from signatories.public.lists import (
    PLACES_COUNTED,
    cached,
    country_select,
    readers_order,
    region_select,
)

ORDER = paging.alphabetical("sort_key")
ORGANIZATIONS_PER_PAGE = 60


@dataclass(frozen=True)
class DirectoryFilters(list_filters.Filters):
    """What a visitor asks the directory for; "" where they ask for nothing."""

    kind: str = ""
    country: str = ""
    region: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        filters = cls.from_query(query)
        return replace(
            filters,
            kind=filters.kind if filters.kind in Organization.Kind.values else "",
            region=filters.region if filters.country else "",
        )

    def organizations(self) -> OrganizationQuerySet:
        """Those asked for, of the organizations whose signature is public."""
        return self._narrowed().searched(self.q) if self.q else self._narrowed()

    def page(self, wanted: str) -> paging.Page:
        """A page of them, with their logos, in the order of the reader's alphabet."""
        rows, order = self._narrowed().with_logos(), readers_order()
        if self.q:
            return found.page(order, rows, wanted, ORGANIZATIONS_PER_PAGE, self.q)
        return order.page(rows, wanted, ORGANIZATIONS_PER_PAGE)

    def _narrowed(self) -> OrganizationQuerySet:
        exact = {"kind": self.kind, "country": self.country, "region": self.region}
        asked = {name: value for name, value in exact.items() if value}
        return Organization.objects.public().filter(**asked)


def selects(filters: DirectoryFilters) -> list[list_filters.Select]:
    """The filters, with how many organizations each choice leaves, whatever is searched for."""
    kinds: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    for kind, country, region, number in _counts():
        if (not filters.country or country == filters.country) and filters.region in ("", region):
            kinds[kind] += number
        if filters.kind in ("", kind):
            countries[country] += number
            if country == filters.country:
                regions[region] += number
    made = [_kinds(filters, kinds), country_select(filters.country, countries)]
    if filters.country:
        made.append(region_select(filters.region, regions))
    return [one for one in made if one.is_useful]


def _kinds(filters: DirectoryFilters, counts: Counter[str]) -> list_filters.Select:
    offered = [(kind, name, counts[kind]) for kind, name in Organization.Kind.choices]
    offered = [one for one in offered if one[2]]
    return list_filters.Select(
        "kind", _("Kind"), _("All"), list_filters.choices(offered, filters.kind)
    )


@from_primary()
def _counts() -> Any:
    """(kind, country, region, number) of the public directory; at most a minute old."""
    groups = Organization.objects.public().order_by().values_list("kind", "country", "region")
    counted = groups.annotate(number=Count("pk")).order_by("-number")[:PLACES_COUNTED]
    return cached("directory:counts", lambda: list(counted))


def newest_signers(limit: int) -> list[Organization]:
    """Organizations that signed in public, for the front page: those with a logo before others,
    within each the ones that came to the directory last. Four queries, however many there are.
    """
    pictured = Logo.objects.filter(stands_in_public("organization__"), approved=True)
    newest = pictured.order_by("-organization_id").values_list("organization_id", flat=True)
    standing = Organization.objects.standing().order_by("-pk")
    shown = list(standing.filter(pk__in=list(newest.distinct()[:limit])))
    if room := limit - len(shown):
        has_logo = has_any(Logo.objects.filter(organization=OuterRef("pk"), approved=True))
        shown += standing.filter(~has_logo)[:room]
    prefetch_related_objects(shown, "logos")
    return shown
