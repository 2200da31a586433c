"""Who brought how many signers by their own link, under one statement."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.translation import gettext

from signatories.core import referrals
from statements.models import Statement

MOST = 100


class BringerPagesMixin(admin.ModelAdmin):
    def bringer_urls(self) -> list[URLPattern]:
        """Needs `view_signature`: the page says names, and no address."""
        page = self.admin_site.admin_view(self.bringers_view)
        return [path("bringers/<int:statement_pk>/", page, name="signatories_signature_bringers")]

    def bringers_view(self, request: HttpRequest, statement_pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        statement = get_object_or_404(Statement, pk=statement_pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Who brought others"),
            "statement": statement,
            "bringers": referrals.bringers(statement, MOST),
            "most": MOST,
        }
        return render(request, "admin/signatories/bringers.html", context)
