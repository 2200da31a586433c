"""Asks or reminds by mail: what is about to leave, and to how many; stops it."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from casa.accounts.models import staff
from casa.lib.admin import page_context
from signatories.models import Invitation, InvitationRound
from signatories.rounds import sending

Due = Invitation.Due


def show(
    model_admin: admin.ModelAdmin, request: HttpRequest, asking: InvitationRound, due: str
) -> HttpResponse:
    """How many are about to be written to (GET); lets the mails leave, once (POST)."""
    if due not in Due.values:
        raise Http404
    if told := sending.obstacle(asking):
        messages.error(request, told)
        return _list(asking)
    rows = sending.to_ask(asking) if due == Due.ASK else sending.to_remind(asking)
    number = rows.count()
    if not number:
        messages.info(request, _nobody(due))
        return _list(asking)
    if request.method == "POST":
        if request.POST.get("counted") == str(number):
            _let_go(request, asking, due)
            return _list(asking)
        messages.error(request, gettext("The list has changed since. Look at the number again."))
    title = gettext("Ask them now?") if due == Due.ASK else gettext("Remind them now?")
    context = page_context(
        model_admin, request, title=title, asking=asking, due=due, number=number,
        names=[str(one) for one in rows.order_by("organization", "name", "pk")[:50]],
    )  # fmt: skip
    return render(request, "admin/signatories/invitationround/send.html", context)


def _nobody(due: str) -> str:
    if due == Due.ASK:
        return gettext("Everybody with an address was asked already. No mail was sent now.")
    return gettext(
        "Nobody is to be reminded: each answered, or had a mail within the last 24 hours. No mail"
        " was sent now."
    )


def _let_go(request: HttpRequest, asking: InvitationRound, due: str) -> None:
    number = sending.begin(asking, due, by=staff(request))
    told = ngettext(
        "%(number)d mail leaves within a minute.", "%(number)d mails leave within minutes.", number
    )
    messages.success(request, told % {"number": number})


def stop(
    model_admin: admin.ModelAdmin, request: HttpRequest, asking: InvitationRound
) -> HttpResponse:
    """Stops all mails of the round, or lets them leave again."""
    if "resume" in request.POST:
        if sending.resume(asking):
            messages.success(request, gettext("Mails may leave again, reminders by the clock too."))
    else:
        number = sending.stop(asking)
        told = ngettext(
            "Stopped. %(number)d mail was held back; no reminder leaves by itself.",
            "Stopped. %(number)d mails were held back; no reminder leaves by itself.",
            number,
        )
        messages.success(request, told % {"number": number})
    return _list(asking)


def _list(asking: InvitationRound) -> HttpResponse:
    return redirect("admin:signatories_invitationround_people", asking.pk)
