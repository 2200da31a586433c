"""Which statements the front page shows, and in which order."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from statements.models import FrontPageLead, Statement

CONSIDERED = 30
OTHERS = 6


def statements() -> list[Statement]:
    """The one that leads, then the others."""
    newest = _newest()
    ordered = sorted(newest, key=lambda one: not one.is_open())
    lead = _chosen(newest) or _newest_for_reader(ordered)
    if lead is None:
        return []
    return [lead, *(one for one in ordered if one.pk != lead.pk)][: OTHERS + 1]


def _newest() -> list[Statement]:
    """The newest ones, and behind them, where they are few, old press statements."""
    public = Statement.objects.public().newest_first().for_lists()
    newest = list(public.of_its_day()[:CONSIDERED])
    room = OTHERS + 1 - len(newest)
    return newest + list(public.from_the_past()[:room]) if room > 0 else newest


def _chosen(newest: list[Statement]) -> Statement | None:
    """What staff chose, as long as it holds and the public may read it."""
    holds = Q(until=None) | Q(until__gt=timezone.now())
    pk = FrontPageLead.objects.filter(holds).values_list("statement", flat=True).first()
    if pk is None:
        return None
    found = next((one for one in newest if one.pk == pk), None)
    return found or Statement.objects.public().for_lists().filter(pk=pk).first()


def _newest_for_reader(ordered: list[Statement]) -> Statement | None:
    """Of those that can be signed, and then of the others, the newest in the reader's language."""
    code = get_language() or ""
    return min(ordered, key=lambda one: (not one.is_open(), not _is_in(one, code)), default=None)


def _is_in(statement: Statement, code: str) -> bool:
    editions = statement.current_editions  # type: ignore[attr-defined]
    return any(edition.language == code for edition in editions)
