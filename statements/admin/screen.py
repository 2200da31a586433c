"""The statement's screen as parts in the order of the work, each with an address of its own.

`change_view` shows them all: which one is read from the URL, so that Django's permissions, history
and hooks are those of one screen. A part's form has the part's fields only, and saves no others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casa.lib.keys import primary_key
from statements.admin import parts
from statements.admin.lead_picture import LeadPictureInline
from statements.admin.texts import TextInline
from statements.admin.times import lazy_time_zone_sentence
from statements.models import Statement

Fieldset = Any  # Django names the type in its stubs only


@dataclass(frozen=True)
class Part:
    """What one address of the screen shows: fields of the statement, and rows that go with it."""

    label: Promise
    fieldsets: tuple[Fieldset, ...] = ()
    inlines: tuple[type[admin.StackedInline], ...] = ()

    @property
    def has_form(self) -> bool:
        return bool(self.fieldsets or self.inlines)

    @property
    def prefixes(self) -> list[str]:
        """The beginnings of the ids of its rows."""
        return [str(one.model._meta.get_field("statement").remote_field.related_name)
                for one in self.inlines]  # fmt: skip


FIRST = "words"
OPENED_FROM = "part"
"""In the address of a page beside the screen: the part that it leads back to."""

NEW: tuple[Fieldset, ...] = ((None, {"fields": (("language", "kind"),)}),)
PARTS = {
    FIRST: Part(
        _("Words"),
        (
            (
                _("What it is"),
                {"fields": (("kind", "language"), ("place", "dated_on"), "topics")},
            ),
        ),
        (TextInline,),
    ),
    "signing": Part(
        _("Who signs and what is asked"),
        (
            (_("Who signs"), {"fields": ("signers", "premoderated", "goal", "logo_row")}),
            (
                _("What the form asks"),
                {
                    "classes": ("asks",),
                    "description": _(
                        "Name and e-mail address are always asked. Ask for little: each question"
                        " costs signatures. What is asked later is asked of those who sign from"
                        " then on."
                    ),
                    "fields": (
                        ("ask_role", "ask_affiliation"),
                        ("ask_city", "ask_country"),
                        ("ask_region", "ask_postal_code"),
                        ("ask_comment", "minimum_age"),
                        ("may_withhold", "shared_mailboxes"),
                        "question_kind",
                        ("question_required", "question_public"),
                    ),
                },
            ),
        ),
        (parts.QuestionInline, parts.ConsentInline),
    ),
    "supporters": Part(
        _("Sharing and thanks"),
        ((_("After signing"), {"fields": (("after_signing", "next_statement"),)}),),
        (parts.SupporterInline,),
    ),
    "dates": Part(
        _("Dates"),
        (
            (
                _("When"),
                {
                    "description": lazy_time_zone_sentence(),
                    "fields": ("publish_at", "signing_opens_at", "signing_closes_at"),
                },
            ),
        ),
    ),
    "addressees": Part(
        _("Addressees and sources"), (), (parts.TargetInline, parts.ReferenceInline)
    ),
    "files": Part(_("Picture and files"), (), (LeadPictureInline, parts.AttachmentInline)),
    "after": Part(
        _("After publication"),
        (),
        (parts.ReleaseInline, parts.UpdateInline, parts.DeliveryInline),
    ),
    "comments": Part(_("Comments and steps")),
}


ALL_FIELDSETS = tuple(one for part in PARTS.values() for one in part.fieldsets)
ALL_INLINES = tuple(one for part in PARTS.values() for one in part.inlines)


def part_of(request: HttpRequest) -> str | None:
    """The name of the part that the request is for; None for one that came by no URL."""
    match = request.resolver_match
    return match.kwargs.get("part", FIRST) if match else None


def fieldsets_for(request: HttpRequest, statement: Statement | None) -> tuple[Fieldset, ...]:
    name = part_of(request)
    if name is None:
        return ALL_FIELDSETS
    return PARTS[name].fieldsets if statement else NEW


def inlines_for(request: HttpRequest) -> tuple[type[admin.StackedInline], ...]:
    name = part_of(request)
    return PARTS[name].inlines if name else ALL_INLINES


def part_url(pk: int, name: str = FIRST, anchor: str = "") -> str:
    """The address of a part, and of something on it."""
    if name == FIRST:
        url = reverse("admin:statements_statement_change", args=[pk])
    else:
        url = reverse("admin:statements_statement_part", args=[pk, name])
    return f"{url}#{anchor}" if anchor else url


def beside(url: str, request: HttpRequest) -> str:
    """The address of a page beside the screen, which leads back to the part that is shown now."""
    name = part_of(request)
    return f"{url}?{OPENED_FROM}={name}" if name not in (None, FIRST) else url


def back_url(request: HttpRequest, statement: Statement) -> str:
    """Where a page beside the screen leads back: the part that it was opened from."""
    name = request.GET.get(OPENED_FROM, FIRST)
    return part_url(statement.pk, name if name in PARTS else FIRST)


def part_with(prefix: str) -> str:
    """The name of the part that has these rows ("attachments"); FIRST if there is none."""
    return next((name for name, part in PARTS.items() if prefix in part.prefixes), FIRST)


def may_open(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement, part: str
) -> bool:
    if part not in PARTS or part == FIRST:  # the first one has Django's own address
        raise Http404
    return model_admin.has_view_or_change_permission(request, statement)


def show_part(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement, part: str
) -> HttpResponse:
    return model_admin.change_view(request, str(statement.pk))


def other_address(request: HttpRequest, object_id: str | None) -> str:
    """Where a row is added that the first part was asked for; "" if it is asked for its own."""
    name = part_with(request.GET.get("more", ""))
    if object_id is None or request.method != "GET" or part_of(request) != FIRST or name == FIRST:
        return ""
    url = part_url(key, name) if (key := primary_key(object_id)) else ""
    return url and f"{url}?{request.GET.urlencode()}"


def screen_context(
    request: HttpRequest, statement: Statement, marks: Mapping[str, Any]
) -> dict[str, Any]:
    """What the template needs of the parts; `part` is the one that is shown."""
    name = part_of(request) or FIRST
    return {
        "title": str(statement),
        "subtitle": PARTS[name].label,
        "part_name": name,
        "part": PARTS[name],
        "parts": [
            {
                "name": one,
                "label": part.label,
                "url": part_url(statement.pk, one),
                "is_current": one == name,
                "mark": marks.get(one),
                "prefixes": " ".join(part.prefixes),
            }
            for one, part in PARTS.items()
        ],
    }
