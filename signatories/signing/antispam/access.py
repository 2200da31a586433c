"""The access rules of staff: networks, domains and countries are allowed, slowed or blocked.

A network is compared with the address of the request, before that becomes a mark; nothing of the
address is stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from casa.lib import network
from casa.lib.addresses import domains, mailboxes
from casa.retention.rules import Due
from signatories.models import AccessRule

Action = AccessRule.Action
FIRST = (Action.BLOCK, Action.ALLOW, Action.SLOW)

RAISED = 20
"""So many times more than from others is taken from a network that is allowed."""

KEPT = "access-rules"
KEPT_FOR = 5  # seconds


@dataclass(frozen=True)
class Rules:
    """Those that hold now or later, as they are compared."""

    networks: tuple[tuple[IPv4Network | IPv6Network, AccessRule], ...]
    domains: tuple[tuple[str, AccessRule], ...]
    countries: tuple[tuple[str, AccessRule], ...]


def of_network(request: HttpRequest) -> str:
    """What is to happen with what comes from there; "" for what happens with others."""
    rules = _rules().networks
    address = network.parsed(network.client_address(request)) if rules else None
    if address is None:
        return ""
    now = timezone.now()
    return _first({rule.action for listed, rule in rules if address in listed and rule.holds(now)})


def of_domain(address: str) -> str:
    """The same for whoever signs with an address of the domain, or of a name under it."""
    rules = _rules().domains
    if not rules:
        return ""
    try:
        domain = domains.in_ascii(mailboxes.domain_of(address))
    except domains.InvalidDomainError:
        return ""
    now = timezone.now()
    return _first(
        {
            rule.action
            for listed, rule in rules
            if (domain == listed or domain.endswith(f".{listed}")) and rule.holds(now)
        }
    )


def of_country(request: HttpRequest) -> str:
    """The same for what comes from a country, as the proxy tells it."""
    rules = _rules().countries
    country = network.client_country(request) if rules else ""
    now = timezone.now()
    return _first({rule.action for listed, rule in rules if listed == country and rule.holds(now)})


def of_form(request: HttpRequest, address: str) -> str:
    """What is to happen with a form that is sent with this address."""
    return _first({of_network(request), of_domain(address), of_country(request)})


def raised(request: HttpRequest) -> int:
    """How many times more is taken from the network that the request comes from.

    A country is not one crowd: each of its networks has the limits of others.
    """
    return RAISED if of_network(request) == Action.ALLOW else 1


def _first(actions: set[str]) -> str:
    return next((one for one in FIRST if one in actions), "")


def forget_cached() -> None:
    """Read the list anew; called where it is changed."""
    cache.delete(KEPT)


def _rules() -> Rules:
    found: Rules | None = cache.get(KEPT)
    if found is None:
        found = _read(timezone.now())
        cache.set(KEPT, found, KEPT_FOR)
    return found


def _read(now: datetime) -> Rules:
    rules = list(AccessRule.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now)))
    return Rules(
        tuple((ip_network(one.network), one) for one in rules if one.network),
        tuple((one.domain, one) for one in rules if one.domain),
        tuple((one.country, one) for one in rules if one.country),
    )


def due(at: datetime) -> Iterator[Due]:
    """Networks whose time is over, and then their history."""
    yield Due(AccessRule.objects.filter(ends_at__lte=at).exclude(network=""))
    yield Due(AccessRule.history.filter(ends_at__lte=at).exclude(network=""))
