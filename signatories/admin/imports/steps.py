"""The steps of an import that ask once more: put under the statement, leave out, undo."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from casa.accounts.models import staff
from casa.lib.admin import page_context
from signatories.admin.imports.outcomes import in_one
from signatories.admin.imports.review_page import redirect_to_review
from signatories.core import tally
from signatories.leads import applying, batches, outcomes, reviewing, undoing, worker
from signatories.models import ImportBatch, ImportLine

AT_ONCE = 100
"""Lines that are put under the statement while somebody waits for the page."""

NEW_SHOWN = 20
"""So many new organizations are named before a list is put under the statement."""

Decision, State = ImportLine.Decision, ImportBatch.State


def _work_a_little(batch: ImportBatch) -> None:
    """Do what is quickly done while somebody waits; a worker does what is long."""
    batch.refresh_from_db()
    if batch.state == State.APPLYING:
        is_short = applying.waiting(batch).count() <= AT_ONCE
    else:
        is_short = batch.state == State.UNDOING and batch.made + batch.merged <= AT_ONCE
    if is_short:
        worker.work_on(batch)


def show_apply(
    model_admin: admin.ModelAdmin, request: HttpRequest, batch: ImportBatch
) -> HttpResponse:
    """Say how many names will stand there, and how many mails leave (GET); do so (POST)."""
    number, mails = applying.waiting(batch).count(), _mails(batch)
    counted = f"{number}/{mails}"
    if request.method == "POST":
        if request.POST.get("counted") != counted:
            told = gettext("The numbers have changed since. Look at them again.")
            messages.error(request, told)
            return redirect(request.path)
        return _begin(request, batch)
    context = page_context(
        model_admin,
        request,
        title=gettext("Put them under the statement?"),
        batch=batch,
        number=number,
        mails=mails,
        counted=counted,
        obstacle=batches.obstacle(batch),
        **_effect(batch, number),
    )
    return render(request, "admin/signatories/imports/apply.html", context)


def _mails(batch: ImportBatch) -> int:
    """How many are asked by mail before they count."""
    if not batch.asks_first:
        return 0
    taken = applying.waiting(batch).filter(decision=Decision.ACCEPTED)
    return sum(bool(fields.get("email")) for fields in taken.values_list("fields", flat=True))


def _effect(batch: ImportBatch, number: int) -> dict[str, Any]:
    """What becomes of the waiting lines, of the tally and of the directory."""
    lifted, behind = outcomes.to_lift(batch)
    merged = applying.waiting(batch).filter(decision=Decision.MERGED).count()
    effect = outcomes.effect(batch)
    return {
        "merged": merged,
        "taken": number - merged,
        "lifted": lifted,
        "behind": behind,
        "met": effect.met,
        "before": _tally(effect.before),
        "after": _tally(effect.after),
        "new": effect.new,
        "shown_new": effect.new[:NEW_SHOWN],
        "still_open": batch.lines.filter(decision__in=ImportLine.OPEN).count(),
    }


def _tally(count: tally.Tally) -> str:
    return tally.tally_in_words(count.organizations, count.people) or gettext("nobody")


def _begin(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    chosen = list(applying.waiting(batch).values_list("pk", flat=True)[: AT_ONCE + 1])
    try:
        batches.begin(batch)
    except batches.BatchError as error:
        messages.error(request, str(error))
        return redirect_to_review(batch)
    _work_a_little(batch)
    if not batch.is_worked_on:
        outcome = outcomes.of_lines(batch, chosen)
        level = messages.SUCCESS if outcome.stands else messages.WARNING
        messages.add_message(request, level, in_one(request, outcome))
    return redirect_to_review(batch)


def show_close(
    model_admin: admin.ModelAdmin, request: HttpRequest, batch: ImportBatch
) -> HttpResponse:
    """Say what is left out, and what is put under the statement (GET); do so (POST)."""
    left = batch.lines.filter(decision__in=ImportLine.OPEN).count()
    waiting = applying.waiting(batch).count()
    counted = f"{left}/{waiting}"
    if request.method == "POST":
        if request.POST.get("counted") != counted:
            told = gettext("The numbers have changed since. Look at them again.")
            messages.error(request, told)
            return redirect(request.path)
        return _finish(request, batch, left)
    context = page_context(
        model_admin,
        request,
        title=gettext("Leave out what is open?"),
        batch=batch,
        left=left,
        waiting=waiting,
        same=len(reviewing.same_as_standing(batch)) if batch.state == State.REVIEW else 0,
        counted=counted,
        can_close=batch.state == State.REVIEW and left,
        obstacle=batches.obstacle(batch) if waiting else "",
    )
    return render(request, "admin/signatories/imports/close.html", context)


def _finish(request: HttpRequest, batch: ImportBatch, left: int) -> HttpResponse:
    try:
        reviewing.close(batch, by=staff(request))
    except batches.BatchError as error:
        messages.error(request, str(error))
        return redirect_to_review(batch)
    _work_a_little(batch)
    told = ngettext("%(n)d line is left out.", "%(n)d lines are left out.", left)
    messages.success(request, told % {"n": left})
    return redirect_to_review(batch)


def show_undo(
    model_admin: admin.ModelAdmin, request: HttpRequest, batch: ImportBatch
) -> HttpResponse:
    """Say what goes and what stays (GET); take the import back (POST)."""
    if request.method == "POST":
        try:
            batches.begin_undo(batch, by=staff(request))
        except batches.BatchError as error:
            if batch.undone_by != staff(request):  # else they pressed twice
                messages.error(request, str(error))
                return redirect_to_review(batch)
        _work_a_little(batch)
        _say_undone(request, batch)
        return redirect_to_review(batch)
    made = batch.signatures.count()
    stays = undoing.of_owners(batch).count()
    passed = undoing.named_again(batch).count()
    context = page_context(
        model_admin,
        request,
        title=gettext("Undo the import?"),
        batch=batch,
        goes=made - stays - passed,
        stays=stays,
        passed=passed,
        merged=batch.merged,
        can_undo=batch.state in (State.REVIEW, State.APPLIED),
    )
    return render(request, "admin/signatories/imports/undo.html", context)


def _say_undone(request: HttpRequest, batch: ImportBatch) -> None:
    if batch.state == State.UNDONE:
        messages.success(request, gettext("The import is undone."))
    elif batch.state == State.UNDOING:
        messages.info(request, gettext("The import is being undone."))
