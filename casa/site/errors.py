"""Error pages in the look of the site, each with a way on."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from casa.lib import http, office_errors
from casa.site import limits


@http.private
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return limits.too_large(request)
    return render(request, "400.html", status=400)


@http.private
@require_safe
def too_large(request: HttpRequest) -> HttpResponse:
    """Serves nginx, which refuses what is larger than anything that we take (deploy/nginx.conf)."""
    return limits.too_large(request)


@http.private
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if office_errors.is_in_office(request):
        return office_errors.page(request, 403)
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    return (_not_found_in_office if office_errors.is_in_office(request) else _not_found)(request)


@http.private
def _not_found_in_office(request: HttpRequest) -> HttpResponse:
    return office_errors.page(request, 404)


@http.public
def _not_found(request: HttpRequest) -> HttpResponse:
    return render(request, "404.html", status=404)


@http.private
def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without context processors, since one of them may be what failed."""
    return HttpResponse(render_to_string("500.html"), status=500)
