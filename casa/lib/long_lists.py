"""Lists of the back office that are as fast among millions of rows as among few."""

from typing import Any

from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property


class BoundedPaginator(Paginator):
    """Counts no further than `limit`: counting a million rows takes longer than showing fifty."""

    LIMIT = 10_000
    limit = LIMIT

    @cached_property
    def count(self) -> int:
        """By key, which an index has: sorted by anything else, all rows would have to be read."""
        rows: Any = self.object_list
        return rows.order_by("-pk").values("pk")[: self.limit].count()

    def page(self, number: Any) -> Page:
        """The keys of the page first: rows that it passes over are not joined with others."""
        made, rows = super().page(number), self.object_list
        if isinstance(made.object_list, QuerySet):
            keys = list(made.object_list.values_list("pk", flat=True))
            made.object_list = rows.filter(pk__in=keys)  # type: ignore[attr-defined]
        return made

    @property
    def is_bounded(self) -> bool:
        """Whether there may be more than were counted."""
        return self.count >= self.limit


class LongList(ChangeList):
    """Sorted by one column at a time, and by key in the column's direction.

    So an index on both is read as it is, or backwards. By two columns all rows would be sorted.
    """

    ALSO_BY: dict[str, tuple[str, ...]] = {}
    """By which columns rows are sorted that have the same in a column."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list[Any]:
        if asked := self.params.get(ORDER_VAR):
            self.params[ORDER_VAR] = asked.partition(".")[0]
            self.filter_params[ORDER_VAR] = [self.params[ORDER_VAR]]
        # The order that the ModelAdmin gave its rows is the default one, and none to add.
        return super().get_ordering(request, queryset.order_by())

    def _get_deterministic_ordering(self, ordering: list[Any]) -> list[Any]:
        column = ordering[0] if len(ordering) == 1 else None
        if column in ("pk", "-pk"):
            return ordering
        if not isinstance(column, str):
            return super()._get_deterministic_ordering(ordering)  # type: ignore[misc]
        minus, name = ("-", column[1:]) if column.startswith("-") else ("", column)
        return [column, *(f"{minus}{one}" for one in (*self.ALSO_BY.get(name, ()), "pk"))]
