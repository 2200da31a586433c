"""Having the links of a statement looked at: rows that wait, and the worker who asks.

A person asks for it with a button; no page and no request does it by itself. `LINK_CHECK=0` lets
this server ask nothing.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from html.parser import HTMLParser

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from casa.lib import dead_links, tasks
from statements.models import LinkCheck, Statement

TASK = "check-links"
MOST = 50
"""Links of one statement that are looked at."""
ANEW = timedelta(minutes=5)
"""So long an answer holds: a second click asks nobody again."""
LEASE = timedelta(minutes=2)
MOST_AT_ONCE = 50
KEPT_FOR = timedelta(days=90)
DEAD = {dead_links.Outcome.GONE, dead_links.Outcome.SILENT}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def links_of(statement: Statement) -> dict[str, str]:
    """Its links to the web, in reading order, each with the field in which it stands first."""
    found: dict[str, str] = {}
    for text in statement.texts.all():
        reader = _Links()
        reader.feed(text.body)
        for url in reader.found:
            found.setdefault(url, f"texts:{text.language}:body")
    for reference in statement.references.all():
        found.setdefault(reference.url, "references")
    web = (
        (url, field) for url, field in found.items()
        if url.startswith(("http://", "https://")) and len(url) <= dead_links.LONGEST_ADDRESS
    )  # fmt: skip
    return dict(list(web)[:MOST])


@transaction.atomic
def ask_for(statement: Statement) -> int:
    """Have its links looked at soon; how many there are, 0 where the site asks nothing."""
    urls = list(links_of(statement)) if settings.LINK_CHECK else []
    now = timezone.now()
    fresh = LinkCheck.objects.filter(url__in=urls, asked_at__gt=now - ANEW)
    known = set(fresh.values_list("url", flat=True))
    for url in urls:
        if url not in known:
            LinkCheck.objects.update_or_create(
                url=url, defaults={"asked_at": now, "taken_at": None}
            )
    if urls:
        transaction.on_commit(lambda: tasks.enqueue(TASK))
    return len(urls)


def check_asked() -> int:
    """Look at what waits. Two workers share the work; one that dies leaves it to the next."""
    if not settings.LINK_CHECK:
        return 0
    done = 0
    for row in _taken():
        outcome = dead_links.ask(row.url)
        LinkCheck.objects.filter(pk=row.pk).update(checked_at=timezone.now(), outcome=outcome)
        done += 1
    return done


def _taken() -> Iterator[LinkCheck]:
    waiting = LinkCheck.objects.filter(Q(checked_at=None) | Q(checked_at__lt=F("asked_at")))
    for row in waiting.order_by("asked_at", "pk")[:MOST_AT_ONCE]:
        now = timezone.now()
        free = Q(taken_at=None) | Q(taken_at__lt=now - LEASE)
        if LinkCheck.objects.filter(free, pk=row.pk).update(taken_at=now):
            yield row


def purge() -> int:
    """Forget what was looked at long ago."""
    old = LinkCheck.objects.filter(asked_at__lt=timezone.now() - KEPT_FOR)
    count, _models = old.delete()
    return count


def looked_at(statement: Statement) -> dict[str, LinkCheck]:
    """What is known of its links."""
    rows = LinkCheck.objects.filter(url__in=list(links_of(statement)))
    return {row.url: row for row in rows}


def last_look(rows: dict[str, LinkCheck]) -> datetime | None:
    return max((row.checked_at for row in rows.values() if row.checked_at), default=None)
