"""The report of a statement: from reading to confirming, in pictures, tables and a file."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from casa.lib.csv import streamed
from casa.office import report_numbers
from casa.office.own_screens import OwnScreens
from statements.models import Statement
from statements.permissions import visible_to

SCREENS = OwnScreens("report", "casa/admin-report.css", "signatories.view_signature")
PERIODS = (30, 90, 365)
"""Days; the first unless another one is asked for."""


def urls(site: AdminSite) -> list[URLPattern]:
    one = "report/<int:statement_pk>/"
    return [
        path(one, site.admin_view(of_statement), name="report"),
        path(f"{one}numbers.csv", site.admin_view(file), name="report_file"),
    ]


def of_statement(request: HttpRequest, statement_pk: int) -> HttpResponse:
    statement = _statement(request, statement_pk)
    period = next((one for one in PERIODS if request.GET.get("days") == str(one)), PERIODS[0])
    days = report_numbers.days_until_today(period)
    of_days = report_numbers.by_day(statement, days)
    return SCREENS.page(
        request, "statement", title=_("From reading to signing"), statement=statement,
        period=period, periods=PERIODS, steps=report_numbers.Step.labels,
        pictures=report_numbers.pictures(of_days), total=report_numbers.total(of_days),
        days=[line for line in reversed(of_days) if any(line.steps)],
        sources=report_numbers.by_source(statement, days),
        languages=report_numbers.by_language(statement, days),
        providers=report_numbers.providers(statement, days),
    )  # fmt: skip


def file(request: HttpRequest, statement_pk: int) -> HttpResponseBase:
    statement = _statement(request, statement_pk)
    rows = streamed(report_numbers.rows_of_file(statement))
    header = {"Content-Disposition": f'attachment; filename="numbers-{statement.slug}.csv"'}
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=header)


def _statement(request: HttpRequest, pk: int) -> Statement:
    user = SCREENS.require(request)
    return get_object_or_404(visible_to(user, Statement.objects.all()), pk=pk)
