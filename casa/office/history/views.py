"""History pages, and the file. They stand in front of the ones that Django's admin has."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casa.accounts.models import User, staff
from casa.appearance.models import Appearance
from casa.office.history import others
from casa.office.history.accounts import of_account
from casa.office.history.entries import Entry
from casa.office.history.export import as_file
from casa.office.history.statement import history_of
from casa.pages.models import FreePage, SitePage
from signatories.models import InvitationRound, Organization, Signature, UpdateMailing
from statements.models import Statement

PER_PAGE = 50
OF: dict[type[models.Model], Callable[[Any], list[Entry]]] = {
    Statement: history_of,
    Organization: others.of_organization,
    Signature: others.of_signature,
    SitePage: others.of_site_page,
    FreePage: others.of_free_page,
    Appearance: others.of_appearance,
    UpdateMailing: others.of_mailing,
    InvitationRound: others.of_round,
    User: of_account,
}


def urls(site: AdminSite) -> list[URLPattern]:
    """Serves every model that keeps its history, under the name of Django's own page."""
    found = []
    for model, model_admin in site._registry.items():
        if model not in OF and not hasattr(model, "history"):
            continue
        meta = model._meta
        view = site.admin_view(_page_for(model_admin))
        address = f"{meta.app_label}/{meta.model_name}/<int:pk>/history/"
        found.append(path(address, view, name=f"{meta.app_label}_{meta.model_name}_history"))
        if model is Statement:
            file = site.admin_view(_file_for(model_admin))
            found.append(
                path(f"{address}export/", file, name="statements_statement_history_export")
            )
    return found


def _page_for(model_admin: ModelAdmin) -> Callable[..., HttpResponse]:
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        row = _asked_for(model_admin, request, pk)
        entries = OF.get(type(row), others.of_any)(row)[::-1]
        meta = model_admin.opts
        context = {
            **model_admin.admin_site.each_context(request),
            "title": _("History: %(name)s") % {"name": row},
            "opts": meta,
            "object": row,
            "module_name": capfirst(str(meta.verbose_name_plural)),
            "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
            "can_export": isinstance(row, Statement),
        }
        return render(request, "admin/history/page.html", context)

    return page


def _file_for(model_admin: ModelAdmin) -> Callable[..., HttpResponse]:
    def file(request: HttpRequest, pk: int) -> HttpResponse:
        statement = _asked_for(model_admin, request, pk)
        name = f"history-{statement.slug}-{timezone.localdate():%Y-%m-%d}.html"
        return HttpResponse(
            as_file(statement, by=staff(request)),
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    return file


def _asked_for(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> Any:
    """The row, for whoever may change it; a statement also for whoever may read all drafts."""
    row: Any = model_admin.get_object(request, str(pk))
    if row is None:
        raise Http404
    reads_all = not isinstance(row, Statement) or request.user.has_perm(
        "statements.edit_any_statement"
    )
    may_read = model_admin.has_view_permission(request, row) and reads_all
    if not (may_read or model_admin.has_change_permission(request, row)):
        raise PermissionDenied
    return row
