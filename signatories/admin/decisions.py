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
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import OfficeAdmin, Screen, screen_urls
from signatories.models import Signature
from signatories.moderation import bulk, decisions
from statements.permissions import is_visible_to

State = Signature.State

NAMES_SHOWN = 10

LEFT: dict[str, Promise] = {
    bulk.ALREADY: _("so already"),
    bulk.TWICE: _("the organization stands there already and counts once"),
    State.PENDING: _("waiting for the signer's confirmation"),
    State.CONFIRMED: _("confirmed, so there is nothing to show again"),
    State.HIDDEN: _("hidden"),
    State.WITHDRAWN: _("withdrawn by the signer, which only the signer can change"),
    State.INVALIDATED: _("marked as invalid"),
}


@dataclass(frozen=True)
class Decision:
    """A verb of moderation as a button."""

    label: Promise
    explanation: Promise
    key: str = ""  # that opens its page


class DecisionForm(forms.Form):
    ids = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    back = forms.CharField(widget=forms.HiddenInput, required=False)
    next = forms.CharField(widget=forms.HiddenInput, required=False)
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
        if reason.required:
            reason.widget.attrs["autofocus"] = True

    def clean_ids(self) -> list[int]:
        return numbers(self.cleaned_data["ids"])

    def clean_seen(self) -> dict[int, str]:
        """The marks of the rows as they were shown; each stands where its number does in `ids`."""
        ids = self.cleaned_data.get("ids", [])
        return dict(zip(ids, self.cleaned_data["seen"].split(","), strict=False))


def numbers(text: str) -> list[int]:
    """The primary keys in "3,5,8"; anything else is left out."""
    found = [int(part) for part in text.split(",") if part.isdecimal() and len(part) < 19]
    return found[: bulk.LIMIT]


class DecidingAdmin(OfficeAdmin):
    """Offers decisions as actions of the list, and on a screen for one row or many.

    The screen takes the rows by primary key (`?ids=3,5`), so that it changes the rows it showed.
    """

    decisions: dict[str, Decision]
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
        ids = ",".join(str(pk) for pk in found.chosen)
        seen = ",".join(self._marks(found.chosen))
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
            "names": found.changing[:NAMES_SHOWN],
            "more": max(0, len(found.changing) - NAMES_SHOWN),
            "effects": self._effects(request, found.effects),
            "left": [(LEFT[why], number) for why, number in sorted(found.left.items())],
            "form": form
            or DecisionForm(
                verb=verb, initial={"ids": ids, "seen": seen, "back": back, "next": following}
            ),
            "back": back,
            "action": reverse(f"admin:signatories_{self.opts.model_name}_decide", args=[verb]),
        }
        return render(request, "admin/signatories/decide.html", context)

    def _effects(
        self, request: HttpRequest, effects: Sequence[bulk.Effect]
    ) -> list[tuple[str, bulk.Effect]]:
        """Each with the title of its statement, if the member of staff may see that."""
        hidden = gettext("A colleague's draft")
        return [
            (str(one.statement) if is_visible_to(request.user, one.statement) else hidden, one)
            for one in effects
        ]

    def _decide(self, request: HttpRequest, verb: str, data: dict[str, Any]) -> None:
        result = bulk.perform(
            self.model,
            bulk.chosen_pks(self.decided_on(request, data["ids"])),
            verb,
            by=staff(request),
            reason=data["reason"],
            seen=data["seen"],
        )
        if result.done:
            self.message_user(request, self.done_words % {"n": result.done}, messages.SUCCESS)
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

    def _marks(self, pks: Sequence[int]) -> list[str]:
        marks = bulk.marks(self.model._base_manager.filter(pk__in=pks))
        return [marks.get(pk, "") for pk in pks]

    def _back(self, request: HttpRequest, back: str) -> str:
        if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
            return back
        return reverse(f"admin:signatories_{self.opts.model_name}_changelist")


def _action(verb: str) -> Callable[..., HttpResponse | None]:
    def act(of: Any, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
        try:
            rows = of.decided_on(request, bulk.chosen_pks(chosen))
        except bulk.TooManyError:
            text = gettext(
                "More than %(limit)s are chosen, which is too many for one decision. Narrow the"
                " list down with its filters and decide on one part after the other."
            )
            of.message_user(request, text % {"limit": f"{bulk.LIMIT:,}"}, messages.ERROR)
            return None
        return of.render_preview(request, rows, verb, back=request.get_full_path())

    return act


DECIDE = Screen(
    "decide", "decide/<slug:verb>/",
    lambda model_admin, request, verb: model_admin.decide_view(request, verb),
    lambda model_admin, request, verb: model_admin.may_decide(request),
)  # fmt: skip
