"""How the work is done here, for a new colleague: one page inside the back office."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _


def urls(site: AdminSite) -> list[URLPattern]:
    def how_we_publish(request: HttpRequest) -> HttpResponse:
        """Open to all staff: it shows nobody's data."""
        context = {
            **site.each_context(request),
            "title": _("How we publish"),
            "time_zone": settings.TIME_ZONE,
            "version": settings.VERSION,
        }
        return render(request, "admin/help/how_we_publish.html", context)

    return [path("how-we-publish/", site.admin_view(how_we_publish), name="how_we_publish")]
