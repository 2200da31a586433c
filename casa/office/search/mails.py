"""Mail to one and to many."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime

from casa.lib.addresses import mailboxes
from casa.lib.db.search import highlighted, passages, search_words
from casa.lib.html.plain import plain
from casa.mail import kinds
from casa.mail.models import OutgoingMail
from casa.office.lists import visible
from casa.office.search.found import MOST, READ_ONE_BY_ONE, Found, has_all, in_order, screen_of
from signatories.models import UpdateMailing, UpdateWords


def find_mails(request: HttpRequest, query: str) -> list[int]:
    if "@" not in query:
        return []
    rows = visible(request, OutgoingMail).to_mailbox(mailboxes.sought(query))
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:MOST])


def show_mails(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    labels = kinds.labels()
    for row in in_order(visible(request, OutgoingMail), keys):
        at = date_format(localtime(row.created_at), "SHORT_DATETIME_FORMAT")
        parts = (mailboxes.shown(row.to), str(row.get_state_display()), at)
        yield Found(str(labels.get(row.kind, row.kind)), screen_of(row), " · ".join(parts))


def find_mailings(request: HttpRequest, query: str) -> list[int]:
    words = search_words(query)
    rows = UpdateWords.objects.filter(mailing__in=visible(request, UpdateMailing).values("pk"))
    newest = rows.order_by("-mailing", "pk").values_list("mailing", "subject", "body")
    found = (
        mailing
        for mailing, subject, body in newest[:READ_ONE_BY_ONE]
        if has_all(f"{subject} {plain(body)}", words)
    )
    return list(dict.fromkeys(found))


def show_mailings(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    words = search_words(query)
    for row in in_order(visible(request, UpdateMailing), keys):
        parts = (str(row.get_kind_display()), str(row.get_state_display()), str(row.statement))
        pieces = [
            piece
            for one in row.words.all()
            for piece in passages(plain(one.body), words, at_most=1)
        ]
        yield Found(highlighted(str(row), words), screen_of(row), " · ".join(parts), pieces[:1])
