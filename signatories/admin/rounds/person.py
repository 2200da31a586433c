"""One on the list of a round: what is known of them, their private link, what happened."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from casa.accounts.models import staff
from casa.lib.admin import page_context
from casa.lib.http import absolute
from signatories.admin.rounds import people
from signatories.admin.rounds.forms import PersonForm, mark_of
from signatories.models import Invitation, InvitationRound
from signatories.rounds import editing, sending, settings
from statements import previews

State = Invitation.State


def show(
    model_admin: admin.ModelAdmin, request: HttpRequest, asking: InvitationRound, invitation: int
) -> HttpResponse:
    """What is known of one (GET); saves it, notes an answer, or takes them off the list (POST)."""
    rows = asking.invitations.with_state().with_times()
    one = get_object_or_404(rows.select_related("link", "asked_by", "answered_by"), pk=invitation)
    form = PersonForm(request.POST if "save" in request.POST else None, instance=one)
    if request.method == "POST":
        if "save" not in request.POST:
            return _act(request, asking, one)
        if form.is_valid() and _save(request, form, invitation):
            return redirect(request.get_full_path())
    return _page(model_admin, request, asking, form, invitation)


def _save(request: HttpRequest, form: PersonForm, pk: int) -> bool:
    stored = Invitation.objects.get(pk=pk)
    if form.cleaned_data["seen"] != mark_of(stored):
        form.add_error(
            None,
            gettext(
                "Somebody else changed this meanwhile. What you typed stands below and is not"
                " saved; save again to put it in place of theirs."
            ),
        )
        form.data = {**form.data.dict(), "seen": mark_of(stored)}  # type: ignore[attr-defined]
        return False
    if not form.has_changed():
        messages.info(request, gettext("Nothing was changed."))
        return True
    try:
        editing.save(form.instance, by=staff(request))
    except editing.TakenError:
        told = gettext("Another one on the list has this address.")
        form.add_error("email", told)
        return False
    messages.success(request, gettext("Saved."))
    if stored.needs_check:
        messages.warning(request, gettext("They still wait for your yes: “They may be asked”."))
    if "email" in form.changed_data and form.instance.email:
        told = gettext("The link that went to the old address opens nothing any more.")
        messages.info(request, told)
    return True


def _act(request: HttpRequest, asking: InvitationRound, one: Invitation) -> HttpResponse:
    verb = request.POST.get("verb", "")
    if verb == "remove":
        settings.remove(one)
        told = gettext("%(name)s is off the list; their link opens nothing any more.")
        messages.success(request, told % {"name": one.displayed_name})
        return redirect("admin:signatories_invitationround_people", asking.pk)
    if verb in people.VERBS:
        if people.VERBS[verb][1](one, staff(request)):
            messages.success(request, gettext("Noted."))
        else:
            told = gettext("It stays as it was: it was noted before, or they answered themselves.")
            messages.info(request, told)
    return redirect(request.get_full_path())


def _verbs(one: Any) -> list[tuple[str, Any]]:
    """What can be noted of somebody in their state."""
    by_us = one.answer in ("declined", "promised") and one.answered_by_id is not None
    fits = {
        "called": one.state != State.ERASED,
        "accept": one.needs_check,
        "promise": one.state not in (State.SIGNED, State.PROMISED, State.DECLINED, State.ERASED),
        "decline": one.state not in (State.SIGNED, State.DECLINED, State.ERASED),
        "sent": one.sent_at is None and not one.needs_check and not one.answer and one.email,
        "reopen": by_us,
    }
    return [(key, label) for key, (label, _verb) in people.VERBS.items() if fits[key]]


def _page(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    asking: InvitationRound,
    form: PersonForm,
    pk: int,
) -> HttpResponse:
    rows = asking.invitations.with_state().with_times()
    one: Any = rows.select_related("link", "asked_by", "answered_by").get(pk=pk)
    can_be_sent = one.email and not one.needs_check and not sending.obstacle(asking)
    context = page_context(
        model_admin, request, title=one.displayed_name, asking=asking, one=one, form=form,
        address=absolute(previews.path_of(one.link)) if can_be_sent else "",
        state_label=State(one.state).label, verbs=_verbs(one),
        events=one.events.select_related("by"),
    )  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "admin/signatories/invitationround/person.html", context, status=status)
