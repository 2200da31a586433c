"""How long data is kept, for staff: what goes when, the periods, what went, and the record of it.

Whoever may see the screen sees all of it. The site's periods are changed by whoever has the
permission to, a statement's by whoever may publish it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casa.accounts.models import User, staff
from casa.appearance import reading
from casa.lib import periods
from casa.lib.periods import LENGTHS, Term
from casa.lib.personal_data import Subject, purposes_by_ground
from casa.office.own_screens import OwnScreens
from casa.retention import choosing, rules
from casa.retention.models import Removal
from signatories.self_service import contact_ends
from statements import contact_periods
from statements.models import ContactEnding, Statement
from statements.permissions import may_take_action, visible_to

SCREENS = OwnScreens("retention", "casa/admin-retention.css", "retention.view_period")
CHANGE = "retention.change_period"
PUBLISH = "publish_statement"
LOG_SHOWN, ROWS_SHOWN = 100, 100


class PeriodsForm(forms.Form):
    """One number for each period of the site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for term, number in choosing.lengths().items():
            allowed = LENGTHS[term]
            self.fields[term.value] = forms.IntegerField(
                label=term.label, initial=number, min_value=allowed.least,
                max_value=allowed.most, help_text=_bounds(term),
            )  # fmt: skip

    def save(self, by: User) -> int:
        """How many periods became others."""
        return sum(choosing.choose(term, self.cleaned_data[term.value], by=by) for term in Term)


def _bounds(term: Term) -> str:
    allowed = LENGTHS[term]
    facts = {"least": allowed.least, "most": allowed.most, "usual": allowed.usual}
    if allowed.in_months:
        return _("Months: %(least)d to %(most)d; usually %(usual)d.") % facts
    return _("Days: %(least)d to %(most)d; usually %(usual)d.") % facts


class ContactPeriodForm(forms.Form):
    """The period of one statement."""

    months = forms.IntegerField(
        label=gettext_lazy("Months after the hand-over and the end of signing"),
        required=False,
        min_value=contact_periods.ALLOWED.least,
        max_value=contact_periods.ALLOWED.most,
        help_text=gettext_lazy("Leave empty to keep to the period of the site."),
    )


@dataclass(frozen=True)
class Removed:
    """A line of the log."""

    row: Removal
    words: str
    statement: Statement | None


def urls(site: AdminSite) -> list[URLPattern]:
    return [
        path("retention/", site.admin_view(overview), name="retention"),
        path("retention/record/", site.admin_view(record), name="retention_record"),
        path(
            "retention/statement/<int:statement_pk>/",
            site.admin_view(of_statement),
            name="retention_statement",
        ),
    ]


def overview(request: HttpRequest) -> HttpResponse:
    SCREENS.require(request)
    may_change = request.user.has_perm(CHANGE)
    form = PeriodsForm(request.POST or None)
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if form.is_valid():
            messages.success(request, _said(form.save(staff(request))))
            return redirect("admin:retention")
    visible = visible_to(request.user, Statement.objects.all())
    return SCREENS.page(
        request, "overview", title=_("How long data is kept"), form=form, may_change=may_change,
        endings=[one for one in contact_ends.upcoming() if visible.contains(one.statement)],
        found=list(rules.look()), removed=list(_removed(request)), notice=contact_ends.NOTICE,
    )  # fmt: skip


def of_statement(request: HttpRequest, statement_pk: int) -> HttpResponse:
    SCREENS.require(request)
    statement = get_object_or_404(
        visible_to(request.user, Statement.objects.all()), pk=statement_pk
    )
    may_change = may_take_action(request.user, statement, PUBLISH)
    months = contact_periods.own_months(statement)
    form = ContactPeriodForm(request.POST or None, initial={"months": months})
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if form.is_valid():
            chosen = form.cleaned_data["months"]
            changed = contact_periods.choose(statement, chosen, by=staff(request))
            messages.success(request, _said(int(changed)))
            return redirect("admin:retention_statement", statement_pk)
    rows = contact_ends.holding().filter(statement=statement).order_by("pk")
    pages = Paginator(rows, ROWS_SHOWN)
    return SCREENS.page(
        request, "statement", title=_("How long data is kept"), form=form, statement=statement,
        may_change=may_change, promised=_promised(statement),
        ending=contact_ends.ending_of(statement), rows=pages.get_page(request.GET.get("p")),
        begun=ContactEnding.objects.filter(pk=statement_pk, begun_at__isnull=False).first(),
    )  # fmt: skip


def record(request: HttpRequest) -> HttpResponse:
    SCREENS.require(request)
    title, context = _("Record of processing activities"), _record()
    if "download" not in request.GET:
        return SCREENS.page(request, "record", title=title, **context)
    text = render_to_string("admin/retention/record_file.html", {"title": title, **context})
    day = timezone.localdate().isoformat()
    header = {"Content-Disposition": f'attachment; filename="processing-{day}.html"'}
    return HttpResponse(text, headers=header)


def _said(changed: int) -> str:
    if not changed:
        return _("Nothing changed.")
    return _("Saved. What became shorter holds at once, what became longer for what comes now.")


def _promised(statement: Statement) -> list[tuple[str, Any]]:
    """What those who signed until a moment were promised, the newest first."""
    found = contact_periods.promised(statement)
    return [(periods.in_words(Term.CONTACT, one.length), one.until) for one in reversed(found)]


def _removed(request: HttpRequest) -> Iterator[Removed]:
    rows = list(Removal.objects.order_by("-day", "rule", "statement")[:LOG_SHOWN])
    visible = visible_to(request.user, Statement.objects.prefetch_related("texts"))
    statements = visible.in_bulk([row.statement for row in rows if row.statement])
    for row in rows:
        rule = rules.named(row.rule)
        yield Removed(row, str(rule.words) if rule else row.rule, statements.get(row.statement))


def announced(request: HttpRequest) -> list[tuple[Statement, Any]]:
    """Statements of which contact data goes soon, and from when, for the first screen."""
    if not SCREENS.are_for(request):
        return []
    visible = visible_to(request.user, Statement.objects.all())
    rows = ContactEnding.objects.filter(begun_at=None, statement__in=visible.values("pk"))
    near = rows.select_related("statement").prefetch_related("statement__texts")
    return [
        (one.statement, one.noticed_at + contact_ends.NOTICE)
        for one in near.order_by("noticed_at")[:LOG_SHOWN]
    ]


def _record() -> dict[str, Any]:
    """What Art. 30 GDPR asks for, from what the code declares of each column."""
    return {
        "office": reading.words(),
        "language": get_language(),
        "made_on": timezone.localdate(),
        "subjects": [(subject, purposes_by_ground(subject)) for subject in Subject],
        "backups": periods.in_words(Term.BACKUP),
    }
