"""Cleans what is pasted into the editor, by the rules that apply when it is saved."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from casa.lib.html.sanitizer import clean

LIMIT = 2_000_000  # characters


class PasteMixin:
    """Adds the address that the editor sends pasted HTML to (static/casa/admin-paste.js)."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.paste_view))  # type: ignore[attr-defined]
        return [
            path("pasted/", view, name="statements_statement_pasted"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def paste_view(self, request: HttpRequest) -> HttpResponse:
        allowed = self.has_add_permission(request) or self.has_change_permission(request)  # type: ignore[attr-defined]
        if not allowed:
            raise PermissionDenied
        return HttpResponse(clean(request.POST.get("html", "")[:LIMIT]))
