"""How many passwords and codes may be tried on one account, and from one source.

django-axes closes an account after five failures from one source. These limits are for tries from
many sources on one account, and from one source on many accounts. Each has so many at once, and
then one more after each pause. Known browsers have limits of their own, so that nobody can use up a
colleague's: see `casa.accounts.known_browsers`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from axes.handlers.proxy import AxesProxyHandler
from django.db import connection
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from casa.accounts import known_browsers
from casa.accounts.models import TryBudget, User
from casa.lib import network
from casa.retention.rules import Due


@dataclass(frozen=True)
class Limit:
    at_once: int
    pause: timedelta


ACCOUNT = Limit(at_once=20, pause=timedelta(minutes=15))
SOURCE = Limit(at_once=30, pause=timedelta(minutes=2))
BROWSER = Limit(at_once=20, pause=timedelta(minutes=15))

_SPEND = """
    INSERT INTO accounts_trybudget AS budget (key, clear_at) VALUES (%s, %s)
    ON CONFLICT (key) DO UPDATE SET
        clear_at = CASE WHEN budget.clear_at > %s THEN budget.clear_at ELSE %s END + %s
    WHERE budget.clear_at <= %s
    RETURNING clear_at
"""


@dataclass(frozen=True)
class Tried:
    """One try: what it was counted under, or until when none is taken."""

    counted: tuple[tuple[str, Limit], ...] = ()
    closed_until: datetime | None = None

    def give_back(self) -> None:
        """It was right, so it does not count."""
        for key, limit in self.counted:
            budget = TryBudget.objects.filter(key=key)
            budget.update(clear_at=F("clear_at") - limit.pause.total_seconds())


def count(request: HttpRequest, account: str) -> Tried:
    """Count a try before the password or the code is looked at."""
    if not AxesProxyHandler.is_allowed(request, {"username": account}):
        return Tried()  # axes refuses it, and nothing is looked at
    done = Tried()
    for key, limit in _budgets(request, account):
        if until := _spend(key, limit):
            done.give_back()
            return Tried(closed_until=until)
        done = Tried((*done.counted, (key, limit)))
    return done


def forget(user: User) -> bool:
    """Take back what was counted on an account; whether there was anything."""
    return bool(TryBudget.objects.filter(key=_key("account", user.address_key)).delete()[0])


def due(at: datetime) -> Iterator[Due]:
    """The budgets that are whole again."""
    yield Due(TryBudget.objects.filter(clear_at__lt=at.timestamp()))


def _budgets(request: HttpRequest, account: str) -> list[tuple[str, Limit]]:
    if browser := known_browsers.number(request, account):
        return [(_key("browser", browser), BROWSER)]
    source = network.client_key(network.client_address(request))
    return [(_key("account", account), ACCOUNT), (_key("source", source), SOURCE)]


def _key(kind: str, text: str) -> str:
    return salted_hmac(f"tries:{kind}", text, algorithm="sha256").hexdigest()[:32]


def _spend(key: str, limit: Limit) -> datetime | None:
    """The moment until which no try is left; None if one could be spent."""
    now, pause = timezone.now().timestamp(), limit.pause.total_seconds()
    latest = now + (limit.at_once - 1) * pause
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, [key, now + pause, now, now, pause, latest])
        if cursor.fetchone():
            return None
    clear_at = TryBudget.objects.values_list("clear_at", flat=True).get(key=key)
    return datetime.fromtimestamp(clear_at - (latest - now), UTC)
