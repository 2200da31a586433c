"""Closing an account for a while after failed tries to sign in; django-axes does the counting."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.accounts.models import User
from casa.lib import http
from casa.lib.addresses import mailboxes
from casa.lib.network import client_address


def username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name tries are counted under: the address, however it is spelled."""
    given = (credentials or request.POST).get("username") or ""
    return mailboxes.sought(str(given)).lower()[:255]


def refuse(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """The page that says until when. It is the same for an address that has no account."""
    until = _until(get_client_username(request, credentials), client_address(request))
    context = {
        **admin.site.each_context(request),
        "title": _("Too many failed tries"),
        "until": until,
        "minutes": settings.AXES_COOLOFF_TIME // timedelta(minutes=1),
    }
    answer = render(request, "accounts/locked.html", context, status=429)
    answer.headers["Cache-Control"] = http.PRIVATE
    answer.headers["Retry-After"] = str(max(1, int((until - timezone.now()).total_seconds())))
    return answer


def _until(name: str, address: str) -> datetime:
    tries = AccessAttempt.objects.filter(username=name, ip_address=address)
    last = tries.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    return last + settings.AXES_COOLOFF_TIME


def with_lock(users: QuerySet[User]) -> QuerySet[User]:
    """`users`, each knowing as `locked_at` of the last try that keeps it locked, or None."""
    tries = AccessAttempt.objects.filter(
        username=OuterRef("lower_email"),
        attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME,
    )
    by_origin = tries.order_by().values("username", "ip_address")
    locked = by_origin.annotate(
        failures=Sum("failures_since_start"), last=Max("attempt_time")
    ).filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    last = Subquery(locked.order_by("-last").values("last")[:1])
    return users.annotate(lower_email=Lower("email")).annotate(locked_at=last)


def unlock(users: Iterable[User]) -> list[User]:
    """Let `users` try again at once; those of them who had failed tries."""
    by_name = {user.email.lower(): user for user in users}
    tries = AccessAttempt.objects.filter(username__in=by_name)
    tried = set(tries.order_by().values_list("username", flat=True))
    tries.delete()
    return [user for name, user in by_name.items() if name in tried]


def purge() -> int:
    """Forget the tries that no longer count; a schedule calls it every day."""
    past = timezone.now() - settings.AXES_COOLOFF_TIME
    count, _models = AccessAttempt.objects.filter(attempt_time__lt=past).delete()
    return count
