"""What the admin screens of all apps share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin, helpers
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from js_asset import Media, Script

from casa.lib import deletion
from casa.lib.concurrent_edits.admin import ConcurrentEditsAdmin
from casa.lib.html.left_out import sentence
from casa.lib.html.sanitizer import left_out_of
from casa.lib.long_lists import LongList

CHECKBOX = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'
MOST_IN_MESSAGE = 20
MOST_LINES = 100  # under one message, which a cookie or a session carries to the next page


class OfficeAdmin(ConcurrentEditsAdmin):
    """What every screen of the back office is.

    A list is called what it lists, and a record what it is: Django's "Select statement to change"
    and "Change statement" are said to nobody outside the code.
    """

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[LongList]:
        return LongList

    def action_checkbox(self, obj: Model) -> SafeString:
        """As Django's, without a template for each row: those took a fifth of a list's time."""
        label = gettext("Select this object for an action - {}").format(obj)
        return format_html(CHECKBOX, helpers.ACTION_CHECKBOX_NAME, obj.pk, label)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        context = {"title": capfirst(self.opts.verbose_name), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """Says what would go along, what would stay, and what forbids it, by numbers."""
        found = deletion.consequences(context["object"])
        context |= {"consequences": found, "many": deletion.COUNTED}
        return super().render_delete_form(request, context)


@dataclass(frozen=True)
class Screen:
    """A page that a ModelAdmin has beside those of Django; its URL is named app_model_name.

    `permission` and `view` are called with the ModelAdmin, the request, the row of `of` whose
    primary key the route captures as `key` (404 if there is none), and the other values that the
    route captures. Without `of` there is no row.
    """

    name: str
    route: str
    view: Callable[..., HttpResponseBase]
    permission: Callable[..., bool]
    of: type[Model] | None = None
    key: str = "pk"
    post_only: bool = False


def screen_urls(model_admin: ModelAdmin, screens: Iterable[Screen]) -> list[URLPattern]:
    """URL patterns of the screens: for staff who are logged in, never cached, with CSRF token."""
    prefix = f"{model_admin.opts.app_label}_{model_admin.opts.model_name}"
    wrap = model_admin.admin_site.admin_view
    return [
        path(screen.route, wrap(_screen_view(model_admin, screen)), name=f"{prefix}_{screen.name}")
        for screen in screens
    ]


def _screen_view(model_admin: ModelAdmin, screen: Screen) -> Callable[..., HttpResponseBase]:
    def view(request: HttpRequest, **captured: Any) -> HttpResponseBase:
        rows: tuple[Model, ...] = ()
        if screen.of is not None:
            rows = (get_object_or_404(screen.of, pk=captured.pop(screen.key)),)
        if not screen.permission(model_admin, request, *rows, **captured):
            raise PermissionDenied
        return screen.view(model_admin, request, *rows, **captured)

    return require_POST(view) if screen.post_only else view


def page_context(model_admin: ModelAdmin, request: HttpRequest, **context: Any) -> dict[str, Any]:
    """What the templates of the admin site need, and `context`."""
    return {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, **context}


def add_editor_media(request: HttpRequest, context: dict[str, Any]) -> None:
    """Give the rich-text editor what cleans pasted text, and its inline import map the nonce that
    the site's CSP asks for."""
    # Whoever may only look, and a part of a screen without words, gets Django's own media.
    if isinstance(context["media"], Media):
        media = context["media"] + Media(js=[_paste_script()])
        context["media"] = media.with_nonce(request.csp_nonce)  # type: ignore[attr-defined]
    else:
        context["media"] += forms.Media(js=[_paste_script()])  # pictures wait to become files


def _paste_script() -> Script:
    words = {
        "data-failed": gettext(
            "The site did not answer, so nothing was pasted. Paste it again, or sign in again in"
            " another tab first."
        ),
        "data-long": gettext("This is too long to paste at once."),
        "data-offer": gettext("Add it to the files"),
        "data-offered": gettext("It waits among the files"),
        "data-back": gettext("Put it back at the cursor"),
        "data-returned": gettext("Put back"),
    }
    address = reverse("admin:pasted")
    return Script("casa/admin-paste.js", defer=True, **{"data-address": address, **words})


def say_what_was_left_out(request: HttpRequest, form: Any, formsets: Iterable[Any]) -> None:
    """Tell who saved rich texts what was left out of them; where a script runs, pasting told."""
    rows = [form.instance, *(one.instance for formset in formsets for one in formset.forms)]
    things = [thing for row in rows for thing in left_out_of(row)]
    if said := sentence(things):
        shown = [one for one in things[:MOST_IN_MESSAGE] if one.words]
        messages.warning(
            request, render_to_string("admin/pasted.html", {"sentence": said, "things": shown})
        )


def say_with_lines(request: HttpRequest, level: int, sentence: str, lines: Iterable[str]) -> None:
    """One message for many lines, which are folded under its sentence."""
    shown = list(lines)[:MOST_LINES]
    context = {"sentence": sentence, "lines": shown}
    messages.add_message(request, level, render_to_string("admin/folded.html", context))


class EditorMediaMixin:
    """For a form with rich texts: the editor's media, and what a save left out of the words."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        say_what_was_left_out(request, form, formsets)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        add_editor_media(request, context)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


class ReadOnlyMixin:
    """Rows that nobody adds, changes or deletes on the screen."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
