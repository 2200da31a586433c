"""The page of a review: every line beside what is understood of it, and what it waits for."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib import countries
from casa.lib.addresses.in_texts import without_addresses
from casa.lib.admin import page_context
from signatories.admin.imports.line_forms import LineForm
from signatories.admin.imports.outcomes import sentences
from signatories.leads import applying, batches, lines, outcomes, reading, reviewing
from signatories.leads.doubts import in_words
from signatories.models import ImportBatch, ImportLine
from signatories.parser import SURE

PER_PAGE = 20
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
    lines.Why.NOBODY: _("The reader took it for no signatory."),
    lines.Why.GONE: _("What it was to be merged with is not there any more."),
}

WAITS_FOR: dict[str, Any] = {
    **dict.fromkeys((lines.Why.TWICE, lines.Why.STANDS, lines.Why.ALIKE), _("may be a duplicate")),
    lines.Why.INVALID: _("to be corrected"),
}
"""What a line needs that was read without doubts."""


def redirect_to_review(batch: ImportBatch) -> HttpResponse:
    return redirect("admin:signatories_importbatch_review", batch.pk)


def render_review(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    batch: ImportBatch,
    bound: list[LineForm] | None = None,
) -> HttpResponse:
    """The page of a batch; `bound` are the forms of lines that could not be stored."""
    counted = batches.counts(batch)
    shown = _shown(request, counted)
    page = _page(request, batch, shown)
    if bound is None:
        open_lines = [line for line in page.object_list if not line.is_applied]
        bound = forms_of(request, open_lines) if batch.state == State.REVIEW else []
    context = page_context(
        model_admin,
        request,
        title=gettext("Import of %(date)s") % {"date": _day(batch)},
        batch=batch,
        statement=batch.statement,
        page=page,
        shown=shown,
        filters=_filters(counted),
        counted=counted,
        **_lines(request, page, bound),
        **_about_the_list(batch),
        **_next_steps(request, batch),
    )
    status = 422 if any(form.is_bound and form.errors for form in bound) else 200
    return render(request, "admin/signatories/imports/review.html", context, status=status)


def _lines(request: HttpRequest, page: Page, bound: list[LineForm]) -> dict[str, Any]:
    """The lines on the page, each with its form."""
    by_line = {form.line.pk: form for form in bound}
    on_page = [form.line for form in bound] if any(f.is_bound for f in bound) else page.object_list
    return {
        "rows": [row_of(request, line, by_line.get(line.pk)) for line in on_page],
        "to_take": _to_take(on_page),
        "errors": sum(bool(form.errors) for form in bound),
        "countries": countries.country_choices(),
    }


def _about_the_list(batch: ImportBatch) -> dict[str, Any]:
    """What was noted when the list was read."""
    return {
        "same": len(reviewing.same_as_standing(batch)) if batch.state == State.REVIEW else 0,
        "earlier": reading.earlier(batch),
        "notes": [(line, in_words(note)) for line, note in batch.notes[:50]],
        "left_columns": [heading for heading, field in batch.columns if heading and not field],
        "has_source": _can_be_read_again(batch),
    }


def _next_steps(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    """What can be done with the batch, and how far a worker is."""
    waiting = applying.waiting(batch).count()
    to_merge = applying.waiting(batch).filter(decision=Decision.MERGED).count()
    standing = outcomes.of_batch(batch)
    return {
        "waiting": waiting,
        "to_put": waiting - to_merge,
        "to_merge": to_merge,
        "refresh": REFRESH if batch.is_worked_on and "still" not in request.GET else 0,
        "to_come": _to_come(batch, waiting),
        "can_undo": batch.state in (State.REVIEW, State.APPLIED) and (batch.made or batch.merged),
        "standing": standing.stands,
        "waits": sentences(request, replace(standing, stands=0)),
        "may_reopen": reviewing.may_reopen(batch),
    }


def _to_take(on_page: Iterable[ImportLine]) -> dict[str, int]:
    """What the button that takes a page does."""
    undecided = [line for line in on_page if line.decision in ImportLine.OPEN]
    taken = [line for line in undecided if lines.can_be_taken(line)]
    unsure = sum(line.confidence < SURE for line in taken)
    return {"taken": len(taken), "unsure": unsure, "open": len(undecided) - len(taken)}


def forms_of(request: HttpRequest, chosen: list[ImportLine], data: Any = None) -> list[LineForm]:
    targets = lines.targets_of(chosen)
    contact = request.user.has_perm(CONTACT_PERMISSION)
    return [LineForm(data, line=line, targets=targets, contact=contact) for line in chosen]


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


def row_of(request: HttpRequest, line: ImportLine, form: LineForm | None) -> dict[str, Any]:
    contact = request.user.has_perm(CONTACT_PERMISSION)
    return {
        "line": line,
        "form": form,
        "original": line.original if contact else without_addresses(line.original),
        "sureness": _sureness(line),
        "edge": _sureness(line)["name"],
        "reason": _reason(line),
        "doubts": [
            in_words(one if contact else without_addresses(one)) for one in line.doubts
        ],
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
