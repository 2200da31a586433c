"""How the site is running, for administrators: what `manage.py doctor` finds, on a page."""

from collections.abc import Iterable

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from casa.office.own_screens import OwnScreens
from casa.operations import alarms, findings
from casa.operations.conditions import label_of
from casa.operations.findings import Level
from casa.operations.models import Alarm

LATELY = 10
"""Alarms that are over and still told."""

SCREENS = OwnScreens("operations", "casa/admin-operations.css", "operations.view_signoflife")


def urls(site: AdminSite) -> list[URLPattern]:
    return [path("operations/", site.admin_view(how_it_runs), name="operations")]


def how_it_runs(request: HttpRequest) -> HttpResponse:
    """Asks the mail server and the site's own address when the button is pressed alone: each may
    take many seconds.
    """
    SCREENS.require(request)
    asks_others = request.method == "POST"
    found = findings.examine(asks_others=asks_others)
    return SCREENS.page(
        request, "overview", title=_("How the site is running"), findings=found,
        broken=sum(finding.level == Level.BROKEN for finding in found),
        to_look_at=sum(finding.level == Level.LOOK for finding in found),
        asked_others=asks_others, alarms_on=_labelled(alarms.on()),
        alarms_lately=_labelled(alarms.lately()[:LATELY]),
    )  # fmt: skip


def _labelled(found: Iterable[Alarm]) -> list[tuple[str, Alarm]]:
    return [(label_of(alarm.name), alarm) for alarm in found]
