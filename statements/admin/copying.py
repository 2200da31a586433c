"""A statement as the pattern for the next one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from casa.accounts.models import staff
from statements import copying
from statements.models import Statement
from statements.permissions import may_see


class CopyMixin:
    """Adds "Copy as a new draft" to the statement's admin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.copy_view))  # type: ignore[attr-defined]
        return [
            path("<int:pk>/copy/", view, name="statements_statement_copy"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        statement = get_object_or_404(Statement, pk=pk)
        allowed = self.has_add_permission(request)  # type: ignore[attr-defined]
        if not (allowed and may_see(request.user, statement)):
            raise PermissionDenied
        draft = copying.copy_as_draft(statement, by=staff(request))
        told = gettext("This is the copy: words, settings, addressees and citations. Change them.")
        messages.success(request, told)
        return redirect("admin:statements_statement_change", draft.pk)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_copy"] = self.has_add_permission(request)  # type: ignore[attr-defined]
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]
