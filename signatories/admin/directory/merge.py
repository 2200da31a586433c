"""Two organizations or more become one: which one stays, what moves, then done."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import page_context
from signatories.admin.decisions import numbers
from signatories.models import COUNTED, Organization, Signature
from signatories.organizations import carried, merging
from signatories.organizations.merging import Preview
from statements.models import Statement
from statements.permissions import is_visible_to

PERMISSION = "signatories.verify_organization"
SHOWN = 50
"""Statements that are listed."""


def may_merge(model_admin: admin.ModelAdmin, request: HttpRequest, **captured: Any) -> bool:
    return staff(request).has_perm(PERMISSION)


def address_of(organizations: list[int]) -> str:
    ids = ",".join(str(pk) for pk in sorted(organizations))
    return f"{reverse('admin:signatories_organization_merge')}?{urlencode({'ids': ids})}"


def begin(model_admin: Any, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
    """The action of the list."""
    pks = list(chosen.order_by("pk").values_list("pk", flat=True)[: merging.MOST + 1])
    if len(pks) < 2:
        told = gettext("Choose two organizations or more.")
    elif len(pks) > merging.MOST:
        told = gettext("At most %(most)s organizations are merged at once.")
        told %= {"most": merging.MOST}
    else:
        return HttpResponseRedirect(address_of(pks))
    model_admin.message_user(request, told, messages.WARNING)
    return None


def show_merge(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """What a merge would move (GET); merge (POST)."""
    data = request.POST if request.method == "POST" else request.GET
    keys = numbers(data.get("ids", ""))[: merging.MOST]
    counted = Count("signatures", filter=Q(signatures__state="confirmed") & _of("signatures"))
    rows = Organization.objects.filter(pk__in=keys).select_related("merged_into")
    organizations = list(rows.annotate(counted=counted).order_by("pk"))
    stays = _stays(organizations, data.get("stays", ""))
    if request.method == "POST" and stays:
        answer = _merge(request, stays, organizations)
        if answer is not None:
            return answer
    found, why = None, gettext("Choose two organizations or more.")
    if stays:
        try:
            found = merging.preview(stays, [one for one in organizations if one != stays])
        except merging.RefusedError as refused:
            why = str(refused)
    context = page_context(
        model_admin,
        request,
        title=_("Merge organizations"),
        organizations=organizations,
        ids=",".join(str(one.pk) for one in organizations),
        stays=stays,
        why="" if found else why,
        preview=found,
        **(preview_context(request, found) if found else {}),
    )
    return render(request, "admin/signatories/organization/merge.html", context)


def _of(path: str) -> Q:
    return Q(**{f"{path}__{name}": value for name, value in COUNTED.children})  # type: ignore[misc]


def _stays(organizations: list[Any], chosen: str) -> Any:
    """The one that was chosen, or that seems best: checked, with more signatures, the older."""
    by_key = {str(one.pk): one for one in organizations}
    if chosen in by_key:
        return by_key[chosen]
    verified = Organization.Verification.VERIFIED
    here = [one for one in organizations if one.verification != Organization.Verification.REJECTED]
    return max(
        here or organizations,
        key=lambda one: (one.verification == verified, one.counted, -one.pk),
        default=None,
    )


def _merge(request: HttpRequest, stays: Any, organizations: list[Any]) -> HttpResponse | None:
    others = [one for one in organizations if one != stays]
    try:
        change = merging.merge(stays, others, by=staff(request), seen=request.POST.get("seen", ""))
    except merging.RefusedError as refused:
        if done := _already(stays, others):
            messages.info(request, gettext("It is merged already."))
            return redirect("admin:signatories_organization_moved", done)
        messages.error(request, str(refused))
        return None
    except merging.ChangedError:
        told = gettext("Somebody changed something while you looked. Look at it again, then merge.")
        messages.warning(request, told)
        return None
    messages.success(request, gettext("Merged. It can be undone on this page."))
    return redirect("admin:signatories_organization_moved", change.pk)


def _already(stays: Organization, others: list[Organization]) -> int | None:
    """The key of the merge that a second click asks for again."""
    for change in stays.changes.filter(verb="merge", state="done")[:5]:
        if set(change.others().values_list("pk", flat=True)) == {one.pk for one in others}:
            return change.pk
    return None


def title_of(request: HttpRequest, statement: Statement) -> str:
    """Its title; a colleague's draft has none for others."""
    if is_visible_to(request.user, statement):
        return str(statement)
    return gettext("A colleague's draft")


def in_words(states: Any) -> str:
    """ "3 confirmed, 1 hidden", in the order of the states."""
    labels = dict(Signature.State.choices)
    found = [f"{states[one]} {str(labels[one]).lower()}" for one in labels if states[one]]
    return ", ".join(found)


def preview_context(request: HttpRequest, found: Preview) -> dict[str, Any]:
    statements = [effect.statement for effect in found.effects]
    titles = {one.pk: title_of(request, one) for one in statements}
    seen = {one.pk for one in statements if is_visible_to(request.user, one)}
    return {
        "moving": in_words(found.states),
        "moving_number": found.states.total(),
        "effects": [
            (titles[one.statement.pk], in_words(one.moving), one) for one in found.effects[:SHOWN]
        ],
        "more_effects": max(0, len(found.effects) - SHOWN),
        "doubled": [
            (titles[move.signature.statement_id], move, move.signature.statement_id in seen)
            for move in found.doubled[:SHOWN]
        ],
        "more_doubled": max(0, len(found.doubled) - SHOWN),
        "filled": list(filled_in_words(found.filled)),
    }


def filled_in_words(filled: dict[str, list[Any]]) -> Any:
    """(label, before, after) of what the one that stays takes over."""
    for name in carried.COLUMNS:
        if name in filled:
            field: Any = Organization._meta.get_field(name)
            yield (field.verbose_name, *(_shown(name, value) for value in filled[name]))


def _shown(name: str, value: Any) -> str:
    if name == "verified_at":
        moment = carried.of_json(name, value)
        return date_format(localtime(moment)) if moment else ""
    field: Any = Organization._meta.get_field(name)
    return str(dict(field.flatchoices).get(value, value)) if value else ""
