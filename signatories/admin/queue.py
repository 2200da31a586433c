"""The screen of the moderators' queue: one row after the other, with keys."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import page_context
from signatories.models import Organization, Signature
from signatories.moderation import bulk, decisions, looking, queue

VERBS: dict[type, dict[str, str]] = {
    Signature: {"accept": "approve", "refuse": "invalidate"},
    Organization: {"accept": "verify", "refuse": "reject"},
}
KINDS: dict[str, type[Signature] | type[Organization]] = {
    "signature": Signature,
    "organization": Organization,
}
USUAL_REASONS = (
    _("Not a person’s name"),
    _("Signed by a script"),
    _("Signed in somebody else’s name"),
    _("There is no such organization"),
    _("The organization did not agree to sign"),
)


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason to refuse"),
        max_length=300,
        widget=forms.TextInput(
            attrs={"class": "vTextField", "list": "usual-reasons", "data-key": "r"}
        ),
        error_messages={"required": _("Write a reason. It stands in the history.")},
    )


def may_open(model_admin: admin.ModelAdmin, request: HttpRequest) -> bool:
    user = staff(request)
    return user.has_perm(queue.SIGNATURES) or user.has_perm(queue.ORGANIZATIONS)


def show_queue(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The next one that waits (GET); a decision on the one that was shown (POST)."""
    place = queue.Place.read(request.GET.get("past", ""))
    form = RefusalForm()
    if request.method == "POST":
        form = RefusalForm(request.POST if request.POST.get("verb") == "refuse" else None)
        answer = _decide(request, place, form)
        if answer is not None:
            return answer
    return _page(model_admin, request, place, form)


def _decide(request: HttpRequest, place: queue.Place, form: RefusalForm) -> HttpResponse | None:
    """The way on; None to show the same one again, with what is wrong."""
    user, data = staff(request), request.POST
    kind, pk = KINDS.get(data.get("kind", "")), data.get("pk", "")
    verb = VERBS[kind].get(data.get("verb", "")) if kind else None
    if kind is None or verb is None or not pk.isdecimal() or len(pk) > 18:
        return redirect(_at(place))
    reason = ""
    if verb not in decisions.WITHOUT_REASON:
        if not form.is_valid():
            return None
        reason = form.cleaned_data["reason"]
    waiting: Any = queue.signatures if kind is Signature else queue.organizations
    one = waiting(user).filter(pk=int(pk)).first()
    if one is None:
        told = gettext("A colleague has decided on it already. Here is the next one.")
        messages.info(request, told)
        return redirect(_at(place))
    seen = {one.pk: data.get("seen", "")}
    result = bulk.perform(kind, [one.pk], verb, by=user, reason=reason, seen=seen)
    if result.changed:
        told = gettext("It was changed while you looked at it. Look at it again.")
        messages.warning(request, told)
        return redirect(_at(place))
    if result.done:
        _say(request, one, verb)
    return redirect(_at(place.past(one)))


def _say(request: HttpRequest, one: Signature | Organization, verb: str) -> None:
    words = {
        "approve": pgettext("queue", "Approved: %(name)s"),
        "invalidate": pgettext("queue", "Marked as invalid: %(name)s"),
        "verify": pgettext("queue", "Verified: %(name)s"),
        "reject": pgettext("queue", "Rejected: %(name)s"),
    }
    messages.success(request, words[verb] % {"name": one})


def _at(place: queue.Place) -> str:
    url = reverse("admin:signatories_decision_queue")
    return f"{url}?past={place}" if place != queue.Place() else url


def _page(
    model_admin: admin.ModelAdmin, request: HttpRequest, place: queue.Place, form: RefusalForm
) -> HttpResponse:
    user = staff(request)
    one = queue.following(user, place)
    number = queue.count(user)
    context = page_context(
        model_admin,
        request,
        title=_("What waits for a decision"),
        one=one,
        number=number,
        is_bounded=number >= queue.MOST_COUNTED,
        form=form,
        first_url=_at(queue.Place()),
    )
    if one is not None:
        context |= _shown(one, user)
        context["next_url"] = _at(place.past(one))
    return render(request, "admin/signatories/queue.html", context)


def _shown(one: Signature | Organization, user: Any) -> dict[str, Any]:
    is_signature = isinstance(one, Signature)
    model = "signature" if is_signature else "organization"
    return {
        "kind": model,
        "is_signature": is_signature,
        "mark": looking.mark(one),
        "reasons": queue.reasons(one),
        "neighbours": queue.neighbours(one, user),
        "page_url": reverse(f"admin:signatories_{model}_change", args=[one.pk]),
        "row_url_name": f"admin:signatories_{model}_change",
        "usual_reasons": USUAL_REASONS[:3] if is_signature else USUAL_REASONS[3:],
        "accept_label": _("Approve") if is_signature else _("Verify"),
        "refuse_label": _("Mark as invalid") if is_signature else _("Reject"),
    }
