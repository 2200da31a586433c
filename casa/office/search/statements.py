"""Statements, by the words of the working copy and of every edition, and their news."""

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext

from casa.accounts.models import staff
from casa.lib.db.search import highlighted, passages, search_words
from casa.lib.html.plain import plain
from casa.office.lists import may_list, visible
from casa.office.search.found import MOST, READ_ONE_BY_ONE, Found, has_all, in_order, screen_of
from statements.models import Edition, Statement, StatementText, Update
from statements.permissions import of_visible_statements
from statements.search import passages_of


def find_statements(request: HttpRequest, query: str) -> list[int]:
    texts = StatementText.objects.filter(search_words__words=query)
    editions = Edition.objects.filter(words__text__words=query)
    said = Q(pk__in=texts.values("statement")) | Q(pk__in=editions.values("statement"))
    rows = visible(request, Statement).prefetch_related(None).filter(said)
    return list(rows.order_by("-changed_at", "-pk").values_list("pk", flat=True)[:MOST])


def show_statements(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    words = search_words(query)
    rows = in_order(visible(request, Statement).prefetch_related(None), keys)
    texts: dict[int, list[StatementText | Edition]] = {key: [] for key in keys}
    matching = {"statement__in": keys}
    for text in StatementText.objects.filter(**matching, search_words__words=query).order_by("pk"):
        texts[text.statement_id].append(text)
    editions = Edition.objects.filter(**matching, words__text__words=query)
    for edition in editions.order_by("-number", "pk"):
        texts[edition.statement_id].append(edition)
    for row in rows:
        match = next(iter(texts[row.pk]), None)
        title = match.title if match else str(row)
        pieces = passages_of(match, words) if match else []
        yield Found(highlighted(title, words), screen_of(row), _said_of(row, match), pieces)


def _said_of(statement: Statement, match: StatementText | Edition | None) -> str:
    status = statement.state_in_words
    if isinstance(match, Edition):
        where = gettext("in the words of edition %(number)s") % {"number": match.number}
        return f"{status}, {where}"
    return status


# News under statements


def may_read_news(request: HttpRequest) -> bool:
    return may_list(request, Statement) and staff(request).has_perm("statements.view_update")


def find_news(request: HttpRequest, query: str) -> list[int]:
    words = search_words(query)
    rows = of_visible_statements(staff(request), Update.objects.order_by("-posted_at", "-pk"))
    newest = rows.values_list("pk", "title", "body")[:READ_ONE_BY_ONE]
    return [key for key, title, body in newest if has_all(f"{title} {plain(body)}", words)]


def show_news(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    words = search_words(query)
    rows = of_visible_statements(staff(request), Update.objects.select_related("statement"))
    for row in in_order(rows.prefetch_related("statement__texts"), keys):
        pieces = passages(plain(row.body), words, at_most=1)
        title = highlighted(row.title, words)
        yield Found(title, screen_of(row.statement), str(row.statement), pieces)
