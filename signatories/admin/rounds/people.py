"""The list of a round: who has not answered, and who of us rings them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Case, When
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User, staff
from casa.lib.admin import page_context
from casa.lib.keys import primary_key
from signatories.core import invited
from signatories.models import Invitation, InvitationQuerySet, InvitationRound
from signatories.rounds import adding, editing, sending, settings

State = Invitation.State
PER_PAGE = 200
NOBODY, SILENT = "none", "silent"
TICKED, LISTED = "ticked", "listed"
"""What is noted of: of those ticked, or of all that the filters leave."""

SORTS = {
    "": ("name", _("name")),
    "state": ("state", _("state")),
    "asker": ("asked_by__name", _("who of us asks")),
    "contact": ("contact", _("longest without a word from us")),
}
VERBS: dict[str, tuple[Any, Callable[[Invitation, User], bool]]] = {
    "accept": (_("They may be asked"), lambda one, by: invited.accept(one, by=by)),
    "called": (_("We rang them"), lambda one, by: invited.note_called(one, by=by)),
    "promise": (_("Said yes by telephone"), lambda one, by: invited.promise(one, by=by)),
    "decline": (_("Declined by telephone"), lambda one, by: invited.decline(one, by=by)),
    "sent": (_("I sent the link myself"), lambda one, by: invited.note_sent_by_hand(one, by=by)),
    "reopen": (_("Take back what we noted"), lambda one, by: invited.reopen(one, by=by)),
}
"""What can be noted of those ticked: its label, and the verb, which says whether it did it."""


def show(
    model_admin: admin.ModelAdmin, request: HttpRequest, asking: InvitationRound
) -> HttpResponse:
    """The list (GET); notes something of those ticked, or who asks them (POST)."""
    if request.method == "POST":
        _act(request, asking)
        return redirect(request.get_full_path())
    rows = _chosen(request, asking)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counted = settings.by_state(asking)
    context = page_context(
        model_admin, request, title=asking.title, asking=asking, page=page,
        counts=[(one.value, one.label, counted[one]) for one in State if counted[one]],
        silent=sum(counted[one] for one in Invitation.SILENT_STATES), total=sum(counted.values()),
        shown=request.GET.get("state", ""), asker=request.GET.get("asker", ""),
        sort=_sort(request), sorts=[(key, label) for key, (_field, label) in SORTS.items()],
        colleagues=_colleagues(asking), everybody=User.objects.filter(is_active=True),
        chosen=page.paginator.count, is_filtered=_is_filtered(request),
        verbs=[(key, label) for key, (label, _verb) in VERBS.items()],
        **_sending(asking),
    )  # fmt: skip
    return render(request, "admin/signatories/invitationround/people.html", context)


def _sending(asking: InvitationRound) -> dict[str, Any]:
    return {
        "obstacle": sending.obstacle(asking),
        "to_ask": sending.to_ask(asking).count(),
        "to_remind": sending.to_remind(asking).count(),
        "leaving": asking.invitations.exclude(due="").count(),
    }


def _sort(request: HttpRequest) -> str:
    typed = request.GET.get("sort", "")
    return typed if typed in SORTS else ""


def _chosen(request: HttpRequest, asking: InvitationRound) -> InvitationQuerySet:
    """The rows that the filters leave, in their order; what they are sorted by is unique."""
    rows: Any = Invitation.objects.filter(round=asking).with_state().with_times()
    rows = rows.select_related("asked_by", "answered_by").annotate(shown_name=_shown_name())
    state, asker = request.GET.get("state", ""), request.GET.get("asker", "")
    if state == SILENT:
        rows = rows.filter(state__in=Invitation.SILENT_STATES)
    elif state in State.values:
        rows = rows.filter(state=state)
    if asker == NOBODY:
        rows = rows.filter(asked_by=None)
    elif key := primary_key(asker):
        rows = rows.filter(asked_by=key)
    if _sort(request) == "contact":
        return rows.by_last_word()
    if field := SORTS[_sort(request)][0] if _sort(request) else "":
        return rows.order_by(field, "shown_name", "pk")
    return rows.order_by("shown_name", "pk")


def _shown_name() -> Case:
    """What the list calls them by, in one order of people and organizations."""
    return Case(
        When(kind=Invitation.Kind.ORGANIZATION, then=Lower("organization")),
        default=Lower("name"),
    )


def _colleagues(asking: InvitationRound) -> list[tuple[str, str]]:
    """Who asks somebody on the list, for the filter."""
    known = User.objects.filter(pk__in=asking.invitations.values("asked_by")).order_by("name")
    return [(str(one.pk), one.name or str(one)) for one in known]


def _is_filtered(request: HttpRequest) -> bool:
    return bool(request.GET.get("state") or request.GET.get("asker"))


@transaction.atomic
def _act(request: HttpRequest, asking: InvitationRound) -> None:
    """Do what was pressed with those it is about, and say with how many it did something."""
    rows = _meant(request, asking)
    verb = request.POST.get("verb", "")
    if not rows:
        return
    if verb == "assign":
        _assign(request, rows)
    elif verb == "remove":
        _remove(request, rows)
    elif verb in VERBS:
        done = sum(VERBS[verb][1](one, staff(request)) for one in rows)
        _say(request, done, len(rows) - done)


def _meant(request: HttpRequest, asking: InvitationRound) -> list[Invitation]:
    """Those ticked, or all of the list with its filters, if they are as many as it said."""
    if request.POST.get("of") == LISTED:
        rows = list(_chosen(request, asking)[: adding.MOST])
        if request.POST.get("counted") == str(len(rows)):
            return rows
        messages.warning(request, gettext("The list has changed since. Look at the number again."))
        return []
    numbers = [primary_key(pk) for pk in request.POST.getlist("ids")[: adding.MOST]]
    rows = list(asking.invitations.filter(pk__in=numbers))
    if not rows:
        messages.warning(request, gettext("Tick those it is about first. Nothing was done."))
    return rows


def _assign(request: HttpRequest, rows: list[Invitation]) -> None:
    key = request.POST.get("asked_by", "")
    to = User.objects.filter(is_active=True, pk=primary_key(key)).first()
    if key and to is None:
        messages.warning(request, gettext("Choose a colleague. Nothing was done."))
        return
    _say(request, editing.assign([one.pk for one in rows], to), 0)


def _remove(request: HttpRequest, rows: list[Invitation]) -> None:
    for one in rows:
        settings.remove(one)
    told = ngettext(
        "%(number)d is off the list; their link opens nothing any more.",
        "%(number)d are off the list; their links open nothing any more.",
        len(rows),
    )
    messages.success(request, told % {"number": len(rows)})


def _say(request: HttpRequest, done: int, left: int) -> None:
    if done:
        told = ngettext("Noted of %(number)d.", "Noted of %(number)d.", done)
        messages.success(request, told % {"number": done})
    if left:
        told = ngettext(
            "%(number)d stays as it was: it was noted before, or they answered by themselves.",
            "%(number)d stay as they were: it was noted before, or they answered by themselves.",
            left,
        )
        messages.info(request, told % {"number": left})
