"""Decisions on many in the back office: prepared, begun, looked at, stopped and undone."""

import json
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User, staff
from casa.lib import countries
from casa.lib.addresses import domains
from casa.lib.admin import (
    BoundedPaginator,
    OfficeAdmin,
    ReadOnlyMixin,
    Screen,
    page_context,
    screen_urls,
)
from casa.lib.concurrent_edits.opened import digest
from casa.lib.moments.fields import MomentField
from signatories.admin import queue
from signatories.admin.decisions import LEFT, ReasonForm, preview_context
from signatories.admin.filters import STATEMENT_TITLES, TITLES
from signatories.models import Decision, DecisionRow, Organization, Signature
from signatories.moderation import bulk, decisions_on_many
from signatories.moderation.criteria import (
    LONGEST_PATTERN,
    MARK_LENGTH,
    SOURCES,
    Criteria,
    PatternError,
    like,
)
from statements.models import Statement
from statements.permissions import of_visible_statements, visible_to

REFRESH = 3  # seconds
MOST_LISTED = 20
SAMPLE = 12
CONTACT_PERMISSION = "signatories.view_contact_data"
PERMISSIONS = {
    False: "signatories.moderate_signature",
    True: "signatories.verify_organization",
}
State, Outcome = Decision.State, DecisionRow.Outcome


class CriteriaForm(forms.Form):
    """Which signatures an invalidation is for. What is left empty does not matter."""

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("For colleagues: “Bot of Saturday night”."),
        error_messages={"required": _("Give it a title by which colleagues know it again.")},
    )
    statement = forms.ModelChoiceField(
        Statement.objects.none(),
        label=_("Statement"),
        required=False,
        empty_label=_("All statements"),
        help_text=_("Signatures under other statements stay as they are."),
    )
    since = MomentField(
        label=_("Signed from"), required=False, asks=False, help_text=_("When the form was sent.")
    )
    until = MomentField(label=_("Signed until"), required=False, asks=False)
    networks = forms.CharField(
        label=_("Networks"),
        required=False,
        max_length=2000,
        help_text=_(
            "Marks of networks, with commas between them. The page of a signature has a link that"
            " fills in its own. A mark is good for one day."
        ),
    )
    domains = forms.CharField(
        label=_("Domains of addresses"),
        required=False,
        max_length=1000,
        help_text=_("What stands after the @, with commas between them: “example.org”."),
    )
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=LONGEST_PATTERN,
        help_text=_(
            "As it is shown. * stands for anything, ? for one letter: “*bot*”. Accents and capitals"
            " do not matter."
        ),
    )
    source = forms.ChoiceField(
        label=_("How it came"),
        required=False,
        choices=[("", _("in any way")), *SOURCES.items()],
    )
    via = forms.CharField(
        label=_("Code of the link"),
        required=False,
        max_length=16,
        help_text=_("Of one link that was passed on: what stands after “via=” in it."),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        help_text=_("What was given in the form; nobody checks it."),
    )
    states = forms.MultipleChoiceField(
        label=_("State"),
        required=False,
        choices=[(one, one.label) for one in Signature.LIVE_STATES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means all of these."),
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        statements: Any = self.fields["statement"]
        statements.queryset = visible_to(by, Statement.objects.prefetch_related(TITLES))
        country: Any = self.fields["country"]
        country.choices = [("", _("any")), *countries.country_choices()]
        if not by.has_perm(CONTACT_PERMISSION):
            del self.fields["domains"]

    def clean_networks(self) -> list[str]:
        marks = _parts(self.cleaned_data["networks"])
        if any(len(mark) != MARK_LENGTH or not mark.isalnum() for mark in marks):
            raise forms.ValidationError(
                gettext("A mark has 32 letters and digits. Take it from the page of a signature.")
            )
        return marks

    def clean_domains(self) -> list[str]:
        found = []
        for one in _parts(self.cleaned_data["domains"]):
            try:
                found.append(domains.in_ascii(one.removeprefix("@")))
            except domains.InvalidDomainError:
                words = gettext("“%(domain)s” is no domain. Write it like “example.org”.")
                raise forms.ValidationError(words % {"domain": one}) from None
        return found

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        try:
            if name:
                like(name)
        except PatternError as error:
            raise forms.ValidationError(str(error)) from error
        return name

    def clean(self) -> None:
        data = self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("This is before it begins."))
        if not self.errors and not self.criteria().is_narrow:
            raise forms.ValidationError(
                gettext(
                    "Say which signatures are meant: by time, network, domain, name, source or"
                    " country. A statement alone would mean all who signed it."
                )
            )

    def criteria(self) -> Criteria:
        data = self.cleaned_data
        statement, since, until = data["statement"], data["since"], data["until"]
        return Criteria(
            statement=statement.pk if statement else None,
            since=since.isoformat() if since else "",
            until=until.isoformat() if until else "",
            networks=tuple(data["networks"]),
            domains=tuple(data.get("domains", ())),
            states=tuple(data["states"]),
            **{name: data[name] for name in ("name", "source", "via", "country")},
        )


def _parts(text: str) -> list[str]:
    return list(dict.fromkeys(part for part in text.replace(",", " ").split() if part))[
        :MOST_LISTED
    ]


def _initial(criteria: Criteria) -> dict[str, Any]:
    """What the form shows of criteria."""
    lists = {name: ", ".join(getattr(criteria, name)) for name in ("networks", "domains")}
    return {
        **criteria.as_json(),
        **lists,
        "since": _moment(criteria.since),
        "until": _moment(criteria.until),
    }


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _of_link(request: HttpRequest) -> Criteria:
    """Criteria in the address of a link from elsewhere in the back office."""
    given, statement = request.GET, request.GET.get("statement", "")
    if like := _signature(request, given.get("like", "")):
        networks = (like.network,) if like.network else ()
        return Criteria(statement=like.statement_id, networks=networks)
    return Criteria(
        statement=int(statement) if statement.isdecimal() and len(statement) < 19 else None,
        networks=tuple(_parts(given.get("networks", ""))),
        domains=tuple(_parts(given.get("domains", ""))),
        since=given.get("since", ""),
        until=given.get("until", ""),
        via=given.get("via", "")[:16],
    )


def _signature(request: HttpRequest, number: str) -> Signature | None:
    """The signature of that number, if this member of staff may see it."""
    if not number.isdecimal() or len(number) > 18:
        return None
    visible = of_visible_statements(staff(request), Signature.objects.all())
    return visible.filter(pk=int(number)).first()


def may_see(model_admin: admin.ModelAdmin, request: HttpRequest, decision: Decision) -> bool:
    user = staff(request)
    seen = model_admin.get_queryset(request).filter(pk=decision.pk)
    return user.has_perm(PERMISSIONS[decision.is_of_organizations]) and seen.exists()


def may_prepare(model_admin: admin.ModelAdmin, request: HttpRequest, **captured: Any) -> bool:
    return staff(request).has_perm(PERMISSIONS[False])


def show_criteria(
    model_admin: admin.ModelAdmin, request: HttpRequest, decision: Decision | None = None
) -> HttpResponse:
    """Ask which signatures an invalidation is for (GET); save it, not begun (POST)."""
    user = staff(request)
    if decision is not None and (
        decision.state != State.DRAFT
        or decision.criteria is None
        or not may_see(model_admin, request, decision)
    ):
        return redirect("admin:signatories_decision_progress", decision.pk)
    criteria = Criteria.read(decision.criteria or {}) if decision else _of_link(request)
    initial = {**_initial(criteria), "title": decision.title if decision else ""}
    form = CriteriaForm(request.POST or None, by=user, initial=initial)
    seen = digest([decision.title, json.dumps(decision.criteria)]) if decision else ""
    if request.method == "POST" and form.is_valid() and request.POST.get("seen", "") != seen:
        told = gettext("Somebody changed this while you looked. Look at it again, then save.")
        form.add_error(None, told)
    elif request.method == "POST" and form.is_valid():
        saved = _save(user, decision, form)
        return redirect("admin:signatories_decision_progress", saved.pk)
    context = page_context(
        model_admin,
        request,
        title=_("Mark signatures as invalid"),
        form=form,
        decision=decision,
        seen=seen,
    )
    return render(request, "admin/signatories/decision/criteria.html", context)


def _save(user: User, decision: Decision | None, form: CriteriaForm) -> Decision:
    criteria, title = form.criteria(), form.cleaned_data["title"]
    if decision is None:
        return decisions_on_many.prepare_invalidation(criteria, by=user, title=title)
    decisions_on_many.change_criteria(decision, criteria, title=title)
    return decision


def show_progress(
    model_admin: admin.ModelAdmin, request: HttpRequest, decision: Decision
) -> HttpResponse:
    """What it would do, or how far it has come (GET); begins, stops, goes on, undoes (POST)."""
    form = ReasonForm(None, verb=decision.verb)
    if request.method == "POST":
        if request.POST.get("verb") != "begin":
            _act(request, decision)
            return redirect("admin:signatories_decision_progress", decision.pk)
        form = ReasonForm(request.POST, verb=decision.verb)
        if form.is_valid() and _begin(request, decision, form.cleaned_data["reason"]):
            return redirect("admin:signatories_decision_progress", decision.pk)
    is_draft = decision.state == State.DRAFT
    context = page_context(
        model_admin,
        request,
        title=str(decision),
        decision=decision,
        label=decision.get_verb_display(),
        form=form,
        criteria=[]
        if decision.criteria is None
        else list(Criteria.read(decision.criteria).in_words()),
        **(_draft(request, decision) if is_draft else _under_way(request, decision)),
    )
    return render(request, "admin/signatories/decision/progress.html", context)


def _act(request: HttpRequest, decision: Decision) -> None:
    verb, told = request.POST.get("verb", ""), ""
    if verb == "stop" and decisions_on_many.stop(decision):
        told = gettext("Stopped. What was done stays done.")
    elif verb == "resume" and decisions_on_many.resume(decision):
        told = gettext("It goes on where it was stopped.")
    elif verb == "undo" and decisions_on_many.undo(decision, by=staff(request)):
        told = gettext("It is being undone, row by row.")
    elif verb == "discard" and decisions_on_many.discard(decision):
        told = gettext("Discarded. Nothing was changed.")
    if told:
        messages.success(request, told)
    else:
        messages.warning(request, gettext("Nothing was done: somebody else was faster."))


def _begin(request: HttpRequest, decision: Decision, reason: str) -> bool:
    """Whether the page is done with; False to look at it again, with a message."""
    found = _preview(request, decision)
    if decision.state == State.DRAFT and request.POST.get("counted") != str(found.changing):
        told = gettext("The number has changed since. Look at it again, then decide.")
        messages.error(request, told)
        return False
    if not decisions_on_many.begin(decision, by=staff(request), reason=reason):
        messages.warning(request, gettext("Nothing was done: somebody else was faster."))
    return True


def _rows(request: HttpRequest, decision: Decision) -> Any:
    """The signatures or organizations that it is for, of what this member of staff may see."""
    if decision.is_of_organizations:
        return Organization.objects.filter(decision_rows__decision=decision)
    found = Signature.objects.filter(decision_rows__decision=decision)
    if decision.criteria is not None and decision.state == State.DRAFT:
        found = Criteria.read(decision.criteria).rows()
    return of_visible_statements(staff(request), found)


def _preview(request: HttpRequest, decision: Decision) -> bulk.Preview:
    look = bulk.preview_organizations if decision.is_of_organizations else bulk.preview
    return look(_rows(request, decision), decision.verb)


def _draft(request: HttpRequest, decision: Decision) -> dict[str, Any]:
    found = _preview(request, decision)
    sample = []
    if decision.criteria is not None:
        rows = _rows(request, decision).filter(state__in=Signature.LIVE_STATES)
        newest = rows.select_related("organization", "statement").prefetch_related(STATEMENT_TITLES)
        sample = list(newest.order_by("-pk")[:SAMPLE])
    return {**preview_context(request, found), "sample": sample, "is_draft": True}


def _under_way(request: HttpRequest, decision: Decision) -> dict[str, Any]:
    undoes = decision.state in (State.UNDOING, State.UNDO_STOPPED, State.UNDONE)
    seen = decision.undone + decision.kept if undoes else decision.done + decision.left
    expected = decision.done if undoes else decision.chosen
    finished = decision.state in (State.DONE, State.UNDONE)
    moves = decision.state in Decision.AT_WORK
    return {
        "undoes": undoes,
        "seen": seen,
        "expected": expected,
        "percent": 100 if finished or not expected else min(99, 100 * seen // expected),
        "erased": max(0, expected - seen) if finished else 0,
        "left": _reasons(decision, Outcome.LEFT),
        "kept": _reasons(decision, Outcome.KEPT),
        "rows_url": _rows_url(decision),
        "refresh": REFRESH if moves and "still" not in request.GET else 0,
        "is_waiting_for_worker": moves and _is_late(decision),
    }


def _is_late(decision: Decision) -> bool:
    """Whether nothing happens: no worker runs, or a batch failed and is tried later."""
    begun = decision.begun_at or timezone.now()
    nothing = not (decision.done or decision.left)
    return decision.attempts > 0 or (nothing and begun < timezone.now() - timedelta(minutes=2))


def _reasons(decision: Decision, outcome: str) -> list[tuple[Any, int]]:
    if not (decision.left or decision.kept):
        return []
    rows = decision.rows.filter(outcome=outcome).values_list("why")
    counted = rows.annotate(number=Count("pk")).order_by("why")
    return [(LEFT.get(why, why), number) for why, number in counted]


def _rows_url(decision: Decision) -> str:
    if decision.is_of_organizations:
        return ""
    return f"{reverse('admin:signatories_signature_changelist')}?in_decision={decision.pk}"


SCREENS = (
    Screen("queue", "queue/", queue.show_queue, queue.may_open),
    Screen("invalidation", "invalidation/", show_criteria, may_prepare),
    Screen(
        "criteria", "<int:pk>/criteria/",
        show_criteria, may_see, of=Decision,
    ),
    Screen("progress", "<int:pk>/progress/", show_progress, may_see, of=Decision),
)  # fmt: skip


@admin.register(Decision)
class DecisionAdmin(ReadOnlyMixin, OfficeAdmin):
    """Every decision on many: who, when, on how many, and what became of it."""

    list_display = ("named", "on", "state", "chosen", "done", "left", "made_by", "made_at")
    list_filter = ("state", "verb")
    list_select_related = ("made_by", "statement")
    first_step = _(
        "No decisions on many yet. Choose rows in the list of signatures, or say which are meant."
    )
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    class Media:
        css = {"all": ("casa/admin-signatures.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Decision]:
        seen = visible_to(request.user, Statement.objects.all())
        rows = super().get_queryset(request).prefetch_related(STATEMENT_TITLES)
        return rows.filter(Q(statement=None) | Q(statement__in=seen.values("pk")))

    @admin.display(description=_("decision"), ordering="verb")
    def named(self, decision: Decision) -> str:
        verb = str(decision.get_verb_display())
        return f"{verb}: {decision.title}" if decision.title else verb

    @admin.display(description=_("statement"))
    def on(self, decision: Decision) -> str:
        if decision.statement is not None:
            return str(decision.statement)
        return gettext("organizations") if decision.is_of_organizations else gettext("several")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        found = self.get_object(request, object_id)
        if found is None or not self.has_view_permission(request, found):
            return super().change_view(request, object_id, form_url, extra_context)
        return redirect("admin:signatories_decision_progress", found.pk)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return any(staff(request).has_perm(one) for one in PERMISSIONS.values())

    def get_urls(self) -> list[URLPattern]:
        return [*screen_urls(self, SCREENS), *super().get_urls()]
