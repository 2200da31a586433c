"""Who signed, as visitors browse it: searched, narrowed to a place, from A to Z, page by page.

Nothing here gets slower with the number of signatures: pages go by key, names are found by an
index, and what has to be counted over all of them is counted once in a while and kept.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

from django.core.cache import cache
from django.db.models import Count
from django.http import QueryDict
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from casa.lib import alphabets, list_filters
from casa.lib import countries as places
from casa.lib.db import found, paging
from signatories.models import Signature, SignatureQuerySet
from signatories.models.public_words import AskedUnder
from signatories.models.signature_sets import LISTED
from statements.models import Statement

ORDER = paging.newest_first("confirmed_at")
BY_NAME = "name"
"""How the order from A to Z is called in addresses."""

NAMES_PER_PAGE = 100
NUMBERED = 1_000
"""So far from the newest name each has its number; farther on that would have to be counted."""

COUNTS_KEPT_FOR = 60  # seconds
SHARE_OF_TIME = 50
"""Counting may take one part in so many of the time: what took 3 s is kept for 150."""

PLACES_COUNTED = 2_000
Kind = Signature.Kind
KEYS = {"organizations": Kind.ORGANIZATION, "people": Kind.PERSON}


@dataclass(frozen=True)
class SignatoryFilters(list_filters.Filters):
    """What a visitor asks the list for; "" where they ask for nothing."""

    show: str = ""
    country: str = ""
    region: str = ""
    order: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        filters = cls.from_query(query)
        return replace(
            filters,
            show=filters.show if filters.show in KEYS else "",
            region=filters.region if filters.country else "",
            # What is searched for, and each place, is listed by one index, the newest first.
            order=filters.order if filters.order == BY_NAME and not filters else "",
        )

    def __bool__(self) -> bool:
        return bool(self.q or self.country)

    def narrow(self, signatures: SignatureQuerySet) -> SignatureQuerySet:
        """Those among which words are looked for. Who withholds their name is found by nothing."""
        if not self:
            return signatures
        named = signatures.named()
        if self.country:
            named = named.filter(country=self.country)
        return named.filter(region=self.region) if self.region else named


@dataclass(frozen=True)
class Section:
    """One page of one kind of signatory."""

    name: str  # in addresses
    page: paging.Page
    first_number: int  # 0 where the page has no numbers
    withheld: int
    letters: list[tuple[str, str]]
    """Of a list from A to Z with more than one page, where each letter begins."""

    @property
    def last_number(self) -> int:
        return self.first_number + len(self.page.rows) - 1


def section(
    name: str,
    statement: Statement,
    signatures: SignatureQuerySet,
    filters: SignatoryFilters,
    key: str,
) -> Section:
    of_kind = signatures.filter(kind=KEYS[name])
    # What is looked for is looked for among the lead signatories, too.
    rows = filters.narrow(of_kind if filters else of_kind.others())
    order = ORDER
    if filters.order == BY_NAME:
        order = readers_order()
        rows = rows.named().only(*LISTED, order.column)
    if filters.q:
        asked = AskedUnder(filters.q, statement.pk, KEYS[name], filters.country)
        page = found.page(order, rows, key, NAMES_PER_PAGE, asked)
    else:
        page = order.page(rows, key, NAMES_PER_PAGE)
    first = 0
    if page.rows and not filters.q:
        first = 1 if not page.previous else _number(order, rows, page.rows[0])
    letters = entries(order) if order is not ORDER and (page.next or page.previous) else []
    return Section(name, page, first, withheld(statement)[KEYS[name]], letters)


def _number(order: paging.Order, rows: SignatureQuerySet, first: Signature) -> int:
    return paging.position(order, rows, first, at_most=NUMBERED)


def readers_order() -> paging.Order:
    """From A to Z, in the alphabet of the language of the page."""
    column = alphabets.column(get_language() or "")
    make = paging.alphabetical if column == "sort_key" else paging.by_stored_key
    return make(column)


def entries(order: paging.Order) -> list[tuple[str, str]]:
    """The letters of the reader's alphabet, with the key of the page that begins at each."""
    letters = alphabets.entries(get_language() or "")
    return [(letter, order.key_before(value)) for letter, value in letters]


def withheld(statement: Statement) -> Counter[str]:
    """How many counted signatures of each kind are not named; at most a minute old."""

    def count() -> Counter[str]:
        rows = statement.signatures.counted().filter(name_withheld=True).order_by()
        return Counter(dict(rows.values_list("kind").annotate(number=Count("kind"))))

    return cached(f"withheld:{statement.pk}", count)


PlaceCounts = list[tuple[str, str, str, int]]


def _place_counts(statement: Statement) -> PlaceCounts:
    """(kind, country, region, number) of the names that are shown; at most a minute old."""
    rows = statement.signatures.counted().named().order_by()
    counts = rows.values_list("kind", "country", "region").annotate(number=Count("kind"))
    most = counts.order_by("-number")[:PLACES_COUNTED]
    return cached(f"places:{statement.pk}", lambda: list(most))


def cached(key: str, count: Callable[[], Any]) -> Any:
    """What `count` gives, counted anew about once a minute."""
    kept = cache.get(key)
    if kept is None:
        begun = time.monotonic()
        kept = count()
        took = time.monotonic() - begun
        cache.set(key, kept, max(COUNTS_KEPT_FOR, took * SHARE_OF_TIME))
    return kept


def selects(statement: Statement, filters: SignatoryFilters) -> list[list_filters.Select]:
    """The filters, with how many names each choice leaves, whatever is searched for."""
    counts = _place_counts(statement)
    kinds: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    for kind, country, region, number in counts:
        if (not filters.country or country == filters.country) and filters.region in ("", region):
            kinds[kind] += number
        if not filters.show or kind == KEYS[filters.show]:
            countries[country] += number
            if country == filters.country:
                regions[region] += number
    made = [_kinds(filters, kinds), country_select(filters.country, countries)]
    if filters.country:
        made.append(region_select(filters.region, regions))
    return [one for one in made if one.is_useful]


def _kinds(filters: SignatoryFilters, counts: Counter[str]) -> list_filters.Select:
    labels = {"organizations": _("Organizations"), "people": _("People")}
    offered = [(name, labels[name], counts[kind]) for name, kind in KEYS.items() if counts[kind]]
    everybody = pgettext_lazy("signatories", "All")
    return list_filters.Select(
        "show", _("Who"), everybody, list_filters.choices(offered, filters.show)
    )


def country_select(chosen: str, counts: Counter[str]) -> list_filters.Select:
    named = [(code, places.country_name(code), n) for code, n in counts.items() if code]
    offered = list_filters.choices(
        list_filters.in_alphabet(named), chosen, gettext("Another country")
    )
    return list_filters.Select("country", _("Country"), _("All"), offered)


def region_select(chosen: str, counts: Counter[str]) -> list_filters.Select:
    named = [(region, region, n) for region, n in counts.items() if region]
    offered = list_filters.choices(list_filters.in_alphabet(named), chosen)
    return list_filters.Select("region", _("State or region"), _("All"), offered)
