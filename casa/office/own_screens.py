"""Screens of the back office that belong to no model: who may see them, and what they share."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casa.accounts.models import User, staff


@dataclass(frozen=True)
class OwnScreens:
    """The screens of one folder of templates below `admin/`; each extends `admin/own_screen.html`.

    `style` is their style sheet, `permission` what all of them ask for.
    """

    folder: str
    style: str
    permission: str

    def are_for(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)

    def require(self, request: HttpRequest) -> User:
        """Whoever asks. Raises PermissionDenied."""
        if not self.are_for(request):
            raise PermissionDenied
        return staff(request)

    def page(
        self, request: HttpRequest, template: str, *, title: str, **context: Any
    ) -> HttpResponse:
        shared = {**admin.site.each_context(request), "title": title, "style": self.style}
        return render(request, f"admin/{self.folder}/{template}.html", shared | context)
