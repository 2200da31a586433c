"""The list of a round as a CSV file, which no spreadsheet takes for formulas.

The private links are not in it: each opens the words for whoever holds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.csv import streamed
from signatories.models import ExportLog, Invitation, InvitationRound

COLUMNS = {
    "kind": _("who is asked"),
    "organization": _("organization"),
    "name": _("name"),
    "role": _("role"),
    "email": _("e-mail address"),
    "phone": _("telephone"),
    "language": _("language"),
    "state": _("state"),
    "asked_by": _("who of us asks"),
    "sent_at": _("asked"),
    "opened_at": _("opened"),
    "reminders": _("reminders"),
    "rung_at": _("rung"),
    "signed_at": _("signed"),
    "answered_at": _("answered"),
    "reason": _("reason for declining"),
    "note": _("note"),
}


def give(
    model_admin: admin.ModelAdmin, request: HttpRequest, asking: InvitationRound
) -> StreamingHttpResponse:
    rows = Invitation.objects.filter(round=asking).with_state().with_times()
    found = list(rows.select_related("asked_by").order_by("organization", "name", "pk"))
    ExportLog.objects.create(
        by=staff(request), statement=asking.statement, columns=list(COLUMNS), rows=len(found)
    )
    answer = StreamingHttpResponse(
        streamed(_table(found), bom=True), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="round-{asking.pk}.csv"'
    return answer


def _table(found: list[Any]) -> Iterator[list[object]]:
    yield list(COLUMNS.values())
    for one in found:
        yield [_cell(one, name) for name in COLUMNS]


def _cell(one: Any, name: str) -> object:
    if name == "kind":
        return one.get_kind_display()
    if name == "state":
        return Invitation.State(one.state).label
    if name == "asked_by":
        return (one.asked_by.name or str(one.asked_by)) if one.asked_by else ""
    if name == "signed_at":
        return _moment(one.signed_at or one.organization_signed_at)
    value = getattr(one, name)
    return _moment(value) if name.endswith("_at") else value


def _moment(value: Any) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""
