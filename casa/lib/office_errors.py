"""Refusals of the back office for whoever works there: in its own frame, with a way on."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext


def is_in_office(request: HttpRequest) -> bool:
    """Whether a member of staff who is signed in asked for a page of the back office."""
    is_there = request.path.startswith(settings.OFFICE_PATH) and hasattr(request, "user")
    return is_there and admin.site.has_permission(request)


def page(request: HttpRequest, status: int) -> HttpResponse:
    """The page for 403 and 404."""
    titles = {403: gettext("You may not see this page"), 404: gettext("This page does not exist")}
    context = {**admin.site.each_context(request), "title": titles[status], "status": status}
    return render(request, "admin/error.html", context, status=status)
