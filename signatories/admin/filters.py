"""The filters of the lists: short ones as links, long ones as a choice with a button."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_date
from django.utils.timezone import get_current_timezone, make_aware, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib import countries
from casa.lib.keys import primary_key
from signatories.models import Logo, Organization, Signature
from statements.models import Statement, StatementText
from statements.permissions import visible_to

UNSURE_BELOW = 0.8
"""Confidence below which an imported line is marked as unsure."""

TITLES = Prefetch("texts", StatementText.objects.only("statement", "language", "title"))
STATEMENT_TITLES = Prefetch(
    "statement__texts", StatementText.objects.only("statement", "language", "title")
)
"""The columns of a text that make a statement's title, without its body."""

Choices = list[tuple[str, Any]]


def kept_in(changelist: ChangeList, *without: str) -> list[tuple[str, str]]:
    """The parameters of the list's URL without those named, for a form that adds to them."""
    query = QueryDict(changelist.get_query_string(remove=[*without, "p"]).removeprefix("?"))
    return [(key, value) for key, values in query.lists() for value in values]


def _has_logo(*, approved: bool) -> Q:
    return Q(Exists(Logo.objects.filter(organization=OuterRef("pk"), approved=approved)))


class SelectFilter(admin.SimpleListFilter):
    """Too many choices for a list of links."""

    template = "admin/signatories/filter_select.html"

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        self.kept = kept_in(changelist, self.parameter_name or "")
        for value, label in self.lookup_choices:
            yield {"value": value, "selected": value == self.value(), "display": label}


class StatementFilter(SelectFilter):
    """Statements by title, in two queries; Django's filter takes one query for each title."""

    title = _("statement")
    parameter_name = "statement"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        statements = visible_to(request.user, Statement.objects.prefetch_related(TITLES))
        return [(str(statement.pk), str(statement)) for statement in statements]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or ""
        return queryset.filter(statement=primary_key(value)) if value.isdecimal() else queryset


class CountryFilter(SelectFilter):
    title = _("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("none", _("not given")), *countries.country_choices()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        if not value:
            return queryset
        return queryset.filter(country="" if value == "none" else value)


class _ConditionFilter(admin.SimpleListFilter):
    """Named conditions, each a Q."""

    conditions: dict[str, tuple[Any, Q]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(name, label) for name, (label, _condition) in self.conditions.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        found = self.conditions.get(self.value() or "")
        return queryset.filter(found[1]) if found else queryset


class DecisionFilter(_ConditionFilter):
    title = _("approval")
    parameter_name = "decision"
    conditions = {
        "needed": (_("needs a decision"), Q(approved=False, state=Signature.State.CONFIRMED)),
        "open": (_("not approved, in any state"), Q(approved=False)),
        "made": (_("approved"), Q(approved=True)),
    }


class KindFilter(admin.ChoicesFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = gettext("kind of signer")


class LeadFilter(_ConditionFilter):
    title = _("place in the list")
    parameter_name = "lead"
    conditions = {
        "yes": (_("among the lead signatories"), Q(lead_position__isnull=False)),
        "no": (_("all others"), Q(lead_position__isnull=True)),
    }


class ChangedFilter(_ConditionFilter):
    title = _("what everybody sees")
    parameter_name = "changed"
    conditions = {"yes": (_("changed by the signer"), Q(renamed_at__isnull=False))}


class ImportedFilter(_ConditionFilter):
    title = _("how it came")
    parameter_name = "imported"
    conditions = {
        "unsure": (_("from a list, unsure"), Q(import_confidence__lt=UNSURE_BELOW)),
        "yes": (_("from a list"), Q(import_confidence__isnull=False)),
        "no": (_("signed on the site"), Q(import_confidence__isnull=True)),
    }


# The condition of the index, which SQLite needs word for word in order to use it.
HAS_TROUBLE = ~Q(mail_trouble="")


class MailTroubleFilter(_ConditionFilter):
    title = _("trouble with mail")
    parameter_name = "trouble"
    conditions = {"any": (_("any"), HAS_TROUBLE)} | {
        one: (one.label, HAS_TROUBLE & Q(mail_trouble=one)) for one in Signature.MailTrouble
    }


ODD = ~Q(suspicions=[])


class SuspiciousFilter(_ConditionFilter):
    title = _("signs of abuse")
    parameter_name = "suspicious"
    conditions = {
        "waiting": (
            _("suspicious, waits for a decision"),
            ODD & Q(approved=False, state=Signature.State.CONFIRMED),
        ),
        "yes": (_("suspicious"), ODD),
        "no": (_("nothing odd"), Q(suspicions=[])),
    }


class InDecisionFilter(admin.SimpleListFilter):
    """The signatures of one decision on many, which its page leads to."""

    title = _("decision on many")
    parameter_name = "in_decision"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        value = request.GET.get(self.parameter_name, "")
        return [(value, gettext("Number %(number)s") % {"number": value})] if value else []

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or ""
        if not value:
            return queryset
        key = int(value) if value.isdecimal() and len(value) < 19 else 0
        return queryset.filter(decision_rows__decision=key)


class HasSignedFilter(admin.SimpleListFilter):
    title = _("what it signed")
    parameter_name = "signed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("yes", _("a statement, and counts")), ("no", _("nothing that counts"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        counted = Exists(Signature.objects.counted().filter(organization=OuterRef("pk")))
        if self.value() == "yes":
            return queryset.filter(counted)
        if self.value() == "no":
            # What stands in public counts: so the signatures of few are asked for.
            return queryset.filter(stands_from=None).exclude(counted)
        return queryset


class ToCheckFilter(admin.SimpleListFilter):
    title = _("to be checked")
    parameter_name = "to_check"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("yes", _("for whatever reason")), *Organization.ToCheck.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        if not value:
            return queryset
        waiting = queryset.exclude(to_check="")
        return waiting if value == "yes" else waiting.filter(to_check=value)


class VerifyAgainFilter(admin.SimpleListFilter):
    title = _("to verify again")
    parameter_name = "again"
    OPEN, ASKED, UNANSWERED = "yes", "asked", "unanswered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [
            (self.OPEN, _("for whatever reason")),
            *Organization.ToRenew.choices,
            (self.ASKED, _("its representative was asked")),
            (self.UNANSWERED, _("its representative did not answer in time")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        value = self.value() or ""
        if value == self.ASKED:
            return queryset.filter(asked_again_at__isnull=False)
        if value == self.UNANSWERED:
            return queryset.unanswered()
        reason = value if value in Organization.ToRenew.values else ""
        return queryset.to_verify_again(reason) if reason or value == self.OPEN else queryset


class LogoFilter(_ConditionFilter):
    title = _("logo")
    parameter_name = "logo"
    conditions = {
        # Only logos that a representative has confirmed.
        "waiting": (
            _("came with a signature, not shown"),
            _has_logo(approved=False)
            & Q(Exists(Signature.objects.filter(organization=OuterRef("pk"), state="confirmed"))),
        ),
        "shown": (_("shown"), _has_logo(approved=True)),
    }


class SignedBetweenFilter(admin.ListFilter):
    """Signatures from one day to another, both included, in the office's time zone."""

    title = _("day of signing")
    template = "admin/signatories/filter_days.html"
    DAYS = ("since", "until")

    def __init__(self, request: HttpRequest, params: dict, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        for name in self.DAYS:
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1]

    def expected_parameters(self) -> list[str | None]:
        return [*self.DAYS]

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        self.kept = kept_in(changelist, *self.DAYS)
        self.latest = now().astimezone(get_current_timezone()).date().isoformat()
        yield {name: self.used_parameters.get(name, "") for name in self.DAYS}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if since := self._moment("since", time.min):
            queryset = queryset.filter(created_at__gte=since)
        if until := self._moment("until", time.max):
            queryset = queryset.filter(created_at__lte=until)
        return queryset

    def _moment(self, name: str, hour: time) -> datetime | None:
        try:
            day = parse_date(str(self.used_parameters.get(name, "")))
            return make_aware(datetime.combine(day, hour)) if day else None
        except (ValueError, OverflowError):
            return None
