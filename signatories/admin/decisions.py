"""Moderation of one or many rows: a preview that counts the changes, then the decision."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import OfficeAdmin, Screen, screen_urls
from signatories.models import Decision, Signature
from signatories.moderation import bulk, decisions, decisions_on_many, looking
from signatories.organizations import renewals
from statements.permissions import is_visible_to

State = Signature.State

LEFT: dict[str, Promise] = {
    looking.ALREADY: _("already in that state"),
    looking.TWICE: _("the organization stands there already and counts once"),
    looking.CHANGED: _("changed by somebody since"),
    looking.OF_REJECTED: _("of an organization that is rejected"),
    renewals.NOT_VERIFIED: _("not verified"),
    renewals.TO_CHECK: _("to be checked by the office first"),
    renewals.ASKED: _("asked already, and the answer can still come"),
    renewals.NOBODY: _("without a representative who can be written to"),
    State.PENDING: _("waiting for the signer's confirmation"),
    State.CONFIRMED: _("confirmed, so there is nothing to show again"),
    State.HIDDEN: _("hidden"),
    State.WITHDRAWN: _("withdrawn by the signer, which only the signer can change"),
    State.INVALIDATED: _("marked as invalid"),
}


@dataclass(frozen=True)
class VerbButton:
    """A verb of moderation as a button."""

    label: Promise
    explanation: Promise
    key: str = ""  # that opens its page


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": _("Write a reason. It stands in the history.")},
        help_text=_(
            "For the history, which colleagues read; visitors and signers do not. E-mail"
            " addresses are left out."
        ),
    )

    def __init__(self, *args: Any, verb: str, **options: Any) -> None:
        super().__init__(*args, **options)
        reason = self.fields["reason"]
        reason.required = verb not in decisions.WITHOUT_REASON


class DecisionForm(ReasonForm):
    ids = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    back = forms.CharField(widget=forms.HiddenInput, required=False)
    next = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("ids", "seen")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # The page of many is longer than a window: focus would scroll past what it says.
        if self.fields["reason"].required:
            self.fields["reason"].widget.attrs["autofocus"] = True

    def clean_ids(self) -> list[int]:
        return numbers(self.cleaned_data["ids"])

    def clean_seen(self) -> dict[int, str]:
        """The marks of the rows as they were shown; each stands where its number does in `ids`."""
        ids = self.cleaned_data.get("ids", [])
        return dict(zip(ids, self.cleaned_data["seen"].split(","), strict=False))


def preview_context(request: HttpRequest, found: bulk.Preview) -> dict[str, Any]:
    """What the template of a preview needs besides it; titles of hidden drafts are left out."""
    hidden = gettext("A colleague's draft")
    return {
        "preview": found,
        "more": max(0, found.changing - len(found.names)),
        "effects": [
            (str(one.statement) if is_visible_to(request.user, one.statement) else hidden, one)
            for one in found.effects
        ],
        "left": [(LEFT[why], number) for why, number in sorted(found.left.items())],
    }


def numbers(text: str) -> list[int]:
    """The primary keys in "3,5,8"; anything else is left out."""
    found = [int(part) for part in text.split(",") if part.isdecimal() and len(part) < 19]
    return found[: bulk.IN_REQUEST]


class DecidingAdmin(OfficeAdmin):
    """Offers decisions as actions of the list, and on a screen for one row or many.

    The screen takes the rows by primary key (`?ids=3,5`), so that it changes the rows it showed.
    """

    decisions: dict[str, VerbButton]
    decision_permission: str
    done_words: Any  # ngettext_lazy, by "n"
    left_words: Any

    class Media:
        css = {"all": ("casa/admin-signatures.css",)}

    preview: Callable[[Any, str], bulk.Preview]

    def may_decide(self, request: HttpRequest) -> bool:
        return staff(request).has_perm(self.decision_permission)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        if not self.may_decide(request) or (IS_POPUP_VAR in request.GET):
            return actions
        for verb, decision in self.decisions.items():
            label = gettext("%(decision)s …") % {"decision": decision.label}
            actions[verb] = (_action(verb), verb, label)
        return actions

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Refuses a decision without permission; Django would ignore an unknown action."""
        chosen = set(request.POST.getlist("action")) & set(self.decisions)
        if chosen and not self.may_decide(request):
            raise PermissionDenied
        return super().changelist_view(request, extra_context)

    def get_urls(self) -> list[URLPattern]:
        return [*screen_urls(self, (DECIDE,)), *super().get_urls()]

    def decide_view(self, request: HttpRequest, verb: str) -> HttpResponse:
        """Show what the decision would change (GET), or make it (POST)."""
        if verb not in self.decisions:
            raise Http404
        if request.method != "POST":
            rows = self.decided_on(request, numbers(request.GET.get("ids", "")))
            return self.render_preview(request, rows, verb, back=request.GET.get("back", ""))
        form = DecisionForm(request.POST, verb=verb)
        if form.is_valid():
            self._decide(request, verb, form.cleaned_data)
            where = form.cleaned_data["next" if "then_next" in request.POST else "back"]
            return redirect(self._back(request, where))
        rows = self.decided_on(request, numbers(request.POST.get("ids", "")))
        back = request.POST.get("back", "")
        return self.render_preview(request, rows, verb, back=back, form=form)

    def decided_on(self, request: HttpRequest, pks: Sequence[int]) -> QuerySet:
        """Those of the rows that the member of staff may see."""
        seen = self.get_queryset(request).filter(pk__in=pks)
        return self.model.objects.filter(pk__in=seen.values("pk"))

    def render_preview(
        self,
        request: HttpRequest,
        rows: QuerySet,
        verb: str,
        *,
        back: str,
        form: DecisionForm | None = None,
    ) -> HttpResponse:
        found = type(self).preview(rows, verb)
        marks = looking.marks(rows.order_by("pk"))
        ids, seen = ",".join(str(pk) for pk in marks), ",".join(marks.values())
        back = self._back(request, back)
        data = request.POST if request.method == "POST" else request.GET
        following = self._back(request, data.get("next", "")) if data.get("next") else ""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "next": following,
            "title": self.decisions[verb].label,
            "verb": verb,
            "decision": self.decisions[verb],
            "preview": found,
            **preview_context(request, found),
            "form": form
            or DecisionForm(
                verb=verb, initial={"ids": ids, "seen": seen, "back": back, "next": following}
            ),
            "back": back,
            "action": reverse(f"admin:signatories_{self.opts.model_name}_decide", args=[verb]),
        }
        return render(request, "admin/signatories/decide.html", context)

    def _decide(self, request: HttpRequest, verb: str, data: dict[str, Any]) -> None:
        rows = self.decided_on(request, data["ids"]).order_by("pk")
        pks = list(rows.values_list("pk", flat=True))
        if not pks:
            return
        by, reason = staff(request), data["reason"]
        result = bulk.perform(self.model, pks, verb, by=by, reason=reason, seen=data["seen"])
        if result.done:
            told = conditional_escape(self.done_words % {"n": result.done})
            self.message_user(request, _with_way_back(told, result.decision), messages.SUCCESS)
        if result.left > result.changed:
            left = result.left - result.changed
            self.message_user(request, self.left_words % {"n": left}, messages.WARNING)
        if result.changed:
            self.message_user(request, self._changed(result.changed), messages.WARNING)

    def _changed(self, number: int) -> str:
        words = ngettext(
            "%(n)d was changed by somebody while you looked at it, so it was left. Look again.",
            "%(n)d were changed by somebody while you looked at them, so they were left. Look"
            " again.",
            number,
        )
        return words % {"n": number}

    def _back(self, request: HttpRequest, back: str) -> str:
        if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
            return back
        return reverse(f"admin:signatories_{self.opts.model_name}_changelist")


def _with_way_back(told: str, decision: Decision | None) -> str:
    """Add a link to the page that undoes it, if it was one of many."""
    if decision is None:
        return told
    url = reverse("admin:signatories_decision_progress", args=[decision.pk])
    return format_html('{} <a href="{}">{}</a>', told, url, gettext("Look at it, or undo it"))


def _action(verb: str) -> Callable[..., HttpResponse | None]:
    def act(of: Any, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
        rows = of.model.objects.filter(pk__in=chosen.order_by().values("pk"))
        if bulk.is_large(rows):
            made = decisions_on_many.prepare(rows, verb, by=staff(request))
            return redirect("admin:signatories_decision_progress", made.pk)
        return of.render_preview(request, rows, verb, back=request.get_full_path())

    return act


DECIDE = Screen(
    "decide", "decide/<slug:verb>/",
    lambda model_admin, request, verb: model_admin.decide_view(request, verb),
    lambda model_admin, request, verb: model_admin.may_decide(request),
)  # fmt: skip
