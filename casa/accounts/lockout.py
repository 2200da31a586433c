"""Closing an account for a while after failed tries to sign in; django-axes does the counting."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_network
from typing import Any

from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import Max, OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.accounts import tries
from casa.accounts.account_keys import account_key
from casa.accounts.models import User
from casa.lib import http, network
from casa.retention.rules import Due


def username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name tries are counted under."""
    given = (credentials or request.POST).get("username") or ""
    return account_key(given if isinstance(given, str) else str(given))


def origin(request: HttpRequest) -> str:
    """Where tries come from: an address, for IPv6 the first one of what a household has."""
    address = network.client_address(request)
    known = network.parsed(address)
    if not isinstance(known, IPv6Address):
        return address
    return str(ip_network((known, network.HOME_V6), strict=False).network_address)


def refuse(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """The page that says until when. It is the same for an address that has no account."""
    until = _until(get_client_username(request, credentials), origin(request))
    minutes = settings.AXES_COOLOFF_TIME // timedelta(minutes=1)
    return _closed(request, until, minutes=minutes)


def refuse_for_now(request: HttpRequest, until: datetime) -> HttpResponse:
    """The same where the slow limits are reached (`casa.accounts.tries`)."""
    return _closed(request, until, is_slowed=True)


def _closed(request: HttpRequest, until: datetime, **context: Any) -> HttpResponse:
    context |= {
        **admin.site.each_context(request),
        "title": _("Too many failed tries"),
        "until": until,
    }
    answer = render(request, "accounts/locked.html", context, status=429)
    answer.headers["Cache-Control"] = http.PRIVATE
    answer.headers["Retry-After"] = str(max(1, int((until - timezone.now()).total_seconds())))
    return answer


def _until(name: str, address: str) -> datetime:
    failed = AccessAttempt.objects.filter(username=name, ip_address=address)
    last = failed.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    return last + settings.AXES_COOLOFF_TIME


def with_lock(users: QuerySet[User]) -> QuerySet[User]:
    """`users`, each knowing as `locked_at` of the last try that keeps it locked, or None."""
    failed = AccessAttempt.objects.filter(
        username=OuterRef("address_key"),
        attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME,
    )
    by_origin = failed.order_by().values("username", "ip_address")
    locked = by_origin.annotate(
        failures=Sum("failures_since_start"), last=Max("attempt_time")
    ).filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    last = Subquery(locked.order_by("-last").values("last")[:1])
    return users.annotate(locked_at=last)


def unlock(users: Iterable[User]) -> list[User]:
    """Let `users` try again at once; those of them who had failed tries."""
    by_name = {user.address_key: user for user in users}
    failed = AccessAttempt.objects.filter(username__in=by_name)
    tried = set(failed.order_by().values_list("username", flat=True))
    failed.delete()
    tried |= {name for name, user in by_name.items() if tries.forget(user)}
    return [user for name, user in by_name.items() if name in tried]


def due(at: datetime) -> Iterator[Due]:
    """The tries that no longer count."""
    yield Due(AccessAttempt.objects.filter(attempt_time__lt=at - settings.AXES_COOLOFF_TIME))
