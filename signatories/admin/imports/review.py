"""The review of an import: what staff decide of its lines is stored."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext

from casa.accounts.models import User, staff
from casa.lib.keys import primary_key
from signatories.admin.imports.line_forms import LineForm
from signatories.admin.imports.review_page import PER_PAGE, forms_of, render_review
from signatories.leads import batches, lines, reading, reviewing
from signatories.models import ImportBatch, ImportLine

Decision = ImportLine.Decision


def show(model_admin: admin.ModelAdmin, request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """The lines of a batch (GET); stores what was decided of those on the page (POST)."""
    if request.method != "POST":
        return render_review(model_admin, request, batch)
    verb = request.POST.get("verb", "save")
    if verb == "remove":
        return _remove(request, batch)
    if verb in _VERBS:
        return _take_step(request, batch, verb)
    return _store_lines(model_admin, request, batch, verb)


def _take_step(request: HttpRequest, batch: ImportBatch, verb: str) -> HttpResponse:
    try:
        _VERBS[verb](request, batch)
    except batches.BatchError as error:
        messages.error(request, str(error))
    return redirect(request.get_full_path())


def _store_lines(
    model_admin: admin.ModelAdmin, request: HttpRequest, batch: ImportBatch, verb: str
) -> HttpResponse:
    forms = _posted_forms(request, batch)
    changed = _save(request, forms)
    if verb == "take_page":
        changed += _take(request, forms)
    _say(request, changed)
    if verb == "take_page":
        _say_open(request, forms)
    if any(form.errors for form in forms):
        return render_review(model_admin, request, batch, forms)
    if verb == "next":
        return redirect(_next_page(request))
    return redirect(request.get_full_path())


def _remove(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    if not reading.remove_refused(batch):
        messages.error(request, gettext("It is not refused any more, so it was not removed."))
        return redirect(request.get_full_path())
    messages.success(request, gettext("The import is removed. Nothing was made of it."))
    return redirect("admin:signatories_importbatch_changelist")


def _next_page(request: HttpRequest) -> str:
    """Where the next lines are: what was decided leaves a list of what is open."""
    asked = request.GET.copy()
    if asked.get("show", "") in ("all", "taken", "left", "merged"):
        number = asked.get("page", "1")
        asked["page"] = str((primary_key(number) or 1) + 1)
    return f"{request.path}?{asked.urlencode()}"


def _say(request: HttpRequest, changed: int) -> None:
    if changed:
        told = ngettext("%(n)d line was changed.", "%(n)d lines were changed.", changed)
        messages.success(request, told % {"n": changed})


def _say_open(request: HttpRequest, forms: list[LineForm]) -> None:
    """Say how many lines of the page were not taken, and why."""
    number = sum(form.line.decision in ImportLine.OPEN for form in forms)
    told = ngettext(
        "%(n)d line stays open: it may name somebody twice, or is not clearly a name.",
        "%(n)d lines stay open: they may name somebody twice, or are not clearly names.",
        number,
    )
    if number:
        messages.warning(request, told % {"n": number})


def _accept_sure(request: HttpRequest, batch: ImportBatch) -> None:
    number = reviewing.accept_sure(batch, by=staff(request))
    told = ngettext("%(n)d sure line is taken.", "%(n)d sure lines are taken.", number)
    messages.success(request, told % {"n": number})


def _review(request: HttpRequest, batch: ImportBatch) -> None:
    reading.review_all_the_same(batch, by=staff(request))


def _reopen(request: HttpRequest, batch: ImportBatch) -> None:
    reviewing.reopen(batch, by=staff(request))
    messages.success(request, gettext("It is under review again; what you corrected is kept."))


def _merge_same(request: HttpRequest, batch: ImportBatch) -> None:
    number = reviewing.merge_same(batch, by=staff(request))
    told = ngettext("%(n)d line is merged.", "%(n)d lines are merged.", number)
    messages.success(request, told % {"n": number})


_VERBS = {
    "merge_same": _merge_same,
    "accept_sure": _accept_sure,
    "review": _review,
    "reopen": _reopen,
}


# What was typed


def _posted_forms(request: HttpRequest, batch: ImportBatch) -> list[LineForm]:
    numbers = [int(pk) for pk in request.POST.getlist("line") if pk.isdecimal() and len(pk) < 19]
    chosen = list(batch.lines.filter(pk__in=numbers[: PER_PAGE * 2], is_applied=False))
    return forms_of(request, chosen, data=_with_taken(request.POST))


def _with_taken(posted: QueryDict) -> QueryDict:
    """What was posted, with the choice of the line whose own button took it in."""
    if "take" not in posted:
        return posted
    posted = posted.copy()
    posted[f"l{posted['take']}-choice"] = Decision.ACCEPTED
    return posted


def _save(request: HttpRequest, forms: list[LineForm]) -> int:
    """Store what is right; the others have their errors. How many lines are changed."""
    changed = 0
    for form in forms:
        if form.is_valid():
            try:
                changed += lines.save(
                    form.line,
                    fields=form.fields_to_store,
                    choice=form.cleaned_data["choice"],
                    by=staff(request),
                    version=form.cleaned_data["version"],
                )
            except lines.Conflict:
                _say_conflict(form, staff(request))
    return changed


def _say_conflict(form: LineForm, user: User) -> None:
    """Show what somebody else made of the line beside what was typed, which is not stored yet."""
    form.line.refresh_from_db()
    theirs = form.line
    typed = {name: value for name, value in form.fields_to_store.items() if value}
    if typed == theirs.fields and form.cleaned_data["choice"] == lines.choice_of(theirs):
        return  # both made the same of it
    told = {
        "who": theirs.edited_by or gettext("Somebody"),
        "said": ", ".join(theirs.fields.get(name, "") for name in lines.FIELDS[1:]
                          if theirs.fields.get(name)),
        "decision": theirs.get_decision_display(),
    }  # fmt: skip
    sentence = gettext(
        "%(who)s changed this line while you had it open: “%(said)s”, %(decision)s. Yours stands"
        " below and is not stored; save again to put it in the place of theirs."
    )
    own = gettext(
        "In another window you changed this line while you had it open here: “%(said)s”,"
        " %(decision)s. What you typed here stands below and is not stored; save again to put it in"
        " the place of that."
    )
    form.add_error(None, (own if theirs.edited_by == user else sentence) % told)
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data[form.add_prefix("version")] = str(theirs.version)
    form.data = data


def _take(request: HttpRequest, forms: list[LineForm]) -> int:
    """Say yes to those on the page that nobody has decided on and that name nobody twice."""
    taken = 0
    for form in forms:
        line = form.line
        if form.errors or not lines.can_be_taken(line):
            continue
        if wrong := lines.problems(line.fields):
            form.add_error(None, " ".join(wrong.values()))
            continue
        taken += lines.save(
            line, fields=line.fields, choice=Decision.ACCEPTED, by=staff(request),
            version=line.version,
        )  # fmt: skip
    return taken
