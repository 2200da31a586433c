"""The review of an import: every line beside what was understood of it, and what becomes of it."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User, staff
from casa.lib import countries
from casa.lib.addresses.in_texts import without_addresses
from casa.lib.admin import page_context
from signatories.admin import import_outcomes
from signatories.admin.import_forms import COLUMN_FIELDS, AgainForm, LineForm
from signatories.core import tally
from signatories.leads import applying, batches, lines, outcomes, undoing
from signatories.models import ImportBatch, ImportLine
from signatories.parser import SURE

PER_PAGE = 20
AT_ONCE = 100
"""Lines that are put under the statement while somebody waits for the page."""

NEW_SHOWN = 20
"""So many new organizations are named before a list is put under the statement."""

REFRESH = 3  # seconds
VERY_UNSURE = 0.5
Decision, State = ImportLine.Decision, ImportBatch.State
CONTACT_PERMISSION = "signatories.view_contact_data"

SHOWN: dict[str, tuple[Any, tuple[str, ...]]] = {
    "open": (_("To decide"), (Decision.HELD,)),
    "sure": (_("Sure"), (Decision.SURE,)),
    "taken": (_("Taken"), (Decision.ACCEPTED,)),
    "merged": (_("Merged"), (Decision.MERGED,)),
    "left": (_("Left out"), (Decision.SKIPPED,)),
    "all": (_("All"), tuple(Decision.values)),
}

REASONS: dict[str, Any] = {
    lines.Why.UNSURE: _("The reader is not sure."),
    lines.Why.INVALID: _("Something is missing or too long."),
    lines.Why.TWICE: _("The list names somebody like this above."),
    lines.Why.STANDS: _("Somebody like this stands under the statement."),
    lines.Why.ALIKE: _("The directory has an organization of a similar name."),
    lines.Why.NAMELESS: _("It names nobody."),
    lines.Why.NO_CONSENT: _("The list says that the name may not be published."),
    lines.Why.ERASED: _(
        "Somebody of this name had their signature under this statement erased. They can sign"
        " again themselves."
    ),
    lines.Why.REPEATED: _("The same line, or this organization, stands there already."),
    lines.Why.CLOSED: _("It was open when the review was finished."),
    lines.Why.GONE: _("What it was to be merged with is not there any more."),
}


WAITS_FOR: dict[str, Any] = {
    **dict.fromkeys((lines.Why.TWICE, lines.Why.STANDS, lines.Why.ALIKE), _("may be a duplicate")),
    lines.Why.INVALID: _("to be corrected"),
}
"""What a line needs that was read without doubts."""


def url_of(batch: ImportBatch, screen: str = "review") -> str:
    return reverse(f"admin:signatories_importbatch_{screen}", args=[batch.pk])


def page_of(batch: ImportBatch) -> HttpResponse:
    return redirect(url_of(batch))


def show(model_admin: admin.ModelAdmin, request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """The lines of a batch (GET); stores what was decided of those on the page (POST)."""
    if request.method != "POST":
        return _render(model_admin, request, batch)
    verb = request.POST.get("verb", "save")
    try:
        if verb in _VERBS:
            _VERBS[verb](request, batch)
            return redirect(request.get_full_path())
    except batches.BatchError as error:
        messages.error(request, str(error))
        return redirect(request.get_full_path())
    forms = _posted_forms(request, batch)
    changed = _save(request, forms)
    if verb == "take_page":
        changed += _take(request, forms)
    _say(request, changed)
    if verb == "take_page":
        _say_open(request, forms)
    if any(form.errors for form in forms):
        return _render(model_admin, request, batch, forms)
    if verb == "next":
        return redirect(_next_page(request))
    return redirect(request.get_full_path())


def _next_page(request: HttpRequest) -> str:
    """Where the next lines are: what was decided leaves a list of what is open."""
    asked = request.GET.copy()
    if asked.get("show", "") in ("all", "taken", "left", "merged"):
        number = asked.get("page", "1")
        asked["page"] = str(int(number) + 1 if number.isdecimal() else 2)
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


def _to_take(on_page: Iterable[ImportLine]) -> dict[str, int]:
    """What the button that takes a page does."""
    undecided = [line for line in on_page if line.decision in ImportLine.OPEN]
    taken = [line for line in undecided if lines.can_be_taken(line)]
    unsure = sum(line.confidence < SURE for line in taken)
    return {"taken": len(taken), "unsure": unsure, "open": len(undecided) - len(taken)}


def _accept_sure(request: HttpRequest, batch: ImportBatch) -> None:
    number = batches.accept_sure(batch, by=staff(request))
    told = ngettext("%(n)d sure line is taken.", "%(n)d sure lines are taken.", number)
    messages.success(request, told % {"n": number})


def _review(request: HttpRequest, batch: ImportBatch) -> None:
    batches.review_all_the_same(batch, by=staff(request))


def _reopen(request: HttpRequest, batch: ImportBatch) -> None:
    batches.reopen(batch, by=staff(request))
    messages.success(request, gettext("It is under review again; what you corrected is kept."))


def _merge_same(request: HttpRequest, batch: ImportBatch) -> None:
    number = batches.merge_same(batch, by=staff(request))
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
    return _forms(request, chosen, data=request.POST)


def _forms(request: HttpRequest, chosen: list[ImportLine], data: Any = None) -> list[LineForm]:
    targets = lines.targets_of(chosen)
    contact = request.user.has_perm(CONTACT_PERMISSION)
    return [LineForm(data, line=line, targets=targets, contact=contact) for line in chosen]


def _save(request: HttpRequest, forms: list[LineForm]) -> int:
    """Store what is right; the others have their errors. How many lines are changed."""
    changed = 0
    for form in forms:
        if form.is_valid():
            try:
                changed += lines.save(
                    form.line,
                    fields=form.typed,
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
    typed = {name: value for name, value in form.typed.items() if value}
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


# The page


def _render(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    batch: ImportBatch,
    bound: list[LineForm] | None = None,
) -> HttpResponse:
    counted = batches.counts(batch)
    shown = _shown(request, counted)
    page = _page(request, batch, shown)
    if bound is None:
        open_lines = [line for line in page.object_list if not line.is_applied]
        bound = _forms(request, open_lines) if batch.state == State.REVIEW else []
    by_line = {form.line.pk: form for form in bound}
    on_page = [form.line for form in bound] if any(f.is_bound for f in bound) else page.object_list
    waiting = applying.waiting(batch).count()
    to_merge = applying.waiting(batch).filter(decision=Decision.MERGED).count()
    standing = outcomes.of_batch(batch)
    context = page_context(
        model_admin,
        request,
        title=gettext("Import of %(date)s") % {"date": _day(batch)},
        batch=batch,
        statement=batch.statement,
        rows=[_row(request, line, by_line.get(line.pk)) for line in on_page],
        to_take=_to_take(on_page),
        page=page,
        shown=shown,
        filters=_filters(counted),
        counted=counted,
        waiting=waiting,
        to_put=waiting - to_merge,
        to_merge=to_merge,
        same=len(batches.same_as_standing(batch)) if batch.state == State.REVIEW else 0,
        earlier=batches.earlier(batch),
        notes=batch.notes[:50],
        left_columns=[heading for heading, field in batch.columns if heading and not field],
        has_source=_can_be_read_again(batch),
        errors=sum(bool(form.errors) for form in bound),
        countries=countries.country_choices(),
        refresh=REFRESH if batch.is_worked_on and "still" not in request.GET else 0,
        to_come=_to_come(batch, waiting),
        can_undo=batch.state in (State.REVIEW, State.APPLIED) and (batch.made or batch.merged),
        standing=standing.stands,
        waits=import_outcomes.sentences(request, replace(standing, stands=0)),
        may_reopen=batches.may_reopen(batch),
    )
    status = 422 if any(form.is_bound and form.errors for form in bound) else 200
    return render(request, "admin/signatories/imports/review.html", context, status=status)


def _can_be_read_again(batch: ImportBatch) -> bool:
    """Whether another encoding, or other columns, could make more of it: not of a picture."""
    if not hasattr(batch, "original"):
        return False
    if batch.state != State.REFUSED or batch.columns or batch.lines_read:
        return True
    start = bytes(batch.original.data[:1024])
    return b"\0" not in start or start.startswith((BOM_UTF16_LE, BOM_UTF16_BE))


def _day(batch: ImportBatch) -> str:
    return date_format(localtime(batch.created_at), "DATETIME_FORMAT")


def _to_come(batch: ImportBatch, waiting: int) -> tuple[int, int]:
    """(done, of how many), of what a worker does."""
    if batch.state == State.UNDOING:
        left = batch.lines.filter(is_applied=True).count()
        return batch.worked_through, batch.worked_through + left
    done = batch.made + batch.merged
    return done, max(done + waiting, 1)


def _shown(request: HttpRequest, counted: dict[str, int]) -> str:
    asked = request.GET.get("show", "")
    if asked in SHOWN:
        return asked
    return next((name for name in ("open", "sure") if _number(name, counted)), "all")


def _number(name: str, counted: dict[str, int]) -> int:
    return sum(counted[decision] for decision in SHOWN[name][1])


def _filters(counted: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"name": name, "label": label, "number": _number(name, counted)}
        for name, (label, _decisions) in SHOWN.items()
    ]


def _page(request: HttpRequest, batch: ImportBatch, shown: str) -> Page:
    rows = batch.lines.filter(decision__in=SHOWN[shown][1]).select_related("proof")
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _row(request: HttpRequest, line: ImportLine, form: LineForm | None) -> dict[str, Any]:
    contact = request.user.has_perm(CONTACT_PERMISSION)
    return {
        "line": line,
        "form": form,
        "original": line.original if contact else without_addresses(line.original),
        "sureness": _sureness(line),
        "edge": _sureness(line)["name"],
        "reason": _reason(line),
        "doubts": [one if contact else without_addresses(one) for one in line.doubts],
        "particulars": ", ".join(
            line.fields[name] for name in ("role", "organization", "city", "region")
            if line.fields.get(name) and line.fields[name] != line.displayed_name
        ),
        "proof": getattr(line, "proof", None) if contact else None,
    }  # fmt: skip


def _reason(line: ImportLine) -> str:
    """Why a line waits or is left out; what is wrong with it, where that is so."""
    if line.decision == Decision.ACCEPTED:
        return ""
    wrong = lines.problems(line.fields) if line.why == lines.Why.INVALID else {}
    return " ".join(wrong.values()) or str(REASONS.get(line.why, ""))


def _sureness(line: ImportLine) -> dict[str, Any]:
    """How sure the reader is, or what a line waits for: a word, a sign, a colour by the name."""
    if line.confidence >= SURE and line.decision == Decision.HELD:
        return {"name": "unsure", "sign": "?", "word": WAITS_FOR.get(line.why, _("to decide"))}
    if line.confidence >= SURE:
        return {"name": "sure", "sign": "✓", "word": _("sure")}
    if line.confidence >= VERY_UNSURE:
        return {"name": "unsure", "sign": "?", "word": _("unsure")}
    return {"name": "very-unsure", "sign": "!", "word": _("very unsure")}


# Steps that ask once more


def _work_a_little(batch: ImportBatch) -> None:
    """Do what is quickly done while somebody waits; a worker does what is long."""
    batch.refresh_from_db()
    if batch.state == State.APPLYING:
        is_short = applying.waiting(batch).count() <= AT_ONCE
    else:
        is_short = batch.state == State.UNDOING and batch.made + batch.merged <= AT_ONCE
    if is_short:
        batches.work_on(batch)


def show_apply(
    model_admin: admin.ModelAdmin, request: HttpRequest, batch: ImportBatch
) -> HttpResponse:
    """Say how many names will stand there, and how many mails leave (GET); do so (POST)."""
    waiting = applying.waiting(batch)
    number = waiting.count()
    mails = 0
    if batch.asks_first:
        mails = sum(bool(fields.get("email")) for fields in waiting.filter(
            decision=Decision.ACCEPTED).values_list("fields", flat=True))  # fmt: skip
    lifted, behind = outcomes.to_lift(batch)
    merged = waiting.filter(decision=Decision.MERGED).count()
    effect = outcomes.effect(batch)
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
        merged=merged,
        taken=number - merged,
        lifted=lifted,
        behind=behind,
        met=effect.met,
        before=_tally(effect.before),
        after=_tally(effect.after),
        new=effect.new,
        shown_new=effect.new[:NEW_SHOWN],
        still_open=batch.lines.filter(decision__in=ImportLine.OPEN).count(),
        counted=counted,
        obstacle=batches.obstacle(batch),
    )
    return render(request, "admin/signatories/imports/apply.html", context)


def _tally(count: tally.Tally) -> str:
    return tally.tally_in_words(count.organizations, count.people) or gettext("nobody")


def _begin(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    chosen = list(applying.waiting(batch).values_list("pk", flat=True)[: AT_ONCE + 1])
    try:
        batches.begin(batch)
    except batches.BatchError as error:
        messages.error(request, str(error))
        return page_of(batch)
    _work_a_little(batch)
    if not batch.is_worked_on:
        outcome = outcomes.of_lines(batch, chosen)
        level = messages.SUCCESS if outcome.stands else messages.WARNING
        messages.add_message(request, level, import_outcomes.in_one(request, outcome))
    return page_of(batch)


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
        same=len(batches.same_as_standing(batch)) if batch.state == State.REVIEW else 0,
        counted=counted,
        can_close=batch.state == State.REVIEW and left,
        obstacle=batches.obstacle(batch) if waiting else "",
    )
    return render(request, "admin/signatories/imports/close.html", context)


def _finish(request: HttpRequest, batch: ImportBatch, left: int) -> HttpResponse:
    try:
        batches.close(batch, by=staff(request))
    except batches.BatchError as error:
        messages.error(request, str(error))
        return page_of(batch)
    _work_a_little(batch)
    told = ngettext("%(n)d line is left out.", "%(n)d lines are left out.", left)
    messages.success(request, told % {"n": left})
    return page_of(batch)


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
                return page_of(batch)
        _work_a_little(batch)
        _say_undone(request, batch)
        return page_of(batch)
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


def show_again(
    model_admin: admin.ModelAdmin, request: HttpRequest, batch: ImportBatch
) -> HttpResponse:
    """Ask for another encoding, and what the columns hold (GET); read it so (POST)."""
    form = AgainForm(
        request.POST if request.method == "POST" else None,
        columns=batch.columns,
        initial={"encoding": batch.encoding},
    )
    if request.method == "POST" and form.is_valid():
        try:
            batches.read_again(
                batch, encoding=form.cleaned_data["encoding"], columns=form.mapped or None
            )
        except batches.BatchError as error:
            messages.error(request, str(error))
        return page_of(batch)
    sample = batch.lines.order_by("position")[:5]
    context = page_context(
        model_admin,
        request,
        title=gettext("Read it another way"),
        batch=batch,
        form=form,
        sample=[_row(request, line, None) for line in sample],
        known=dict(COLUMN_FIELDS),
    )
    return render(request, "admin/signatories/imports/again.html", context)
