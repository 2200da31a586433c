"""The screens that put somebody on the list of a round: a list, or one."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from casa.accounts.models import staff
from casa.lib.admin import page_context, say_with_lines
from signatories.admin.rounds.forms import ListForm, PersonForm
from signatories.leads.understanding import (
    NotUnderstood,
    Understood,
    understand_file,
    understand_text,
)
from signatories.models import InvitationRound
from signatories.rounds import adding
from signatories.rounds.adding import Added

MOST_LINES = 5 * adding.MOST
"""So many lines of a list are read while a colleague waits; a signatory may take several."""

NAMED = 20
"""So many names are told in a message; the rest by number."""


def show_list(
    model_admin: admin.ModelAdmin, request: HttpRequest, asking: InvitationRound
) -> HttpResponse:
    """The form for a list (GET); reads it and puts on the list what was understood (POST)."""
    initial = {"language": asking.statement.language, "asked_by": staff(request).pk}
    form = ListForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _add(request, asking, form):
        return redirect("admin:signatories_invitationround_people", asking.pk)
    title = gettext("Add a list")
    return _page(model_admin, request, asking, form, title, which="list")


def _add(request: HttpRequest, asking: InvitationRound, form: ListForm) -> bool:
    data, file = form.cleaned_data, form.cleaned_data["file"]
    try:
        understood = _understand(form)
        if understood.refusal:
            form.add_error("file" if file else "text", _with_a_way_out(understood.refusal))
            return False
        added = adding.add_lines(
            asking, understood.lines, by=staff(request), language=data["language"],
            asked_by=data["asked_by"],
        )  # fmt: skip
    except (NotUnderstood, adding.FullError) as error:
        form.add_error("file" if file else "text", str(error))
        return False
    say(request, added)
    _say_notes(request, [note for _line, note in understood.notes])
    return True


def _say_notes(request: HttpRequest, notes: list[str]) -> None:
    if len(notes) == 1:
        messages.info(request, notes[0])
    elif notes:
        told = gettext("%(number)d remarks on how the list was read")
        say_with_lines(request, messages.INFO, told % {"number": len(notes)}, notes)


def _understand(form: ListForm) -> Understood:
    if file := form.cleaned_data["file"]:
        return understand_file(file.read(), name=file.name or "", most=MOST_LINES)
    return understand_text(form.cleaned_data["text"].encode(), most=MOST_LINES)


def _with_a_way_out(refusal: str) -> str:
    told = gettext("Give the columns headings such as Name, Organization, Role and E-mail.")
    return f"{refusal} {told}"


def say(request: HttpRequest, added: Added) -> None:
    """Tell what became of a list."""
    number = len(added.invitations)
    if number:
        told = ngettext("%(number)d is on the list now.", "%(number)d are on the list now.", number)
        messages.success(request, told % {"number": number})
    if added.waiting:
        told = ngettext(
            "%(number)d line waits for your yes: it was not read with certainty.",
            "%(number)d lines wait for your yes: they were not read with certainty.",
            added.waiting,
        )
        messages.warning(request, told % {"number": added.waiting})
    left_out = [_left_out(why, names) for why, names in added.left_out.items()]
    if len(left_out) == 1:
        messages.warning(request, left_out[0])
    elif left_out:
        left = sum(map(len, added.left_out.values()))
        told = ngettext("%(number)d was left out", "%(number)d were left out", left)
        say_with_lines(request, messages.WARNING, told % {"number": left}, left_out)
    if not number and not added.left_out:
        messages.info(request, gettext("Nobody was added."))


def _left_out(why: Any, names: list[str]) -> str:
    more = f" (+{len(names) - NAMED})" if len(names) > NAMED else ""
    return f"{why} {'; '.join(names[:NAMED])}{more}"


def show_one(
    model_admin: admin.ModelAdmin, request: HttpRequest, asking: InvitationRound
) -> HttpResponse:
    """The form for one more (GET); puts them on the list (POST)."""
    initial = {"language": asking.statement.language, "asked_by": staff(request).pk,
               "kind": "organization"}  # fmt: skip
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _add_one(request, asking, form):
        return redirect("admin:signatories_invitationround_people", asking.pk)
    return _page(model_admin, request, asking, form, gettext("Add one"), which="one")


def _add_one(request: HttpRequest, asking: InvitationRound, form: PersonForm) -> bool:
    data = form.cleaned_data
    try:
        added = adding.add_one(
            asking, form.entry(), by=staff(request), language=data["language"],
            asked_by=data["asked_by"],
        )  # fmt: skip
    except adding.FullError as error:
        form.add_error(None, str(error))
        return False
    if not added.invitations:
        for why, names in added.left_out.items():
            form.add_error(None, f"{why} {'; '.join(names)}")
        return False
    (one,) = added.invitations
    if data["note"]:
        one.note = data["note"]
        one.save(update_fields=["note"])
    say(request, added)
    return True


def _page(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    asking: InvitationRound,
    form: Any,
    title: str,
    *,
    which: str,
) -> HttpResponse:
    context = page_context(model_admin, request, title=title, asking=asking, form=form, which=which)
    status = 422 if form.is_bound else 200
    return render(request, "admin/signatories/invitationround/add.html", context, status=status)
