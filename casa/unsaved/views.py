"""Pages and answers about what was typed and not saved."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casa.lib import http
from casa.unsaved import drafts, holding, naming, opened, pages
from casa.unsaved.models import Reason


def urls(site: admin.AdminSite) -> list[URLPattern]:
    view = site.admin_view
    return [
        path("unsaved/", view(show), name="unsaved"),
        path("unsaved/keep/", view(keep), name="unsaved_keep"),
        path("unsaved/session/", session, name="session"),
        path("unsaved/signed-in/", view(signed_in), name="signed_in"),
    ]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose token is out of date; who typed it gets it back."""
    if not holding.is_office(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    answer = pages.refusal(Reason.CSRF)
    if request.resolver_match and request.resolver_match.url_name in ("login", "login_code"):
        return pages.not_saved(request, Reason.CSRF, status=403, address="", is_own=False)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """All that is kept of one's own (GET); forgets one (POST)."""
    user: Any = request.user
    if request.method == "POST":
        holding.forget(user.pk, request.POST.getlist("key"))
        messages.success(request, gettext("It is discarded."))
        back = request.POST.get("back", "")
        is_ours = back.startswith("/") and not back.startswith("//") and "\\" not in back
        return redirect(back if is_ours else "admin:unsaved")
    kept = [
        {
            "held": one,
            "name": naming.name_of(request, one.page),
            "words": [pages.plain(word) for word in naming.written(one)],
        }
        for one in holding.all_of(user.pk)
    ]
    context = {**admin.site.each_context(request), "title": gettext("Not saved"), "kept": kept}
    return render(request, "admin/unsaved/list.html", context)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Takes what a browser kept of a page that was closed; says where it is filled in."""
    user: Any = request.user
    form = opened.read(request)
    if form is None or form.user != user.pk:
        return JsonResponse({"address": ""}, status=409)
    fields, moment = holding.fields_of(request.POST), _moment(request)
    row = holding.hold(user.pk, form.page, fields, Reason.CLOSED, typed_at=moment)
    return JsonResponse({"address": holding.page_filled(form.page, row.key) if row else ""})


def _moment(request: HttpRequest) -> datetime | None:
    """When it was typed, by the browser's clock."""
    try:
        return datetime.fromtimestamp(int(request.POST.get("_at", "")) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


@http.private
@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """Who is signed in, asked before a form is sent; with the token that it then needs."""
    user: Any = request.user
    if not user.is_authenticated:
        return JsonResponse({"account": "", "token": ""})
    return JsonResponse({"account": drafts.account_mark(user.pk), "token": get_token(request)})


@require_safe
def signed_in(request: HttpRequest) -> HttpResponse:
    """Where signing in leads that was done for a form in another tab."""
    context = {**admin.site.each_context(request), "title": gettext("You are signed in")}
    return render(request, "admin/unsaved/signed_in.html", context)
