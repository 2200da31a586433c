"""The screen that shows a statement as visitors would see it, before they can.

It holds a frame, or two, with the page itself. That page can run nothing, open nothing and send
nothing, so whoever looks at it cannot sign by mistake.
"""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from casa.lib.admin import Screen, page_context
from casa.lib.dead_pages import Decorator, as_dead_page, visitors_request
from statements import coming
from statements.admin import screen
from statements.admin.texts import language_name
from statements.models import Edition, Rendition, Statement
from statements.permissions import may_see
from statements.public.statement_pages import made_anew

PHONE, COMPUTER = "360", "1280"
BOTH = "both"
WIDTHS = {BOTH: _("Side by side"), PHONE: _("On a phone"), COMPUTER: _("On a computer")}

with_own_frames: Decorator = csp_update({"frame-src": [SELF]})


def may_look(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement, **captured: Any
) -> bool:
    return may_see(request.user, statement)


@with_own_frames
@require_safe
def _show(
    request: HttpRequest, model_admin: admin.ModelAdmin, statement: Statement
) -> HttpResponse:
    editions = coming.coming_editions(statement)
    width = request.GET.get("width", "")
    language = _chosen_language(request, statement)
    context = page_context(
        model_admin,
        request,
        title=_("Preview"),
        statement=statement,
        editions=editions,
        is_changed=any(edition.pk is None for edition in editions),
        languages=[_language_link(code, editions) for code in dict(settings.LANGUAGES)],
        language=language,
        widths=WIDTHS,
        width=width if width in WIDTHS else BOTH,
        address=reverse("admin:statements_statement_preview_page", args=[statement.pk, language]),
        back=screen.back_url(request, statement),
        opened_from=request.GET.get(screen.OPENED_FROM, screen.FIRST),
        is_nav_sidebar_enabled=False,
    )
    return render(request, "admin/statements/preview.html", context)


def _chosen_language(request: HttpRequest, statement: Statement) -> str:
    offered = dict(settings.LANGUAGES)
    asked = request.GET.get("language", ""), statement.language
    return next((code for code in asked if code in offered), settings.LANGUAGE_CODE)


def _language_link(code: str, editions: list[Edition]) -> dict[str, Any]:
    is_translated = any(edition.language == code for edition in editions)
    return {"code": code, "name": language_name(code), "is_translated": is_translated}


@as_dead_page
@xframe_options_sameorigin
@require_safe
def _show_page(request: HttpRequest, statement: Statement, language: str) -> HttpResponse:
    """The page itself, in one language of the site."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    editions = coming.coming_editions(statement)
    if not editions:
        raise Http404
    with translation.override(language):
        visitors = visitors_request(request, editions[0].statement.get_absolute_url())
        response = HttpResponse(made_anew(visitors, editions, in_preview=True))
    response.headers["Content-Language"] = language
    # Links within the page lead there; the others would open a window, which the frame may not.
    response.content = response.text.replace('href="#', 'target="_self" href="#')
    return response


@require_safe
def _show_picture(request: HttpRequest, statement: Statement, rendition: int) -> FileResponse:
    of_statement = Rendition.objects.filter(attachment__statement=statement)
    found = get_object_or_404(of_statement, pk=rendition)
    return FileResponse(found.file.open(), content_type=found.content_type)


SCREENS = (
    Screen(
        "preview", "<int:pk>/preview/",
        lambda model_admin, request, statement: _show(request, model_admin, statement),
        may_look, of=Statement,
    ),
    Screen(
        "preview_page", "<int:pk>/preview/<slug:language>/",
        lambda model_admin, request, statement, language: _show_page(request, statement, language),
        may_look, of=Statement,
    ),
    Screen(
        "preview_picture", "<int:pk>/preview/pictures/<int:rendition>/",
        lambda model_admin, request, statement, rendition: _show_picture(
            request, statement, rendition
        ),
        may_look, of=Statement,
    ),
)  # fmt: skip
