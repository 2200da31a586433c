"""The private page where a representative says that their organization’s entry is still right."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casa.lib import http
from signatories.core import tokens
from signatories.models import Signature
from signatories.organizations import renewals

FIELD = "verify_again"
"""Carries the token of the link to the statement's URL."""


@http.private
@require_safe
def verify_again(request: HttpRequest, token: str) -> HttpResponse:
    """The entry and the button. It changes nothing: mail scanners follow links."""
    signature = _signature_of(request, token)
    if isinstance(signature, HttpResponse):
        return signature
    return _page(request, signature, token, is_asked=renewals.is_asked(signature))


@http.private
def verify_again_press(request: HttpRequest) -> HttpResponse:
    """The button of that page, posted to the statement's URL; what is answered stands there."""
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    token = request.POST[FIELD]
    signature = _signature_of(request, token)
    if isinstance(signature, HttpResponse):
        return signature
    is_done = renewals.renew(signature)
    return _page(request, signature, token, is_done=is_done)


def _signature_of(request: HttpRequest, token: str) -> Signature | HttpResponse:
    """The signature that a link is for, or what its reader is told in its place."""
    try:
        signature = tokens.read(token, tokens.VERIFY_AGAIN)
    except tokens.ExpiredToken:
        return _bad_link(request, 410)
    except tokens.InvalidToken:
        return _bad_link(request, 404)
    is_there = signature.organization is not None and signature.statement.is_public()
    return signature if is_there else _bad_link(request, 404)


def _page(
    request: HttpRequest,
    signature: Signature,
    token: str,
    *,
    is_asked: bool = False,
    is_done: bool = False,
) -> HttpResponse:
    context = {
        "signature": signature,
        "statement": signature.statement,
        "organization": signature.organization,
        "token": token,
        "is_asked": is_asked,
        "is_done": is_done,
    }
    return render(request, "signatories/verify_again.html", context)


def _bad_link(request: HttpRequest, status: int) -> HttpResponse:
    context = {"is_expired": status == 410, "is_invalid": status == 404}
    return render(request, "signatories/verify_again.html", context, status=status)
