"""The screen of a decision on many: what it would do, how far it is, stopped and undone."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from casa.accounts.models import staff
from casa.lib.admin import page_context
from signatories.admin.decisions import LEFT, ReasonForm, preview_context
from signatories.admin.filters import STATEMENT_TITLES
from signatories.models import Decision, DecisionRow, Organization, Signature
from signatories.moderation import bulk, decisions_on_many
from signatories.moderation.criteria import Criteria
from statements.permissions import of_visible_statements

REFRESH = 3  # seconds
SAMPLE = 12
PERMISSIONS = {
    False: "signatories.moderate_signature",
    True: "signatories.verify_organization",
}
State, Outcome = Decision.State, DecisionRow.Outcome


def may_see(model_admin: admin.ModelAdmin, request: HttpRequest, decision: Decision) -> bool:
    user = staff(request)
    seen = model_admin.get_queryset(request).filter(pk=decision.pk)
    return user.has_perm(PERMISSIONS[decision.is_of_organizations]) and seen.exists()


def show_progress(
    model_admin: admin.ModelAdmin, request: HttpRequest, decision: Decision
) -> HttpResponse:
    """What it would do, or how far it has come (GET); begins, stops, goes on, undoes (POST)."""
    form = ReasonForm(None, verb=decision.verb)
    if request.method == "POST":
        if request.POST.get("verb") != "begin":
            _act(request, decision)
            return redirect("admin:signatories_decision_progress", decision.pk)
        form = ReasonForm(request.POST, verb=decision.verb)
        if form.is_valid() and _begin(request, decision, form.cleaned_data["reason"]):
            return redirect("admin:signatories_decision_progress", decision.pk)
    is_draft = decision.state == State.DRAFT
    context = page_context(
        model_admin,
        request,
        title=str(decision),
        decision=decision,
        label=decision.get_verb_display(),
        form=form,
        criteria=[]
        if decision.criteria is None
        else list(Criteria.read(decision.criteria).in_words()),
        **(_draft(request, decision) if is_draft else _under_way(request, decision)),
    )
    return render(request, "admin/signatories/decision/progress.html", context)


def _act(request: HttpRequest, decision: Decision) -> None:
    verb, told = request.POST.get("verb", ""), ""
    if verb == "stop" and decisions_on_many.stop(decision):
        told = gettext("Stopped. What was done stays done.")
    elif verb == "resume" and decisions_on_many.resume(decision):
        told = gettext("It goes on where it was stopped.")
    elif verb == "undo" and decisions_on_many.undo(decision, by=staff(request)):
        told = gettext("It is being undone, row by row.")
    elif verb == "discard" and decisions_on_many.discard(decision):
        told = gettext("Discarded. Nothing was changed.")
    if told:
        messages.success(request, told)
    else:
        messages.warning(request, gettext("Nothing was done: somebody else was faster."))


def _begin(request: HttpRequest, decision: Decision, reason: str) -> bool:
    """Whether the page is done with; False to look at it again, with a message."""
    found = _preview(request, decision)
    if decision.state == State.DRAFT and request.POST.get("counted") != str(found.changing):
        told = gettext("The number has changed since. Look at it again, then decide.")
        messages.error(request, told)
        return False
    if not decisions_on_many.begin(decision, by=staff(request), reason=reason):
        messages.warning(request, gettext("Nothing was done: somebody else was faster."))
    return True


def _rows(request: HttpRequest, decision: Decision) -> Any:
    """The signatures or organizations that it is for, of what this member of staff may see."""
    if decision.is_of_organizations:
        return Organization.objects.filter(decision_rows__decision=decision)
    found = Signature.objects.filter(decision_rows__decision=decision)
    if decision.criteria is not None and decision.state == State.DRAFT:
        found = Criteria.read(decision.criteria).rows()
    return of_visible_statements(staff(request), found)


def _preview(request: HttpRequest, decision: Decision) -> bulk.Preview:
    look = bulk.preview_organizations if decision.is_of_organizations else bulk.preview
    return look(_rows(request, decision), decision.verb)


def _draft(request: HttpRequest, decision: Decision) -> dict[str, Any]:
    found = _preview(request, decision)
    sample = []
    if decision.criteria is not None:
        rows = _rows(request, decision).filter(state__in=Signature.LIVE_STATES)
        newest = rows.select_related("organization", "statement").prefetch_related(STATEMENT_TITLES)
        sample = list(newest.order_by("-pk")[:SAMPLE])
    return {**preview_context(request, found), "sample": sample, "is_draft": True}


def _under_way(request: HttpRequest, decision: Decision) -> dict[str, Any]:
    undoes = decision.state in (State.UNDOING, State.UNDO_STOPPED, State.UNDONE)
    seen = decision.undone + decision.kept if undoes else decision.done + decision.left
    expected = decision.done if undoes else decision.chosen
    finished = decision.state in (State.DONE, State.UNDONE)
    moves = decision.state in Decision.AT_WORK
    return {
        "undoes": undoes,
        "seen": seen,
        "expected": expected,
        "percent": 100 if finished or not expected else min(99, 100 * seen // expected),
        "erased": max(0, expected - seen) if finished else 0,
        "left": _reasons(decision, Outcome.LEFT),
        "kept": _reasons(decision, Outcome.KEPT),
        "rows_url": _rows_url(decision),
        "refresh": REFRESH if moves and "still" not in request.GET else 0,
        "is_waiting_for_worker": moves and _is_late(decision),
    }


def _is_late(decision: Decision) -> bool:
    """Whether nothing happens: no worker runs, or a batch failed and is tried later."""
    begun = decision.begun_at or timezone.now()
    nothing = not (decision.done or decision.left)
    return decision.attempts > 0 or (nothing and begun < timezone.now() - timedelta(minutes=2))


def _reasons(decision: Decision, outcome: str) -> list[tuple[Any, int]]:
    if not (decision.left or decision.kept):
        return []
    rows = decision.rows.filter(outcome=outcome).values_list("why")
    counted = rows.annotate(number=Count("pk")).order_by("why")
    return [(LEFT.get(why, why), number) for why, number in counted]


def _rows_url(decision: Decision) -> str:
    if decision.is_of_organizations:
        return ""
    return f"{reverse('admin:signatories_signature_changelist')}?in_decision={decision.pk}"
