"""Queries whose SQL is made once: Django takes longer to write some than databases to answer them.

The rows are those that the database's driver gives: who compares them, or takes out plain words and
numbers, needs no more.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections, router
from django.db.models import QuerySet

KEY = -2_147_483_647  # no row has it, or one of the next ones
WORD = "\N{WHITE SQUARE}the word stands here\N{WHITE SQUARE}"
MOST = 100
_PLACES = frozenset((WORD, *range(KEY, KEY + MOST)))


def keys(number: int) -> list[int]:
    """Places of so many keys; MOST at most."""
    return list(range(KEY, KEY + number))


class Compiled:
    """What a queryset of values gives, asked anew with other keys and words at each call.

    `queryset` makes it, with KEY, `keys` and WORD in the places of what is given to `rows`, in the
    order of the SQL. It is called once for each database, when it is first asked.
    """

    def __init__(self, queryset: Callable[[], QuerySet[Any, Any]]) -> None:
        self._queryset = queryset
        self._model: Any = None
        self._made: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def rows(self, *given: Any) -> list[tuple[Any, ...]]:
        if self._model is None:
            self._model = self._queryset().model
        alias = router.db_for_read(self._model)
        sql, parameters = self._made.get(alias) or self._make(alias)
        with connections[alias].cursor() as cursor:
            cursor.execute(sql, _filled(parameters, given))
            return cursor.fetchall()

    def _make(self, alias: str) -> tuple[str, tuple[Any, ...]]:
        made = self._queryset().query.get_compiler(alias).as_sql()
        self._made[alias] = made
        return made


def _filled(parameters: Sequence[Any], given: Sequence[Any]) -> list[Any]:
    left = iter(given)
    filled = [next(left) if one in _PLACES else one for one in parameters]
    if next(left, None) is not None:
        raise ValueError("More was given than the query has places for.")
    return filled
