"""Whose draft is whose, as the admin asks for it."""

from typing import Any

from django.http import HttpRequest

from statements.permissions import may_edit, may_see, visible_to


class OwnDraftsMixin:
    """Authors see and edit their own drafts; what another is still writing does not exist."""

    def get_queryset(self, request: HttpRequest) -> Any:
        return visible_to(request.user, super().get_queryset(request))  # type: ignore[misc]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_view_permission(request, obj)  # type: ignore[misc]
        return allowed and (obj is None or may_see(request.user, obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)  # type: ignore[misc]
        return allowed and (obj is None or may_edit(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)  # type: ignore[misc]
        return allowed and (obj is None or may_edit(request.user, obj))
