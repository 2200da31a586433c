"""The screen that orders a statement's lead signatories; the button that adds or removes one."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from casa.accounts.models import staff
from casa.lib.admin import page_context
from casa.lib.concurrent_edits.opened import NAME, remember, remembered
from casa.lib.concurrent_edits.rules import Change
from signatories.core import states
from signatories.leads import placement
from signatories.models import Signature, SignatureEvent
from statements.models import Statement
from statements.permissions import EDIT_ANY, is_visible_to


def may_order(model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement) -> bool:
    """Moderators, of what they may see; editors, who write the statement."""
    may = model_admin.has_change_permission(request) or request.user.has_perm(EDIT_ANY)
    return may and is_visible_to(request.user, statement)


def show_order(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> HttpResponse:
    """Show the lead signatories in their order (GET), or store another order (POST)."""
    wanted = order_from(request.POST) if request.method == "POST" else []
    # Whoever stores an order at this moment goes first, and is seen here.
    with transaction.atomic():
        stored = leads_of(statement, lock=request.method == "POST")
        theirs = _order_meanwhile(request, statement, [one.pk for one in stored], wanted)
        if request.method == "POST" and theirs is None:
            moved = placement.reorder(statement, wanted, by=staff(request))
            text = ngettext("%(n)d name moved.", "%(n)d names moved.", moved) % {"n": moved}
            messages.success(request, text)
            return redirect(request.path)
    places = {pk: place for place, pk in enumerate(wanted)}
    context = page_context(
        model_admin,
        request,
        title=gettext("Order of the lead signatories"),
        statement=statement,
        leads=sorted(stored, key=lambda one: places.get(one.pk, len(places))),
        theirs=stored if theirs else (),
        changed_by=_last_order(stored) if theirs else None,
        opened=remember(_screen(statement), [one.pk for one in stored]),
    )
    return render(request, "admin/signatories/leads.html", context)


def leads_of(statement: Statement, *, lock: bool) -> list[Signature]:
    leads = statement.signatures.leads()
    if lock:
        list(leads.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return list(leads.select_related("organization"))


def _order_meanwhile(
    request: HttpRequest, statement: Statement, stored: list[int], wanted: list[int]
) -> list[int] | None:
    """The stored order, if somebody else made it after this one's page was opened.

    Names that were added or taken out meanwhile put nobody else into another place.
    """
    was = remembered(_screen(statement), request.POST.get(NAME, "")) or []
    both = [pk for pk in stored if pk in was]
    if both == [pk for pk in was if pk in both] and (was or not wanted):
        return None
    return None if [pk for pk in wanted if pk in stored] == stored else stored


def _last_order(leads: list[Signature]) -> Change | None:
    """Who moved one of the names last."""
    told = Q(reason__contains="among the lead signatories")
    told |= Q(reason__contains="among the first names")  # what was told before, and stays
    moves = SignatureEvent.objects.filter(told, signature__in=[one.pk for one in leads])
    last = moves.select_related("by").order_by("-pk").first()
    return Change(str(last.by or ""), last.at) if last else None


def _screen(statement: Statement) -> str:
    return f"order of the lead signatories: {statement.pk}"


def may_place(model_admin: admin.ModelAdmin, request: HttpRequest, signature: Signature) -> bool:
    return may_order(model_admin, request, signature.statement)


def place(
    model_admin: admin.ModelAdmin, request: HttpRequest, signature: Signature
) -> HttpResponse:
    """Put the signature among the lead signatories, or take it out."""
    try:
        if "out" in request.POST:
            placement.take_out(signature, by=staff(request))
            messages.success(request, gettext("Taken from the lead signatories."))
        else:
            placement.make_lead(signature, by=staff(request))
            messages.success(request, gettext("Put last among the lead signatories."))
    except states.StateError:
        text = gettext(
            "This cannot be done now: only a confirmed signature can stand among the lead"
            " signatories, and only under a published statement can it stand elsewhere."
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
            place = float(text) if text.isdecimal() and len(text) < 19 else float("inf")
            places.append((place, len(places), int(key)))
    return [key for _place, _as_shown, key in sorted(places)]
