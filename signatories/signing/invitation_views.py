"""Where the form on a private preview page is posted to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from casa.lib import http
from signatories.signing import invitations
from signatories.signing.forms import InvitationForm
from signatories.signing.invitations import Outcome
from statements import previews
from statements.models import PreviewLink
from statements.previews import Words
from statements.public.preview_views import refused, words_shown

AGREE, WITHDRAW = "agree", "withdraw"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@http.private
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Signs, agrees to changed words, or withdraws (POST); all else leads to the preview."""
    try:
        link = previews.open_(token)
        words, _languages = words_shown(link)
    except previews.Refused as refusal:
        return refused(request, refusal)
    if request.method != "POST" or link.statement.is_public():
        return redirect("statements:preview", token)
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    wish = request.POST.get("wish")
    if wish == WITHDRAW:
        invitations.withdraw(link)
        return _back(token)
    if wish == AGREE:
        outcome = invitations.agree(link, words, seen=request.POST.get("seen", ""))
        return _back(token) if outcome == Outcome.SIGNED else _answer(request, token, outcome)
    return _sign(request, token, link, words)


def _sign(request: HttpRequest, token: str, link: PreviewLink, words: Words) -> HttpResponse:
    form = InvitationForm(link, request.POST)
    if not form.is_valid():
        context = {"form": form, "token": token, "words": words, "statement": link.statement}
        return render(request, "signatories/invitation.html", context, status=422)
    seen = form.cleaned_data["seen"]
    outcome = invitations.sign(link, words, form.as_signing(), seen=seen)
    if outcome in (Outcome.SIGNED, Outcome.ALREADY):
        return _back(token)
    return _answer(request, token, outcome)


def _answer(request: HttpRequest, token: str, outcome: Outcome) -> HttpResponse:
    context = {"outcome": outcome, "token": token}
    return render(request, "signatories/invitation_not_signed.html", context, status=409)


def _back(token: str) -> HttpResponse:
    """To the preview, at the place where it says how things stand."""
    response = redirect("statements:preview", token)
    response["Location"] += "#sign"
    return response
