"""The list of statements: what a visitor narrows it by, and how many each choice leaves."""

from dataclasses import dataclass, replace
from typing import Any, Self

from django.db.models import Count
from django.db.models.functions import Coalesce, ExtractYear
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casa.lib import list_filters
from casa.lib.db import paging
from statements import search
from statements.models import Statement, StatementQuerySet, Target, Topic

ORDER = paging.newest_first("publish_at")
TARGETS_OFFERED = 100
STATES = {
    "open": (_("Open for signatures"), StatementQuerySet.open),
    "closed": (_("Closed"), StatementQuerySet.closed),
    "delivered": (_("Handed over"), StatementQuerySet.delivered),
}


@dataclass(frozen=True)
class StatementFilters(list_filters.Filters):
    """What a visitor asks the list for; "" where they ask for nothing."""

    state: str = ""
    year: str = ""
    topic: str = ""
    to: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        filters = cls.from_query(query)
        return replace(
            filters,
            state=filters.state if filters.state in STATES else "",
            year=filters.year if _is_number(filters.year, 4) else "",
            topic=filters.topic if _is_number(filters.topic, 18) else "",
        )

    def statements(self) -> StatementQuerySet:
        """The public statements that are asked for."""
        found = Statement.objects.public()
        if self.state:
            found = STATES[self.state][1](found)
        if self.year:
            found = _with_year(found).filter(year=int(self.year))
        if self.topic:
            found = found.filter(topics=int(self.topic))
        if self.to:
            named = Target.objects.filter(name=self.to)
            found = found.filter(pk__in=named.values("statement"))
        if self.q:
            found = found.filter(pk__in=search.matching(self.q).values("statement"))
        return found

    def but(self, name: str) -> StatementQuerySet:
        """What would be found without the filter `name`."""
        return replace(self, **{name: ""}).statements()


def _is_number(text: str, digits: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= digits


def _with_year(statements: StatementQuerySet) -> Any:
    """Each with the `year` of the date that stands above it."""
    return statements.annotate(year=Coalesce(ExtractYear("dated_on"), ExtractYear("publish_at")))


def selects(filters: StatementFilters) -> list[list_filters.Select]:
    """The filters, each with what it would leave of what the others do."""
    made = [_states(filters), _years(filters), _topics(filters), _targets(filters)]
    return [one for one in made if one.is_useful]


def _states(filters: StatementFilters) -> list_filters.Select:
    found = filters.but("state")
    numbers = {value: of(found).count() for value, (_label, of) in STATES.items()}
    offered = list_filters.choices(
        [
            (value, label, numbers[value])
            for value, (label, _of) in STATES.items()
            if numbers[value] or value == filters.state
        ],
        filters.state,
    )
    return list_filters.Select("state", _("Status"), _("All"), offered)


def _years(filters: StatementFilters) -> list_filters.Select:
    counted = _with_year(filters.but("year")).order_by().values_list("year")
    counts = counted.annotate(number=Count("pk", distinct=True)).order_by("-year")
    offered = list_filters.choices([(str(year), str(year), n) for year, n in counts], filters.year)
    return list_filters.Select("year", _("Year"), _("All"), offered)


def _topics(filters: StatementFilters) -> list_filters.Select:
    used = Statement.topics.through.objects.filter(statement__in=filters.but("topic").values("pk"))
    counts = dict(used.values_list("topic").annotate(number=Count("statement", distinct=True)))
    topics = Topic.objects.named().filter(pk__in=counts)
    named = list_filters.in_alphabet((str(one.pk), str(one), counts[one.pk]) for one in topics)
    offered = list_filters.choices(named, filters.topic, _("Another topic"))
    return list_filters.Select("topic", _("Topic"), _("All"), offered)


def _targets(filters: StatementFilters) -> list_filters.Select:
    addressed = Target.objects.filter(statement__in=filters.but("to").values("pk")).order_by()
    counts = addressed.values_list("name").annotate(number=Count("statement", distinct=True))
    most = counts.order_by("-number", "name")[:TARGETS_OFFERED]
    offered = list_filters.choices(
        list_filters.in_alphabet((name, name, n) for name, n in most), filters.to
    )
    return list_filters.Select("to", _("Addressed to"), _("All"), offered)
