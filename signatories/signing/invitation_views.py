"""The view to which the form on a private preview page is posted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from casa.lib import http
from signatories.signing import invitations
from signatories.signing.forms import InvitationForm
from signatories.signing.invitations import InvitationResult
from statements import previews
from statements.models import PreviewLink
from statements.previews import Words
from statements.public.preview_views import refused, words_shown

AGREE, WITHDRAW, DECLINE = "agree", "withdraw", "decline"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@http.limited("private_page")
@http.private
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Signs, agrees to changed words, withdraws or declines (POST); all else leads to the preview.

    Nothing is declined by opening an address, since mail scanners open them.
    """
    try:
        link = previews.open_(token)
        words, _languages = words_shown(link)
    except previews.Refused as refusal:
        return refused(request, refusal)
    if request.method != "POST" or link.statement.is_public():
        return redirect("statements:preview", token)
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    action = request.POST.get("action")
    if action == WITHDRAW:
        invitations.withdraw(link)
    elif action == DECLINE:
        _decline(request, link)
    else:
        return _sign_or_agree(request, token, link, words)
    return _back(token)


def _sign_or_agree(
    request: HttpRequest, token: str, link: PreviewLink, words: Words
) -> HttpResponse:
    if request.POST.get("action") != AGREE:
        return _sign(request, token, link, words)
    result = invitations.confirm_reading(link, words, seen=request.POST.get("seen", ""))
    signed = result == InvitationResult.SIGNED
    return _back(token) if signed else _answer(request, token, result)


def _decline(request: HttpRequest, link: PreviewLink) -> None:
    reason, never = request.POST.get("reason", ""), request.POST.get("never_again", "")
    invitations.decline(link, reason, never_again=bool(never))


def _sign(request: HttpRequest, token: str, link: PreviewLink, words: Words) -> HttpResponse:
    form = InvitationForm(link, request.POST)
    if not form.is_valid():
        context = {"form": form, "token": token, "words": words, "statement": link.statement}
        return render(request, "signatories/invitation.html", context, status=422)
    seen = form.cleaned_data["seen"]
    result = invitations.sign(link, words, form.submission(), seen=seen)
    if result in (InvitationResult.SIGNED, InvitationResult.ALREADY):
        return _back(token)
    return _answer(request, token, result)


def _answer(request: HttpRequest, token: str, result: InvitationResult) -> HttpResponse:
    context = {"result": result, "token": token}
    return render(request, "signatories/invitation_not_signed.html", context, status=409)


def _back(token: str) -> HttpResponse:
    """Redirects to the preview, at its status message."""
    response = redirect("statements:preview", token)
    response["Location"] += "#sign"
    return response
