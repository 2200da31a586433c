"""The screens that export tables, and the log of exports."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User, staff
from casa.lib import neighbours, xlsx
from casa.lib.admin import OfficeAdmin, ReadOnlyMixin, page_context
from casa.lib.csv import streamed
from casa.lib.long_lists import BoundedPaginator
from signatories.admin.filters import STATEMENT_TITLES, TITLES
from signatories.models import ExportLog, Signature
from signatories.moderation import exports
from signatories.moderation.export_presets import PRESETS, Preset
from statements.models import Statement
from statements.permissions import of_visible_statements, visible_to

CHOSEN_AT_FIRST = ("statement", "kind", "shown_as", "role", "affiliation", "city", "country")
XLSX, COMMA, SEMICOLON = "xlsx", "comma", "semicolon"
DELIMITERS = {COMMA: ",", SEMICOLON: ";"}
MOST_IN_XLSX = 100_000
"""Rows. A spreadsheet is finished before it leaves: in some ten seconds. A proxy waits a minute."""


class CountsForm(forms.Form):
    statement = forms.ModelChoiceField(
        Statement.objects.none(),
        label=_("Statement"),
        required=False,
        empty_label=_("All statements"),
        help_text=_("Whose signatures the file is to hold."),
    )
    file = forms.ChoiceField(
        label=_("File"),
        required=False,
        choices=[
            (XLSX, _("Spreadsheet for Excel and LibreOffice (XLSX)")),
            (SEMICOLON, _("CSV with semicolons: for Excel where decimals have a comma")),
            (COMMA, _("CSV with commas: for other programs")),
        ],
        initial=XLSX,
        widget=forms.RadioSelect,
        help_text=_("In a spreadsheet every cell is text, so that postal codes keep their zeros."),
    )
    bom = forms.BooleanField(
        label=_("CSV for Excel"),
        required=False,
        initial=True,
        help_text=_("Leave it ticked to open a CSV file in Excel: letters such as ə and é stay."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statements: Any = self.fields["statement"]
        statements.queryset = visible_to(by, Statement.objects.prefetch_related(TITLES))


class ExportForm(CountsForm):
    """A preset or a list decides whose signatures they are."""

    states = forms.MultipleChoiceField(
        label=_("State"),
        choices=Signature.State.choices,
        initial=[Signature.State.CONFIRMED],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Confirmed ones are those that count, once they are approved."),
    )
    kind = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[("", _("People and organizations")), *Signature.Kind.choices],
        help_text=_("People, organizations, or both."),
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Take only what is needed: the file leaves the house."),
        error_messages={"required": _("Choose at least one column.")},
    )
    preset = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20)
    listed = forms.CharField(required=False, widget=forms.HiddenInput, max_length=4000)
    field_order = ("statement", "states", "kind", "columns", "file", "bom", "preset", "listed")

    def __init__(
        self, *args: Any, by: User, preset: Preset | None, is_listed: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, by=by, **kwargs)
        columns: Any = self.fields["columns"]
        columns.choices = [
            (column.name, str(column.label).capitalize()) for column in exports.columns_for(by)
        ]
        columns.initial = preset.columns if preset else CHOSEN_AT_FIRST
        if preset or is_listed:
            del self.fields["states"]
        if is_listed:
            del self.fields["statement"], self.fields["kind"]


def may_export(model_admin: admin.ModelAdmin, request: HttpRequest) -> bool:
    return staff(request).has_perm("signatories.export_signature")


def presets_for(user: User) -> dict[str, Preset]:
    may_contact = user.has_perm(exports.CONTACT_PERMISSION)
    return {name: one for name, one in PRESETS.items() if may_contact or not one.contact}


def export_signatures(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """Show the form of columns and filters (GET), or send the file (POST)."""
    user, data = staff(request), request.POST if request.method == "POST" else request.GET
    preset = presets_for(user).get(data.get("preset", ""))
    if data.get("preset") and preset is None:
        raise PermissionDenied
    listed = data.get("listed", "")
    form = ExportForm(
        request.POST if request.method == "POST" else None,
        by=user, preset=preset, is_listed=bool(listed),
        initial={**_initial(request), "preset": data.get("preset", ""), "listed": listed},
    )  # fmt: skip
    if not form.is_valid():
        return _names_page(model_admin, request, form, preset, listed)
    cleaned = form.cleaned_data
    chosen = _chosen(model_admin, request, cleaned)
    if preset:
        chosen = preset.narrow(chosen)
    if cleaned["file"] == XLSX and chosen[: MOST_IN_XLSX + 1].count() > MOST_IN_XLSX:
        form.add_error("file", _too_many())
        return _names_page(model_admin, request, form, preset, listed)
    statement = cleaned.get("statement")
    rows = exports.names(
        chosen, cleaned["columns"], by=user, statement=statement,
        order=preset.order if preset else ("pk",),
    )  # fmt: skip
    return _file(rows, "signatures", statement, cleaned)


def _too_many() -> str:
    told = gettext(
        "More than %(limit)s signatures: choose CSV, or export one part after the other."
    )
    return told % {"limit": intcomma(MOST_IN_XLSX)}


def _chosen(model_admin: admin.ModelAdmin, request: HttpRequest, data: dict[str, Any]) -> Any:
    """What the form asks for, of what this member of staff may see."""
    if data["listed"]:
        return list_as_it_stands(model_admin, request, data["listed"])
    chosen = of_visible_statements(staff(request), Signature.objects.all())
    if "states" in data:
        chosen = chosen.filter(state__in=data["states"])
    if data["statement"]:
        chosen = chosen.filter(statement=data["statement"])
    return chosen.filter(kind=data["kind"]) if data["kind"] else chosen


def list_as_it_stands(model_admin: admin.ModelAdmin, request: HttpRequest, query: str) -> Any:
    """All signatures of the list at the address `?query`, on whatever page of it.

    Raises SuspiciousOperation for an address that is none of the list's.
    """
    listed = neighbours.listed(model_admin, request, query, reads_on=True)
    keys = listed.order_by().values("pk")
    return of_visible_statements(staff(request), Signature.objects.filter(pk__in=keys))


def _names_page(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    form: forms.Form,
    preset: Preset | None,
    listed: str,
) -> HttpResponse:
    number = None
    if listed:
        listing = list_as_it_stands(model_admin, request, listed)
        number = listing[: BoundedPaginator.LIMIT].count()
    return _page(
        model_admin, request, form, gettext("Export signatures"), names=True, preset=preset,
        presets=presets_for(staff(request)), listed=listed, number=number,
        limit=BoundedPaginator.LIMIT,
    )  # fmt: skip


def may_count(model_admin: admin.ModelAdmin, request: HttpRequest) -> bool:
    """Counts contain no names, so that viewing the list is permission enough."""
    return model_admin.has_view_permission(request)


def export_counts(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """Show the form of filters (GET), or send the file (POST)."""
    form = CountsForm(
        request.POST if request.method == "POST" else None,
        by=staff(request),
        initial=_initial(request),
    )
    if not form.is_valid():
        return _page(model_admin, request, form, gettext("Export counts"), names=False)
    data = form.cleaned_data
    rows = exports.counts(by=staff(request), statement=data["statement"])
    return _file(rows, "counts", data["statement"], data)


def _page(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    form: forms.Form,
    title: str,
    **more: Any,
) -> HttpResponse:
    context = page_context(model_admin, request, title=title, form=form, **more)
    return render(request, "admin/signatories/export.html", context)


def _initial(request: HttpRequest) -> dict[str, str]:
    return {"statement": request.GET.get("statement", "")}


def _file(
    rows: Iterator[list[object]], name: str, statement: Statement | None, data: dict[str, Any]
) -> HttpResponseBase:
    name = "-".join((name, statement.slug if statement else "all", localdate().isoformat()))
    if data["file"] == XLSX:
        made = xlsx.write(rows, title=gettext("Signatures"))
        return FileResponse(
            made, as_attachment=True, filename=f"{name}.xlsx", content_type=xlsx.MEDIA_TYPE
        )
    delimiter = DELIMITERS.get(data["file"], ",")
    return StreamingHttpResponse(
        streamed(rows, bom=data["bom"], delimiter=delimiter),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


@admin.register(ExportLog)
class ExportLogAdmin(ReadOnlyMixin, OfficeAdmin):
    """Who exported which data, and when."""

    list_display = ("at", "by", "of", "taken", "rows")
    list_display_links = None
    list_filter = ("at", ("by", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("by", "statement")
    fields = ("at", "by", "of", "taken", "rows")
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related(STATEMENT_TITLES)

    @admin.display(description=_("statement"))
    def of(self, log: ExportLog) -> str:
        return str(log.statement) if log.statement is not None else gettext("all statements")

    @admin.display(description=_("columns"))
    def taken(self, log: ExportLog) -> str:
        known = {**{name: one.label for name, one in exports.COLUMNS.items()}, **exports.COUNTS}
        return ", ".join(str(known.get(name, name)) for name in log.columns)
