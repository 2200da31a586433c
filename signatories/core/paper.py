"""Signatures on paper, as everybody is told of them: apart from the tally, in no sum with it."""

from collections.abc import Iterable

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.cache import cache
from django.db.models import Sum
from django.utils.translation import ngettext

from casa.lib.db.reading import from_primary
from casa.lib.text import unparted
from signatories.models import PaperCount
from statements.models import Statement

KEPT_FOR = 5  # seconds


def paper_of(statements: Iterable[Statement]) -> dict[int, int]:
    """How many signatures on paper each statement has; one query for all of them.

    Asked at most once in KEPT_FOR a process; a change drops what was kept.
    """
    keys = {_key(one): one.pk for one in statements}
    kept = cache.get_many(keys)
    missing = {key: pk for key, pk in keys.items() if key not in kept}
    if missing:
        counted = _counted(missing.values())
        found = {key: counted.get(pk, 0) for key, pk in missing.items()}
        cache.set_many(found, KEPT_FOR)
        kept |= found
    return {pk: kept[key] for key, pk in keys.items()}


@from_primary()
def _counted(statements: Iterable[int]) -> dict[int, int]:
    told = PaperCount.objects.filter(statement__in=list(statements), counted__gt=0).order_by()
    return dict(told.values_list("statement").annotate(Sum("counted")))


def forget(statement: Statement) -> None:
    """Let the next reader be told the number anew."""
    cache.delete(_key(statement))


def _key(statement: Statement) -> str:
    return f"paper:{statement.pk}"


def number_of(statement: Statement) -> int:
    """The same of one; what `fetch_paper` put there saves the query."""
    fetched: int | None = getattr(statement, "paper_number", None)
    return fetched if fetched is not None else paper_of([statement])[statement.pk]


def in_words(statement: Statement) -> str:
    """ "Plus 1,240 signatures on paper, counted by the organizer."; "" for none."""
    number = number_of(statement)
    if not number:
        return ""
    told = ngettext(
        "Plus %(number)s signature on paper, counted by the organizer.",
        "Plus %(number)s signatures on paper, counted by the organizer.",
        number,
    )
    return unparted(told % {"number": intcomma(number)})


def alone_in_words(statement: Statement) -> str:
    """ "1,240 signatures on paper, counted by the organizer", where nobody signed here."""
    number = number_of(statement)
    if not number:
        return ""
    told = ngettext(
        "%(number)s signature on paper, counted by the organizer",
        "%(number)s signatures on paper, counted by the organizer",
        number,
    )
    return unparted(told % {"number": intcomma(number)})
