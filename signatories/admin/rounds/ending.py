"""Ends a round before its deadline, or reopens it: what that does is said first."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from casa.accounts.models import staff
from casa.lib.admin import page_context
from signatories.models import InvitationRound
from signatories.rounds import settings

END, REOPEN = "end", "reopen"


def show(
    model_admin: admin.ModelAdmin, request: HttpRequest, asking: InvitationRound
) -> HttpResponse:
    """How many links stop, or work again (GET); ends or reopens it, once (POST)."""
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    if verb in (END, REOPEN):
        _say(request, asking, verb)
        return redirect("admin:signatories_invitationround_people", asking.pk)
    is_ended = asking.ended_at is not None
    context = page_context(
        model_admin, request, asking=asking, links=settings.answerable(asking),
        title=gettext("Reopen the round?") if is_ended else gettext("End the round now?"),
        leaving=asking.invitations.exclude(due="").count(), verb=REOPEN if is_ended else END,
    )  # fmt: skip
    return render(request, "admin/signatories/invitationround/end.html", context)


def _say(request: HttpRequest, asking: InvitationRound, verb: str) -> None:
    number = settings.answerable(asking)
    if verb == END and settings.end(asking, by=staff(request)):
        told = ngettext(
            "Ended. %(number)d link takes no answer any more, and no reminder leaves.",
            "Ended. %(number)d links take no answer any more, and no reminder leaves.",
            number,
        )
    elif verb == REOPEN and settings.reopen(asking):
        if asking.deadline <= timezone.now():
            told = gettext("Reopened. The deadline has passed: move it, so that the links work.")
            messages.warning(request, told)
            return
        told = ngettext(
            "Reopened. %(number)d link takes an answer until the deadline.",
            "Reopened. %(number)d links take answers until the deadline.",
            number,
        )
    else:
        messages.info(request, gettext("Nothing was done: somebody else was faster."))
        return
    messages.success(request, told % {"number": number})
