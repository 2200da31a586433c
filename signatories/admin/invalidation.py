"""Signatures to be marked as invalid, found by criteria: the form, and the screen that saves it."""

import json
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User, staff
from casa.lib import countries
from casa.lib.addresses import domains
from casa.lib.admin import page_context
from casa.lib.concurrent_edits.opened import digest
from casa.lib.moments.fields import MomentField
from signatories.admin.decision_progress import PERMISSIONS, may_see
from signatories.admin.filters import TITLES
from signatories.models import Decision, Signature
from signatories.moderation import decisions_on_many
from signatories.moderation.criteria import (
    LONGEST_PATTERN,
    MARK_LENGTH,
    SOURCES,
    Criteria,
    PatternError,
    wildcard_pattern,
)
from statements.models import Statement
from statements.permissions import of_visible_statements, visible_to

MOST_LISTED = 20
CONTACT_PERMISSION = "signatories.view_contact_data"
State = Decision.State


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
                wildcard_pattern(name)
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
