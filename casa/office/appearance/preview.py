"""The draft of the appearance, on the front page and on a statement, for staff alone."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from casa.appearance import publishing, reading
from casa.appearance.looks import Look
from casa.appearance.views import served
from casa.lib.admin import page_context
from casa.lib.dead_pages import as_dead_page, visitors_request
from statements.admin.preview import WIDTHS, with_own_frames
from statements.admin.texts import language_name
from statements.models import Statement
from statements.public.statement_pages import made_anew
from statements.public.views import home
from statements.reading import current_editions

PAGES = {"home": _("Front page"), "statement": _("A statement")}
BOTH = "both"


def draft_look() -> Look:
    content = publishing.content_of(publishing.draft())
    return Look(f"draft-{publishing.mark_of(content)}", content, _address_of_draft)


def _address_of_draft(filename: str) -> str:
    return reverse("admin:appearance_appearance_picture", args=[filename])


@with_own_frames
@require_safe
def _show(request: HttpRequest, model_admin: admin.ModelAdmin) -> HttpResponse:
    page = _chosen(request, "page", PAGES)
    language = _chosen(request, "language", dict(settings.LANGUAGES))
    context = page_context(
        model_admin,
        request,
        title=_("Preview of the appearance"),
        is_changed=publishing.is_changed(publishing.draft()),
        seen=publishing.mark_of(publishing.content_of(publishing.draft())),
        pages=PAGES,
        page=page,
        languages={code: language_name(code) for code, _name in settings.LANGUAGES},
        language=language,
        widths=WIDTHS,
        width=_chosen(request, "width", WIDTHS),
        address=reverse("admin:appearance_appearance_preview_page", args=[page, language]),
        is_nav_sidebar_enabled=False,
    )
    return render(request, "admin/appearance/appearance/preview.html", context)


def _chosen(request: HttpRequest, name: str, offered: dict[str, Any]) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in offered else next(iter(offered))


@as_dead_page
@xframe_options_sameorigin
@require_safe
def _show_page(request: HttpRequest, page: str, language: str) -> HttpResponse:
    """The page itself, with what visitors may see of it now."""
    if language not in dict(settings.LANGUAGES) or page not in PAGES:
        raise Http404
    look = draft_look()
    with translation.override(language), reading.held(look):
        html = MAKERS[page](request)
    # Links would open a window, which the frame may not.
    html = html.replace("<head>", '<head><base target="_blank">', 1)
    response = HttpResponse(html, headers={"Content-Language": language})
    response.shown_look = look  # type: ignore[attr-defined]
    return response


def _home(request: HttpRequest) -> str:
    answer = home(visitors_request(request, reverse("statements:home")))
    return cast("HttpResponse", answer).text


def _statement(request: HttpRequest) -> str:
    newest = Statement.objects.public().newest_first().first()
    if newest is None:
        return str(_("There is no public statement yet."))
    visitors = visitors_request(request, newest.get_absolute_url())
    return made_anew(visitors, current_editions(newest.slug), in_preview=True)


MAKERS: dict[str, Callable[[HttpRequest], str]] = {"home": _home, "statement": _statement}


@require_safe
def _show_picture(request: HttpRequest, filename: str) -> FileResponse:
    size = draft_look().size(filename)
    if size is None:
        raise Http404
    response = served(filename, size["content_type"])
    del response.headers["Cache-Control"]  # the back office says its own
    return response


def show(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponseBase:
    return _show(request, model_admin)


def show_page(
    model_admin: admin.ModelAdmin, request: HttpRequest, page: str, language: str
) -> HttpResponseBase:
    return _show_page(request, page, language)


def show_picture(
    model_admin: admin.ModelAdmin, request: HttpRequest, filename: str
) -> HttpResponseBase:
    return _show_picture(request, filename)
