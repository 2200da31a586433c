"""The screen that orders a statement's first names, and the button that adds or removes one."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from casa.accounts.models import staff
from casa.lib.admin import page_context
from signatories.core import states
from signatories.leads import placement
from signatories.models import Signature
from statements.models import Statement
from statements.permissions import EDIT_ANY, is_visible_to


def may_order(model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement) -> bool:
    """Moderators, of what they may see; editors, who write the statement."""
    may = model_admin.has_change_permission(request) or request.user.has_perm(EDIT_ANY)
    return may and is_visible_to(request.user, statement)


def show_order(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> HttpResponse:
    """Show the first names in their order (GET), or store another order (POST)."""
    if request.method == "POST":
        moved = placement.reorder(statement, order_from(request.POST), by=staff(request))
        text = ngettext("%(n)d name moved.", "%(n)d names moved.", moved) % {"n": moved}
        messages.success(request, text)
        return redirect(request.path)
    context = page_context(
        model_admin,
        request,
        title=gettext("Order of the first names"),
        statement=statement,
        leads=statement.signatures.leads().select_related("organization"),
    )
    return render(request, "admin/signatories/leads.html", context)


def may_place(model_admin: admin.ModelAdmin, request: HttpRequest, signature: Signature) -> bool:
    return may_order(model_admin, request, signature.statement)


def place(
    model_admin: admin.ModelAdmin, request: HttpRequest, signature: Signature
) -> HttpResponse:
    """Put the signature among the first names, or take it out."""
    try:
        if "out" in request.POST:
            placement.take_out(signature, by=staff(request))
            messages.success(request, gettext("Taken from the first names."))
        else:
            placement.make_lead(signature, by=staff(request))
            messages.success(request, gettext("Put last among the first names."))
    except states.StateError:
        text = gettext(
            "This cannot be done now: only a confirmed signature can stand among the first"
            " names, and only under a published statement can it stand elsewhere."
        )
        messages.error(request, text)
    return redirect(reverse("admin:signatories_signature_change", args=[signature.pk]))


def button_context(
    model_admin: admin.ModelAdmin, request: HttpRequest, signature: Signature
) -> dict[str, bool]:
    """Whether the signature's screen has the button, and what it does."""
    is_lead = signature.lead_position is not None
    can_be = signature.state == Signature.State.CONFIRMED
    allowed = may_place(model_admin, request, signature)
    return {"is_lead": is_lead, "lead_button": allowed and (is_lead or can_be)}


def order_from(data: Any) -> list[int]:
    """The keys in `lead-<key>-position`, ordered by the submitted numbers; no number goes last."""
    places: list[tuple[float, int, int]] = []
    for name, value in data.items():
        key = name.removeprefix("lead-").removesuffix("-position")
        if key.isdecimal() and len(key) < 19:
            text = value.strip()
            place = float(text) if text.isdecimal() else float("inf")
            places.append((place, len(places), int(key)))
    return [key for _place, _as_shown, key in sorted(places)]
