"""A signer's private page: see what is stored, correct, withhold, withdraw, take away, erase.

Pages show on GET and change on POST: mail scanners follow links.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from casa.lib import http
from casa.mail import stops
from signatories.core import receipts, reconsent_questions, referrals, states, subscriptions, tokens
from signatories.core.answers import with_answers
from signatories.models import Signature
from signatories.self_service import editing, own_facts, privacy, private_links
from signatories.self_service.forms import LinkForm, OwnDetailsForm
from signatories.signing import confirmation, held_forms
from signatories.signing.antispam import rate_limits
from signatories.signing.waiting_views import forgotten, held_for
from statements import mail_subjects


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@http.private
def request_link(request: HttpRequest) -> HttpResponse:
    """Asks for an address (GET), and has the mail sent (POST), if there is anything to send."""
    if request.method != "POST":
        return render(request, "signatories/request_link.html", {"form": LinkForm()})
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return render(request, "signatories/request_link.html", {"form": form}, status=422)
    if not rate_limits.allow(request, "private_link"):
        return rate_limits.refused(request)
    email = form.cleaned_data["email"]
    private_links.request(email)
    token = held_forms.hold(held_forms.LINK, {"email": email})
    return redirect("signatories:link_requested", token)


@http.private
@require_safe
def link_requested(request: HttpRequest, token: str) -> HttpResponse:
    """The page after every request for the private link; it does not tell who signed."""
    held = held_for(request, token, held_forms.LINK)
    if held is None:
        return forgotten(request)
    context = {"email": held.typed["email"]}
    return render(request, "signatories/link_requested.html", context)


OwnView = Callable[..., HttpResponse]


def _own(view: OwnView) -> Callable[..., HttpResponseBase]:
    """Opens the private link for a view, or answers why it does not."""

    @wraps(view)
    def wrapped(request: HttpRequest, token: str, *args: str, **kwargs: str) -> HttpResponse:
        try:
            signature = tokens.read(token, tokens.MANAGE)
        except tokens.ExpiredToken:
            return render(request, "signatories/own_link.html", {"is_expired": True}, status=410)
        except tokens.InvalidToken:
            return render(request, "signatories/own_link.html", status=404)
        if request.method == "POST" and http.is_cross_site(request):
            return render(request, "403.html", {"cross_site": True}, status=403)
        return view(request, token, signature, *args, **kwargs)

    return wrapped


@require_safe
@http.private
@_own
def manage(request: HttpRequest, token: str, signature: Signature) -> HttpResponse:
    return _page(request, token, signature)


def _page(
    request: HttpRequest, token: str, signature: Signature, *, status: int = 200
) -> HttpResponse:
    own = Signature.objects.of_mailbox(signature.email).exclude(pk=signature.pk)
    context = {
        **_context(token, signature),
        "done": request.GET.get("done", ""),
        "is_late": status == 409,
        "facts": own_facts.facts(signature),
        "may_confirm": confirmation.may_confirm(signature),
        "may_change": editing.may_change(signature),
        "may_withhold": editing.may_withhold(signature),
        "may_show": editing.may_show(signature),
        "may_erase_representative": privacy.may_erase_representative(signature),
        "receipt": receipts.of_confirmed(signature),
        "referred": referrals.count_referred(signature),
        "most_counted": referrals.MOST_COUNTED,
        "mails": privacy.mails_to(signature.email),
        "has_others": own.exists(),
        "stop_token": stops.make_token(signature.email, mail_subjects.about(signature.statement)),
    }
    return render(request, "signatories/own_page.html", context, status=status)


def _context(token: str, signature: Signature) -> dict[str, object]:
    statement = signature.statement
    is_public = statement.is_public()
    with_answers([signature], statement)
    return {
        "token": token,
        "signature": signature,
        "statement": statement,
        "is_public": is_public,
        # No word of a statement that nobody may read any more.
        "edition": reconsent_questions.signed_edition(signature) if is_public else None,
    }


@require_safe
@http.private
@_own
def data(request: HttpRequest, token: str, signature: Signature) -> HttpResponse:
    """All that is stored under the mailbox, as a file."""
    answer = JsonResponse(
        privacy.collect(signature), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = 'attachment; filename="my-signatures.json"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


@dataclass(frozen=True)
class Action:
    """An action of a signer. One with a page of its own asks for confirmation there."""

    act: Callable[[Signature, HttpRequest], object]
    page: str = ""
    may: Callable[[Signature], bool] = editing.may_change


def _withdraw(signature: Signature, request: HttpRequest) -> object:
    return editing.withdraw(signature, shown=request.POST.get("shown") == "yes")


def _unsubscribe(signature: Signature, request: HttpRequest) -> object:
    return subscriptions.unsubscribe(signature, how="by the private link")


ACTIONS = {
    "withhold": Action(lambda signature, request: editing.withhold(signature)),
    "show": Action(
        lambda signature, request: editing.show(signature),
        "signatories/own_show.html",
        editing.may_show,
    ),
    "subscribe": Action(lambda signature, request: subscriptions.subscribe(signature)),
    "unsubscribe": Action(_unsubscribe),
    "hide-withdrawal": Action(lambda signature, request: states.hide_withdrawal(signature)),
    "withdraw": Action(_withdraw, "signatories/own_withdraw.html"),
}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@http.private
@_own
def run_action(request: HttpRequest, token: str, signature: Signature, action: str) -> HttpResponse:
    """The page of an action (GET), or the action itself (POST)."""
    if action == "correct":
        return _correct(request, token, signature)
    if action == "erase":
        return _erase(request, token, signature)
    if action not in ACTIONS:
        raise Http404
    chosen = ACTIONS[action]
    if request.method != "POST":
        if not (chosen.page and chosen.may(signature)):
            return redirect("signatories:manage", token)
        return _action_page(request, token, signature, chosen.page)
    try:
        chosen.act(signature, request)
    except states.StateError:
        return _late(request, token, signature)
    return _back(token, action)


def _action_page(
    request: HttpRequest, token: str, signature: Signature, page: str, **more: object
) -> HttpResponse:
    if not editing.may_change(signature):
        return redirect("signatories:manage", token)
    listed = editing.may_be_listed_as_withdrawn(signature)
    return render(request, page, {**_context(token, signature), "may_be_listed": listed, **more})


def _correct(request: HttpRequest, token: str, signature: Signature) -> HttpResponse:
    page = "signatories/own_correct.html"
    if request.method != "POST":
        return _action_page(request, token, signature, page, form=OwnDetailsForm(signature))
    form = OwnDetailsForm(signature, request.POST)
    if not form.is_valid():
        return render(request, page, {**_context(token, signature), "form": form}, status=422)
    try:
        editing.correct(signature, form.cleaned_data)
    except states.StateError:
        return _late(request, token, signature)
    return _back(token, "correct")


def _erase(request: HttpRequest, token: str, signature: Signature) -> HttpResponse:
    """Asks once more (GET); erases what was chosen and cannot lead back (POST)."""
    what = request.POST.get("what")
    if request.method != "POST" or what not in ("this", "representative", "all"):
        own = Signature.objects.of_mailbox(signature.email).exclude(pk=signature.pk)
        context = {
            **_context(token, signature),
            "may_erase_representative": privacy.may_erase_representative(signature),
            "has_others": own.exists(),
            "is_unanswered": request.method == "POST",
        }
        status = 422 if request.method == "POST" else 200
        return render(request, "signatories/own_erase.html", context, status=status)
    if what == "all":
        privacy.erase_all(signature)
    elif what == "this":
        privacy.erase(signature)
    else:
        try:
            privacy.erase_representative(signature)
        except states.StateError:
            return _late(request, token, signature)
    return render(request, "signatories/erased.html", {"just_now": True})


def _back(token: str, done: str) -> HttpResponse:
    answer = redirect("signatories:manage", token)
    answer["Location"] += f"?done={done}"
    return answer


def _late(request: HttpRequest, token: str, signature: Signature) -> HttpResponse:
    """The page as it is now: what was asked for is not possible any more."""
    signature.refresh_from_db()
    return _page(request, token, signature, status=409)
