"""What the admin screens of all apps share."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from js_asset import Media


class BoundedPaginator(Paginator):
    """Counts no further than `LIMIT`: counting a million rows takes longer than showing fifty."""

    LIMIT = 10_000

    @cached_property
    def count(self) -> int:
        return self.object_list[: self.LIMIT].count()  # type: ignore[attr-defined]


class EditorMediaMixin:
    """Gives the rich-text editor's inline import map the nonce that the site's CSP asks for."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        # Whoever may only look gets a page without the editor, and with Django's own media.
        if isinstance(context["media"], Media):
            context["media"] = context["media"].with_nonce(request.csp_nonce)  # type: ignore[attr-defined]
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


class ReadOnlyMixin:
    """Rows that are looked at and never typed in, whoever looks."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
