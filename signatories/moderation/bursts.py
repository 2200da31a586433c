"""Bursts are noticed: many signatures within an hour from one network, one domain or one link.

What is many follows from what the statement usually gets. A link that goes round brings many
people from many networks, and raises no notice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from casa.lib import network
from casa.lib.addresses import free_mail, mailboxes
from casa.retention.rules import Due, by_statement
from signatories.models import AccessRule, Burst, Decision, Signature
from signatories.moderation import decisions_on_many
from signatories.moderation.criteria import Criteria
from signatories.signing.antispam import counters
from statements.models import Statement

By = Burst.By

TASK = "notice-bursts"
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
EPISODE = timedelta(hours=6)
"""What comes so soon after a burst is of the same one."""

READ = 20_000
"""So many of the newest signatures are looked at."""

FEW = 5
"""A link brings a burst if each of its networks brought more than so many on average."""

CLIENTS = 1024
"""Of an allowed network with more clients than this, no mark is made."""

KEPT_FOR = timedelta(days=30)


@dataclass
class Sources:
    """How many signatures each source brought within an hour."""

    networks: Counter[str] = field(default_factory=Counter)
    domains: Counter[str] = field(default_factory=Counter)
    vias: Counter[str] = field(default_factory=Counter)
    networks_of_vias: dict[str, set[str]] = field(default_factory=dict)


def notice() -> int:
    """Look at the last hour of every statement; how many bursts are new. A schedule calls it."""
    if not settings.BURST_AT_LEAST:
        return 0
    since = timezone.now() - HOUR
    recent = _latest(READ).filter(created_at__gte=since)
    busy = recent.order_by().values("statement").annotate(number=Count("pk"))
    busy = busy.filter(number__gte=settings.BURST_AT_LEAST)
    allowed = _allowed_marks()
    return sum(_notice(pk, since, allowed) for pk in busy.values_list("statement", flat=True))


def threshold(statement: int, now: datetime) -> int:
    """From how many in an hour on one network, domain or link is a burst."""
    share = usual_per_hour(statement, now) * settings.BURST_PERCENT / 100
    return max(settings.BURST_AT_LEAST, round(share))


def usual_per_hour(statement: int, now: datetime) -> float:
    """The median of the hours of the last week in which anybody signed, without the last one."""
    hours: Counter[int] = Counter()
    rows = _latest(5 * READ).filter(
        statement=statement, created_at__gte=now - WEEK, created_at__lt=now - HOUR
    )
    for at in rows.values_list("created_at", flat=True).iterator():
        hours[int(at.timestamp() // 3600)] += 1
    return median(hours.values()) if hours else 0


def _latest(number: int) -> QuerySet[Signature]:
    """Of the newest signatures of all statements, those that came by a form; read by key."""
    newest = Signature.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return Signature.objects.filter(pk__gt=newest - number).exclude(network="").order_by()


def _notice(statement: int, since: datetime, allowed: set[str]) -> int:
    rows = _latest(READ).filter(statement=statement, created_at__gte=since)
    rows = rows.exclude(network__in=allowed)
    least, new = threshold(statement, timezone.now()), 0
    for by, values in _found(rows, least):
        new += _note(statement, by, values, since)
    return new


def _found(rows: QuerySet[Signature], least: int) -> Iterator[tuple[str, list[str]]]:
    """The sources that brought many, networks first; a signature counts for one source."""
    taken = list(rows.values_list("network", "email", "via"))
    seen = _count_sources(taken)
    if networks := _most(seen.networks, least):
        yield By.NETWORK, networks
        seen = _count_sources(row for row in taken if row[0] not in networks)
    if domains := _most(seen.domains, least):
        yield By.DOMAIN, domains
        taken = [row for row in taken if row[0] not in networks]
        seen = _count_sources(row for row in taken if _domain(row[1]) not in domains)
    vias = [
        via for via in _most(seen.vias, least)
        if seen.vias[via] > FEW * len(seen.networks_of_vias[via])
    ]  # fmt: skip
    if vias:
        yield By.SOURCE, vias


def _count_sources(rows: Iterable[tuple[str, str, str]]) -> Sources:
    seen = Sources()
    for mark, email, via in rows:
        if mark:
            seen.networks[mark] += 1
        if domain := _domain(email):
            seen.domains[domain] += 1
        if via:
            seen.vias[via] += 1
            seen.networks_of_vias.setdefault(via, set()).add(mark)
    return seen


def _domain(email: str) -> str:
    """The domain of an address, if not anybody can have a mailbox there."""
    return "" if not email or free_mail.is_free(email) else mailboxes.domain_of(email).lower()


def _most(counted: Counter[str], least: int) -> list[str]:
    return sorted(value for value, number in counted.items() if number >= least)


@transaction.atomic
def _note(statement: int, by: str, values: list[str], since: datetime) -> bool:
    """Add to the burst that goes on, or note a new one; whether it is new."""
    now = timezone.now()
    Statement.objects.select_for_update(no_key=True).get(pk=statement)  # two workers: one row
    going_on = Burst.objects.filter(statement=statement, by=by, last_at__gte=now - EPISODE)
    burst = going_on.select_related("decision").order_by("-pk").first()
    if burst is None:
        criteria = _criteria(statement, by, values, since)
        prepared = decisions_on_many.prepare_invalidation(criteria, by=None)
        Burst.objects.create(
            statement_id=statement, by=by, values=values, number=criteria.rows().count(),
            first_at=since, last_at=now, decision=prepared,
        )  # fmt: skip
        return True
    burst.values = sorted({*burst.values, *values})
    criteria = _criteria(statement, by, burst.values, burst.first_at)
    burst.number, burst.last_at = criteria.rows().count(), now
    burst.save(update_fields=["values", "number", "last_at"])
    if burst.decision.state == Decision.State.DRAFT and not burst.decision.title:
        decisions_on_many.change_criteria(burst.decision, criteria, title="")
    return False


def _criteria(statement: int, by: str, values: list[str], since: datetime) -> Criteria:
    """Signatures of the burst, which only one link can be the source of."""
    at, chosen = since.isoformat(), tuple(values)
    if by == By.NETWORK:
        return Criteria(statement=statement, since=at, networks=chosen)
    if by == By.DOMAIN:
        return Criteria(statement=statement, since=at, domains=chosen)
    return Criteria(statement=statement, since=at, via=chosen[0])


def _allowed_marks() -> set[str]:
    """Today's marks of the clients in networks that staff let through, such as a rally's."""
    now = timezone.now()
    marks = set()
    for rule in AccessRule.objects.filter(action=AccessRule.Action.ALLOW).exclude(network=""):
        if rule.holds(now):
            keys = network.client_keys(rule.network, at_most=CLIENTS)
            marks |= {counters.todays_mark(key) for key in keys}
    return marks


def open_bursts() -> QuerySet[Burst]:
    """Those that nobody has decided on, by beginning what is prepared or discarding it."""
    drafts = Burst.objects.filter(decision__state=Decision.State.DRAFT)
    return drafts.filter(last_at__gte=timezone.now() - WEEK).select_related("statement")


def due(at: datetime) -> Iterator[Due]:
    """Bursts of a month ago; their decisions stay, if they were begun."""
    yield from by_statement(Burst.objects.filter(last_at__lt=at - KEPT_FOR))
