"""Signatures on paper in the back office: declared, corrected, checked, withdrawn, their sheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import Screen, page_context
from signatories.admin.filters import STATEMENT_TITLES, StatementFilter
from signatories.admin.imports.desk import ascii_name
from signatories.admin.paper_forms import (
    AddSheetsForm,
    CorrectForm,
    DeclareForm,
    ReasonForm,
    sheets_in_words,
)
from signatories.admin.screens import ScreensAdmin
from signatories.core.paper import in_words
from signatories.leads import paper as verbs
from signatories.models import PAPER_WAITS, PaperCount, PaperEvent
from statements.permissions import of_visible_statements

PERMISSION = "signatories.declare_paper"
CONTACT_PERMISSION = "signatories.view_contact_data"
EVENTS_SHOWN = 200


def may_declare(model_admin: admin.ModelAdmin, request: HttpRequest) -> bool:
    return staff(request).has_perm(PERMISSION)


def may_work_on(
    model_admin: admin.ModelAdmin, request: HttpRequest, paper: PaperCount, **captured: int
) -> bool:
    seen = of_visible_statements(request.user, PaperCount.objects.filter(pk=paper.pk))
    return may_declare(model_admin, request) and seen.exists()


def may_open(
    model_admin: admin.ModelAdmin, request: HttpRequest, paper: PaperCount, **captured: int
) -> bool:
    """A sheet holds names and handwriting: for those who may see personal data."""
    is_theirs = may_work_on(model_admin, request, paper)
    return is_theirs and request.user.has_perm(CONTACT_PERMISSION)


def url_of(paper: PaperCount, screen: str = "show") -> str:
    return reverse(f"admin:signatories_papercount_{screen}", args=[paper.pk])


def show_new(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The form for a declaration (GET); stores it (POST)."""
    posted: dict[str, Any] = {"initial": {"statement": request.GET.get("statement", "")}}
    if request.method == "POST":
        posted = {"data": request.POST, "files": request.FILES}
    form = DeclareForm(request=request, by=staff(request), **posted)
    if form.is_valid():
        try:
            made, is_new = verbs.declare(
                form.cleaned_data["statement"], by=staff(request), scans=form.scans, **form.counted
            )
        except verbs.PaperError as error:
            form.add_error(None, str(error))
        else:
            _say_declared(request, made, is_new=is_new)
            return redirect(url_of(made))
    return _form_page(model_admin, request, form, gettext("Declare signatures on paper"))


def _say_declared(request: HttpRequest, made: PaperCount, *, is_new: bool) -> None:
    if not is_new:
        told = gettext("The same is declared already; here it is. Nothing was added.")
        messages.warning(request, told)
    elif made.waits:
        told = gettext("Declared. It is told in public once somebody else has checked the number.")
        messages.success(request, told)
    else:
        told = gettext("Declared. The statement now says: “%(words)s”")
        messages.success(request, told % {"words": in_words(made.statement)})


def show(model_admin: admin.ModelAdmin, request: HttpRequest, paper: PaperCount) -> HttpResponse:
    """A declaration with its sheets and history (GET); checks it, or adds sheets (POST)."""
    form = AddSheetsForm(request=request)
    if request.method == "POST" and request.POST.get("verb") == "check":
        _attempt(request, lambda: _check(request, paper))
        return redirect(url_of(paper))
    if request.method == "POST":
        form = AddSheetsForm(request.POST, request.FILES, request=request)
        if form.is_valid() and _attempt(request, lambda: _add_sheets(request, paper, form)):
            return redirect(url_of(paper))
    return _page_of(model_admin, request, paper, form)


def _attempt(request: HttpRequest, do: Callable[[], object]) -> bool:
    """Do it, or say why not."""
    try:
        do()
    except verbs.PaperError as error:
        messages.error(request, str(error))
        return False
    return True


def _check(request: HttpRequest, paper: PaperCount) -> None:
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else -1
    verbs.check(paper, by=staff(request), version=version)
    messages.success(request, gettext("Checked. It is told in public now."))


def _add_sheets(request: HttpRequest, paper: PaperCount, form: AddSheetsForm) -> None:
    added = verbs.add_sheets(paper, form.scans, by=staff(request))
    if added:
        messages.success(request, sheets_in_words(added))
    else:
        messages.info(request, gettext("These files are there already. Nothing was added."))


def _page_of(
    model_admin: admin.ModelAdmin, request: HttpRequest, paper: PaperCount, form: AddSheetsForm
) -> HttpResponse:
    events = paper.events.select_related("by").order_by("-pk")
    context = page_context(
        model_admin,
        request,
        title=str(paper),
        paper=paper,
        statement=paper.statement,
        told=in_words(paper.statement),
        sheets=[(one, size_in_words(one.size, one.pages)) for one in paper.sheets.defer("data")],
        form=form,
        has_room=paper.sheets.count() < verbs.MOST_SHEETS,
        events=_events(request, paper, list(events[:EVENTS_SHOWN])),
        may_check=verbs.may_check(paper, staff(request)),
        may_open=request.user.has_perm(CONTACT_PERMISSION),
        deliveries=paper.statement.deliveries.order_by("delivered_on"),
    )
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "admin/signatories/paper/show.html", context, status=status)


def _events(
    request: HttpRequest, paper: PaperCount, events: list[PaperEvent]
) -> list[dict[str, Any]]:
    """The steps with what they are about: a sheet by its name, for who may see it, and its size."""
    named = request.user.has_perm(CONTACT_PERMISSION)
    known: dict[str, tuple[str, int, int]] = {
        event.sheet: ("", event.before["size"], event.before["pages"])
        for event in events
        if event.sheet and "size" in event.before
    }
    for name, size, pages, sha256 in paper.sheets.values_list(
        "file_name", "size", "pages", "sha256"
    ):
        known[sha256] = (name if named else "", size, pages)
    return [{**_event(event), "sheet": _sheet(event, known)} for event in events]


def _sheet(event: PaperEvent, known: dict[str, tuple[str, int, int]]) -> str:
    if not event.sheet:
        return ""
    if event.sheet not in known:
        return gettext("a sheet that is deleted")
    name, size, pages = known[event.sheet]
    told = size_in_words(size, pages)
    return f"{name}, {told}" if name else told


def size_in_words(size: int, pages: int) -> str:
    told = filesizeformat(size)
    if not pages:
        return told
    return f"{told}, {ngettext('%(n)d page', '%(n)d pages', pages) % {'n': pages}}"


def _event(event: PaperEvent) -> dict[str, Any]:
    labels = CorrectForm.base_fields
    before = [
        gettext("%(field)s, before: “%(value)s”") % {"field": labels[name].label, "value": value}
        for name, value in event.before.items()
        if name in labels
    ]
    return {"event": event, "before": before}


def show_correct(
    model_admin: admin.ModelAdmin, request: HttpRequest, paper: PaperCount
) -> HttpResponse:
    """The form for another number, day or place (GET); stores it, with the reason (POST)."""
    form = CorrectForm(request.POST if request.method == "POST" else None, of=paper)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("reason", "version")}
        try:
            made = verbs.correct(paper, by=staff(request), **given, **form.counted)
        except verbs.PaperError as error:
            form.add_error(None, str(error))
            _show_newer(form, paper)
        else:
            _say_corrected(request, made)
            return redirect(url_of(paper))
    return _form_page(model_admin, request, form, gettext("Correct the declaration"), paper)


def _show_newer(form: CorrectForm, paper: PaperCount) -> None:
    """Let the next try be about the row as it is now."""
    paper.refresh_from_db()
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["version"] = str(paper.version)
    form.data = data


def _say_corrected(request: HttpRequest, made: PaperCount) -> None:
    if made.waits:
        told = gettext("Corrected. Until somebody else has checked the number, %(told)s are told.")
        messages.success(request, told % {"told": intcomma(made.counted)})
    else:
        messages.success(request, gettext("Corrected."))


def show_withdraw(
    model_admin: admin.ModelAdmin, request: HttpRequest, paper: PaperCount
) -> HttpResponse:
    """Say what withdrawing does (GET); withdraw, with the reason (POST)."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if _attempt(request, lambda: verbs.withdraw(
            paper, by=staff(request), reason=form.cleaned_data["reason"])):  # fmt: skip
            messages.success(request, gettext("Withdrawn. It is told in public no more."))
        return redirect(url_of(paper))
    sheets = paper.sheets.count()
    title = gettext("Withdraw the declaration?")
    return _ask(model_admin, request, form, title, paper=paper, number_of_sheets=sheets)


def give_sheet(
    model_admin: admin.ModelAdmin, request: HttpRequest, paper: PaperCount, sheet: int
) -> HttpResponseBase:
    """A sheet as a file that no browser opens here. Each time is noted."""
    found = paper.sheets.filter(pk=sheet).first()
    if found is None:
        raise Http404
    data = verbs.opened(found, by=staff(request))
    answer = HttpResponse(data, content_type="application/octet-stream")
    name = ascii_name(found.file_name).replace('"', "")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def show_removal(
    model_admin: admin.ModelAdmin, request: HttpRequest, paper: PaperCount, sheet: int
) -> HttpResponse:
    """Ask for the reason (GET); delete the sheet (POST)."""
    found = get_object_or_404(paper.sheets.defer("data"), pk=sheet)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if _attempt(request, lambda: verbs.remove_sheet(
            found, by=staff(request), reason=form.cleaned_data["reason"])):  # fmt: skip
            messages.success(request, gettext("The sheet is deleted."))
        return redirect(url_of(paper))
    return _ask(model_admin, request, form, gettext("Delete the sheet?"), paper=paper, sheet=found)


def _ask(
    model_admin: admin.ModelAdmin, request: HttpRequest, form: forms.Form, title: str, **more: Any
) -> HttpResponse:
    context = page_context(model_admin, request, title=title, form=form, **more)
    status = 422 if form.is_bound else 200
    return render(request, "admin/signatories/paper/ask.html", context, status=status)


def _form_page(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    form: forms.Form,
    title: str,
    paper: PaperCount | None = None,
) -> HttpResponse:
    context = page_context(
        model_admin, request, title=title, form=form, paper=paper,
        needs_check=settings.FOUR_EYES,
    )  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "admin/signatories/paper/form.html", context, status=status)


def _screen(name: str, route: str, view: Callable[..., Any], may: Any = may_work_on) -> Screen:
    return Screen(name, f"<int:pk>/{route}", view, may, of=PaperCount)


SCREENS = (
    Screen("new", "new/", show_new, may_declare),
    _screen("show", "show/", show),
    _screen("correct", "correct/", show_correct),
    _screen("withdraw", "withdraw/", show_withdraw),
    _screen("sheet", "sheets/<int:sheet>/", give_sheet, may_open),
    _screen("remove", "sheets/<int:sheet>/remove/", show_removal),
)


class StandingFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "standing"
    conditions: ClassVar[dict[str, tuple[Any, Q]]] = {
        "waiting": (_("To be checked"), PAPER_WAITS),
        "told": (_("Told in public"), Q(counted=F("number"))),
        "withdrawn": (_("Withdrawn"), Q(withdrawn_at__isnull=False)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(key, label) for key, (label, _condition) in self.conditions.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        found = self.conditions.get(self.value() or "")
        return queryset.filter(found[1]) if found else queryset


@admin.register(PaperCount)
class PaperCountAdmin(ScreensAdmin):
    """What was declared, stall by stall, and the way to each."""

    permission = PERMISSION
    screens = SCREENS
    lookups = frozenset({"statement", "standing"})
    first_step = _("No signatures on paper were declared yet.")
    list_display = ("day", "of", "at", "collected_by", "signatures", "standing", "scans")
    list_filter = (StandingFilter, StatementFilter)
    list_select_related = ("statement",)
    fields: ClassVar[Any] = ("statement", "number", "collected_on")

    def get_queryset(self, request: HttpRequest) -> Any:
        found = of_visible_statements(request.user, super().get_queryset(request))
        return found.annotate(sheets_kept=Count("sheets")).prefetch_related(STATEMENT_TITLES)

    @admin.display(description=_("collected on"), ordering="collected_on")
    def day(self, paper: PaperCount) -> str:
        return date_format(paper.collected_on, "DATE_FORMAT")

    @admin.display(description=_("statement"))
    def of(self, paper: PaperCount) -> str:
        return str(paper.statement)

    @admin.display(description=_("where"), ordering="place")
    def at(self, paper: PaperCount) -> str:
        return paper.place

    @admin.display(description=_("signatures"), ordering="number")
    def signatures(self, paper: PaperCount) -> str:
        return str(intcomma(paper.number))

    @admin.display(description=_("state"))
    def standing(self, paper: PaperCount) -> str:
        return standing(paper)

    @admin.display(description=_("sheets"))
    def scans(self, paper: Any) -> str:
        return str(paper.sheets_kept)


def standing(paper: PaperCount) -> str:
    if paper.withdrawn_at is not None:
        return gettext("withdrawn")
    return gettext("to be checked") if paper.waits else gettext("told in public")
