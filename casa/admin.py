"""The back office: Django's admin under the coalition's name."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _
from django_q.models import Failure, OrmQ, Schedule, Success, Task

from casa.lib import http


class CasaAdminSite(admin.AdminSite):
    site_title = settings.SITE_NAME
    site_header = settings.SITE_NAME
    index_title = _("Back office")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        urls = super().get_urls()
        _keep_by_nobody(urls)
        return urls


def _keep_by_nobody(urls: Sequence[URLPattern | URLResolver]) -> None:
    """Give every page of the admin, and of whoever adds one, the private cache policy."""
    for entry in urls:
        if isinstance(entry, URLResolver):
            _keep_by_nobody(entry.url_patterns)
        else:
            entry.callback = http.private(entry.callback)


def hide_engine_rooms() -> None:
    """Take the task engine's tables out of the back office: its tasks are not staff's to run.

    What staff need to see of it, mail that waits or failed, is in the outbox.
    """
    for model in (Task, Failure, OrmQ, Schedule, Success):
        if admin.site.is_registered(model):
            admin.site.unregister(model)
