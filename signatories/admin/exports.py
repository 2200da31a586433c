"""The screens that export CSV files, and the log of exports."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User, staff
from casa.lib.admin import BoundedPaginator, OfficeAdmin, ReadOnlyMixin, page_context
from signatories.admin.filters import STATEMENT_TITLES, TITLES
from signatories.models import ExportLog, Signature
from signatories.moderation import exports
from statements.models import Statement
from statements.permissions import of_visible_statements, visible_to

CHOSEN_AT_FIRST = ("statement", "kind", "shown_as", "role", "affiliation", "city", "country")


class CountsForm(forms.Form):
    statement = forms.ModelChoiceField(
        Statement.objects.none(),
        label=_("Statement"),
        required=False,
        empty_label=_("All statements"),
        help_text=_("Whose signatures the file is to hold."),
    )
    bom = forms.BooleanField(
        label=_("For Excel"),
        required=False,
        initial=True,
        help_text=_("Leave it ticked to open the file in Excel: letters such as ə and é stay."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statements: Any = self.fields["statement"]
        statements.queryset = visible_to(by, Statement.objects.prefetch_related(TITLES))


class ExportForm(CountsForm):
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
    field_order = ("statement", "states", "kind", "columns", "bom")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        columns: Any = self.fields["columns"]
        columns.choices = [
            (column.name, str(column.label).capitalize()) for column in exports.columns_for(by)
        ]
        columns.initial = CHOSEN_AT_FIRST


def may_export(model_admin: admin.ModelAdmin, request: HttpRequest) -> bool:
    return staff(request).has_perm("signatories.export_signature")


def export_signatures(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """Show the form of columns and filters (GET), or send the file (POST)."""
    user = staff(request)
    form = ExportForm(
        request.POST if request.method == "POST" else None, by=user, initial=_initial(request)
    )
    if not form.is_valid():
        return _page(model_admin, request, form, gettext("Export signatures"), names=True)
    data = form.cleaned_data
    chosen = of_visible_statements(user, Signature.objects.filter(state__in=data["states"]))
    if data["statement"]:
        chosen = chosen.filter(statement=data["statement"])
    if data["kind"]:
        chosen = chosen.filter(kind=data["kind"])
    pieces = exports.names(
        chosen, data["columns"], by=user, statement=data["statement"], bom=data["bom"]
    )
    return _file(pieces, "signatures", data["statement"])


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
    pieces = exports.counts(by=staff(request), statement=data["statement"], bom=data["bom"])
    return _file(pieces, "counts", data["statement"])


def _page(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    form: forms.Form,
    title: str,
    *,
    names: bool,
) -> HttpResponse:
    context = page_context(model_admin, request, title=title, form=form, names=names)
    return render(request, "admin/signatories/export.html", context)


def _initial(request: HttpRequest) -> dict[str, str]:
    return {"statement": request.GET.get("statement", "")}


def _file(pieces: Iterator[bytes], name: str, statement: Statement | None) -> HttpResponseBase:
    parts = (name, statement.slug if statement else "all", localdate().isoformat())
    return StreamingHttpResponse(
        pieces,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{"-".join(parts)}.csv"'},
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
