"""The back office in the languages of the site: each browser keeps its own.

The addresses of the office are the same in all, so that links in mails and between colleagues open
in the reader's language. `/az/admin/…` chooses Azerbaijani and leads on to `/admin/…`.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, re_path
from django.views.decorators.http import require_safe

from casa.lib import http, languages

KEPT_FOR = 365 * 24 * 3600  # seconds


@http.private
@require_safe
def choose(request: HttpRequest, code: str, rest: str) -> HttpResponse:
    """Keep the language, and go on to the same page of the office."""
    query = request.META.get("QUERY_STRING", "")
    response = redirect(f"{settings.OFFICE_PATH}{rest}" + (f"?{query}" if query else ""))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=KEPT_FOR,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def urls() -> list[URLPattern]:
    codes = "|".join(code for code, _name in languages.of_office())
    route = rf"^(?P<code>{codes}){settings.OFFICE_PATH}(?P<rest>.*)$"
    return [re_path(route, choose, name="office_in_language")]
