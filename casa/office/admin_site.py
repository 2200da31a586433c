"""The back office: Django's admin under the coalition's name."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_q.models import Failure, OrmQ, Schedule, Success, Task

from casa.accounts import sign_in, views
from casa.appearance import reading
from casa.lib import alphabets, http
from casa.office import passwords
from casa.office.typed_text import without_invisible_characters
from casa.unsaved import views as unsaved


class CasaAdminSite(admin.AdminSite):
    index_title = _("Back office")

    def each_context(self, request: Any) -> dict[str, Any]:
        name = reading.words().name
        return {**super().each_context(request), "site_title": name, "site_header": name}

    def get_app_list(self, request: Any, app_label: str | None = None) -> list[Any]:
        """Apps, and the models in each, by the alphabet of the reader's language."""
        found: list[Any] = super().get_app_list(request, app_label)
        for app in found:
            app["models"].sort(key=_by_name)
        return sorted(found, key=_by_name)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        from casa.office import dashboard  # noqa: PLC0415 - the site is made before the models

        return super().index(request, {"dashboard": dashboard.of(request), **(extra_context or {})})

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from casa.office import (  # noqa: PLC0415
            help_pages,
            letters,
            my_mails,
            operations,
            pasting,
            report,
            retention,
        )
        from casa.office.history import views as history  # noqa: PLC0415
        from casa.office.search import views as search  # noqa: PLC0415

        # Ours come first: the history pages stand in front of Django's.
        pages = [*unsaved.urls(self), *help_pages.urls(self), *my_mails.urls(self)]
        others = [
            *pasting.urls(self),
            *operations.urls(self),
            *retention.urls(self),
            *letters.urls(self),
            *report.urls(self),
            *search.urls(self),
            *history.urls(self),
        ]
        ours = [*self._sign_in_urls(), *pages, *others]
        urls = [*ours, *super().get_urls()]
        _keep_by_nobody(urls)
        return urls

    def login(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        view = sign_in.PasswordView.as_view(extra_context=extra_context)
        return never_cache(view)(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return super().admin_view(without_invisible_characters(view), cacheable)

    def _sign_in_urls(self) -> list[URLPattern | URLResolver]:
        key = "password_reset"
        return [
            path("login/code/", sign_in.CodeView.as_view(), name="login_code"),
            path("second-factor/", self.admin_view(views.second_factor_page), name="second_factor"),
            path("password-reset/", passwords.AskView.as_view(), name=key),
            path("password-reset/sent/", passwords.AskedView.as_view(), name=f"{key}_done"),
            path(
                "password-reset/<uidb64>/<token>/",
                passwords.ChooseView.as_view(),
                name=f"{key}_confirm",
            ),
            path("password-reset/done/", passwords.ChosenView.as_view(), name=f"{key}_complete"),
        ]


def _by_name(listed: dict[str, Any]) -> str:
    return alphabets.key(str(listed["name"]), get_language() or "")


def _keep_by_nobody(urls: Sequence[URLPattern | URLResolver]) -> None:
    """Give every page of the admin, and of whoever adds one, the private cache policy."""
    for entry in urls:
        if isinstance(entry, URLResolver):
            _keep_by_nobody(entry.url_patterns)
        else:
            entry.callback = http.private(entry.callback)


def hide_engine_rooms() -> None:
    """Take tables out of the back office that are not staff's to change.

    The task engine's: what staff need to see, mail that waits or failed, is in the outbox. The
    second factor's secrets: each has a page for their own. Groups: what a role may do is said
    once, in casa/office/roles.py.
    """
    for model in (Task, Failure, OrmQ, Schedule, Success, TOTPDevice, StaticDevice, Group):
        if admin.site.is_registered(model):
            admin.site.unregister(model)
