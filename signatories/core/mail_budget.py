"""How much mail strangers can cause: so much to one mailbox, and so much to one domain.

Whoever types an address into a form has mail sent to it. All kinds of such mail share one budget
for each mailbox, kept under a keyed hash, so that an erasure does not begin it anew. A domain that
is written to far more than usual gets its mail at a steady pace: nothing is lost, and the office is
told.
"""

import logging
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from casa.lib.addresses import domains, free_mail, mailboxes
from casa.lib.addresses.spellings import canonical
from casa.retention.rules import Due
from signatories.models import DomainBudget, MailboxBudget

MAIL_WINDOW = timedelta(hours=24)
MAILS_PER_WINDOW = 5
"""However often, and under whatever statement, an address is posted: its owner gets no more mails
than this in a window. Who really wants to sign has the links of the mails before."""

AT_ONCE = timedelta(hours=1)
"""A domain gets so much of its budget before it has to wait."""

LONGEST_WAIT = timedelta(hours=24)
"""Who would have to wait longer gets no mail, and nothing is stored."""

FREE_MAIL_TIMES = 100
"""So many times as much is usual at providers where anybody can have a mailbox."""

SAMPLE = 16
"""One mail in so many counts so many times at these, so that no row is hot."""

_SPEND = """
    INSERT INTO signatories_mailboxbudget AS budget (mailbox, since, sent) VALUES (%s, %s, 1)
    ON CONFLICT (mailbox) DO UPDATE SET
        sent = CASE WHEN budget.since <= %s THEN 1 ELSE budget.sent + 1 END,
        since = CASE WHEN budget.since <= %s THEN excluded.since ELSE budget.since END
    WHERE budget.since <= %s OR budget.sent < %s
    RETURNING sent
"""
_QUEUE_UP = """
    INSERT INTO signatories_domainbudget AS budget (domain, clear_at) VALUES (%s, %s)
    ON CONFLICT (domain) DO UPDATE SET
        clear_at = CASE WHEN budget.clear_at > %s THEN budget.clear_at ELSE %s END + %s
    WHERE budget.clear_at <= %s
    RETURNING clear_at
"""
logger = logging.getLogger(__name__)


def spend(address: str) -> datetime | None:
    """When one more mail may go to `address`: now, or later where its domain gets too much.

    None if the mailbox had its share, or if too much waits for the domain already. Counted in the
    caller's transaction, as the last rows it locks but for the outbox.
    """
    return spend_all([address]).get(address)


def spend_all(addresses: Iterable[str]) -> dict[str, datetime]:
    """As `spend`, for many: when a mail may go to each; those that may get none are left out.

    The same rows are written for these, so that the response time reveals no mailbox.
    """
    now = timezone.now()
    # Rows are locked in one order, mailboxes before domains, to avoid a deadlock.
    ordered = sorted(set(addresses), key=key_of)
    within = {address for address in ordered if _spend(key_of(address), now)}
    found = {}
    for address in sorted(ordered, key=_domain_of):
        due = _due_at(_domain_of(address), now)
        if due is not None and address in within:
            found[address] = due
    return found


def key_of(address: str) -> str:
    """The mailbox of an address, as a keyed hash that nobody can read."""
    key = canonical(address)
    return salted_hmac("mail-budget", key, algorithm="sha256").hexdigest()[:32]


def _domain_of(address: str) -> str:
    domain = mailboxes.domain_of(address)
    return domains.registrable(domain) or domain


def _spend(mailbox: str, now: datetime) -> bool:
    adapt = connection.ops.adapt_datetimefield_value
    over = adapt(now - MAIL_WINDOW)
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, [mailbox, adapt(now), over, over, over, MAILS_PER_WINDOW])
        return cursor.fetchone() is not None


def _due_at(domain: str, now: datetime) -> datetime | None:
    """When it is the turn of one more mail to a domain; None if that is too long from now."""
    if not settings.SIGN_LIMITS:
        return now
    clear_at = _queue_up(domain, now.timestamp())
    if clear_at is None:
        _tell_office(domain)
        return None
    turn = datetime.fromtimestamp(clear_at, UTC) - AT_ONCE
    if turn > now:
        _tell_office(domain)
    return max(now, turn)


def _queue_up(domain: str, now: float) -> float | None:
    per_hour, weight = settings.MAIL_DOMAIN_PER_HOUR, 1
    latest = now + (AT_ONCE + LONGEST_WAIT).total_seconds()
    if free_mail.is_free(f"@{domain}"):
        per_hour *= FREE_MAIL_TIMES
        if random.randrange(SAMPLE):  # noqa: S311 - a sample, no secret
            rows = DomainBudget.objects.filter(domain=domain)
            clear_at = rows.values_list("clear_at", flat=True).first() or now
            return max(clear_at, now) if clear_at <= latest else None
        weight = SAMPLE
    seconds = 3600 / per_hour * weight
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE_UP, [domain, now + seconds, now, now, seconds, latest - seconds])
        row = cursor.fetchone()
    return row[0] if row else None


def _tell_office(domain: str) -> None:
    if cache.add(f"mail-domain-told:{domain}", 1, AT_ONCE.total_seconds()):
        logger.warning(
            "So much mail is asked for at addresses of %s that it waits its turn"
            " (docs/signing.md, MAIL_DOMAIN_PER_HOUR).",
            domain,
        )


@dataclass(frozen=True)
class SlowedDomain:
    """Mail to its addresses waits, for as long as `until` if nothing more is asked for."""

    domain: str
    until: datetime


def slowed_domains() -> list[SlowedDomain]:
    """The domains that get more mail than is usual, the worst first."""
    since = (timezone.now() + AT_ONCE).timestamp()
    rows = DomainBudget.objects.filter(clear_at__gt=since).order_by("-clear_at")[:10]
    return [
        SlowedDomain(row.domain, datetime.fromtimestamp(row.clear_at, UTC) - AT_ONCE)
        for row in rows
    ]


def due(at: datetime) -> Iterator[Due]:
    """The budgets that are whole again."""
    yield Due(MailboxBudget.objects.filter(since__lt=at - MAIL_WINDOW))
    yield Due(DomainBudget.objects.filter(clear_at__lt=at.timestamp()))
