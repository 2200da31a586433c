"""When a session ends; and where a second factor is required, nothing works without one."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from casa.accounts import second_factor, sessions

# What somebody who has yet to set one up needs, by the names of the addresses.
OPEN = frozenset({
    "login", "login_code", "logout", "second_factor", "jsi18n", "password_reset",
    "password_reset_done", "password_reset_confirm", "password_reset_complete",
})  # fmt: skip


class SessionEndMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(settings.OFFICE_PATH):
            sessions.go_on_or_end(request)
        return self.get_response(request)


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponseBase | None:
        user: Any = request.user
        if not settings.SECOND_FACTOR_REQUIRED or not request.path.startswith(
            reverse("admin:index")
        ):
            return None
        match = request.resolver_match
        is_open = match is not None and match.namespace == "admin" and match.url_name in OPEN
        if is_open or not user.is_authenticated or user.is_verified():
            return None
        if second_factor.is_set_up(user):  # the session is older than that
            logout(request)
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return redirect("admin:second_factor")
