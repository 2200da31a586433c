"""The list “Before you publish” on the statement's screen: each finding leads to its field."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from casa.accounts.models import staff
from statements import link_checks
from statements.admin.screen import part_url
from statements.before_publishing import Finding, findings
from statements.models import Statement
from statements.translations import language_states


@dataclass(frozen=True)
class Line:
    sentence: str
    url: str
    part: str
    blocks: bool


def before_context(request: HttpRequest, statement: Statement) -> dict[str, Any]:
    """`before`: its lines, or None where nothing is about to be published."""
    if not _is_about_to_be_published(statement):
        return {"before": None, "before_blocks": 0}
    lines = [_line(statement, finding) for finding in findings(statement, staff(request))]
    return {
        "links": _links(statement),
        "before": lines,
        "before_blocks": sum(line.blocks for line in lines),
    }


def _links(statement: Statement) -> dict[str, Any] | None:
    """How many links there are, and when they were looked at; None where there is nothing to do."""
    number = len(link_checks.links_of(statement))
    if not (number and settings.LINK_CHECK):
        return None
    rows = link_checks.looked_at(statement)
    return {
        "number": number,
        "looked_at": link_checks.last_look(rows),
        "waits": any(row.waits for row in rows.values()),
    }


def may_check(model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement) -> bool:
    return model_admin.has_change_permission(request, statement)


def check_links(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> HttpResponse:
    if link_checks.ask_for(statement):
        told = gettext("The links are being looked at. Open this page again in a minute.")
        messages.success(request, told)
    else:
        messages.warning(request, gettext("There is no link to look at."))
    return redirect(part_url(statement.pk))


def marks(lines: list[Line] | None) -> dict[str, dict[str, int]]:
    """For each part how many lines lead there, and how many of them block."""
    found = Counter(line.part for line in lines or ())
    blocking = Counter(line.part for line in lines or () if line.blocks)
    return {part: {"all": number, "blocks": blocking[part]} for part, number in found.items()}


def _is_about_to_be_published(statement: Statement) -> bool:
    if statement.is_unpublished:
        return True
    correctable = statement.status in {Statement.Status.PUBLISHED, Statement.Status.CLOSED}
    states = language_states(statement, statement.texts.all()) if correctable else []
    return any(state.waits for state in states)


def _line(statement: Statement, finding: Finding) -> Line:
    url = part_url(statement.pk, finding.part, _anchor(statement, finding.field))
    return Line(finding.sentence, url, finding.part, finding.blocks)


def _anchor(statement: Statement, field: str) -> str:
    """The id of the field on its part."""
    if field.startswith("texts:"):
        return _anchor_of_text(statement, *field.split(":")[1:])
    if field.startswith("attachments:"):
        pk, name = field.split(":")[1:]
        keys = [str(one.pk) for one in statement.attachments.all()]
        return f"id_attachments-{keys.index(pk)}-{name}"
    if field in ROWS:
        return f"{field}-group"
    return f"id_{field}_0" if field in MOMENTS else f"id_{field}"


ROWS = {"targets", "references", "attachments"}
MOMENTS = {"publish_at", "signing_opens_at", "signing_closes_at"}
"""Fields with a control for the day and one for the time."""


def _anchor_of_text(statement: Statement, language: str, name: str) -> str:
    """Stored texts come first, then the languages that are missing, the original before others."""
    written = [text.language for text in statement.texts.all()]
    missing = [code for code, _name in settings.LANGUAGES if code not in written]
    missing.sort(key=lambda code: code != statement.language)
    order = [*written, *missing]
    number = order.index(language)
    return f"id_texts-{number}-{name}" if language in written else f"texts-{number}"
