"""The URL to which the editor sends pasted HTML (static/casa/admin-paste.js)."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from casa.lib.html.sanitizer import clean

LIMIT = 2_000_000  # characters


def may_paste(model_admin: admin.ModelAdmin, request: HttpRequest) -> bool:
    return model_admin.has_add_permission(request) or model_admin.has_change_permission(request)


def clean_paste(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Clean the HTML by the rules that apply when it is saved."""
    return HttpResponse(clean(request.POST.get("html", "")[:LIMIT]))
