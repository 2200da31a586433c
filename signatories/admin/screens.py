"""Lists whose rows lead to screens of their own."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse

from casa.lib.admin import OfficeAdmin, ReadOnlyMixin, Screen, screen_urls


class ScreensAdmin(ReadOnlyMixin, OfficeAdmin):
    """A list for whoever has its permission; what is done with a row is done on its screens."""

    permission: ClassVar[str]
    screens: ClassVar[tuple[Screen, ...]]
    row_screen: ClassVar[str] = "show"
    """The one that Django's page of a row leads to."""

    lookups: ClassVar[frozenset[str]]
    """What may be asked for in the address of the list."""

    show_facets = admin.ShowFacets.NEVER

    def url_of(self, row: Any) -> str:
        name = f"{self.opts.app_label}_{self.opts.model_name}_{self.row_screen}"
        return reverse(f"admin:{name}", args=[row.pk])

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(self.permission)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup in self.lookups

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Leads to the screen of a row in the list that they see."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request, row):
            return super().change_view(request, object_id, form_url, extra_context)
        return redirect(self.url_of(row))

    def get_urls(self) -> list[URLPattern]:
        return [*screen_urls(self, self.screens), *super().get_urls()]
