"""The private page where a signer answers a material correction."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casa.lib import http
from signatories.core import reconsent_questions, tokens
from signatories.models import Signature
from signatories.self_service import reconsent
from signatories.self_service.reconsent import ReconsentResult

STAY, WITHDRAW = "stay", "withdraw"


FIELD = "correction"
"""Carries the token of the link to the statement's URL."""


@require_safe
@http.private
def correction(request: HttpRequest, token: str, answer: str = STAY) -> HttpResponse:
    """The difference and both choices. It changes nothing: mail scanners follow links.

    `answer` only says which choice the link in the mail stood for.
    """
    if answer not in (STAY, WITHDRAW):
        raise Http404
    signature = _signature_of(request, token)
    if isinstance(signature, HttpResponse):
        return signature
    return _page(request, signature, token, answer)


@http.private
def answer_press(request: HttpRequest) -> HttpResponse:
    """A button of that page, posted to the statement's URL; what is answered stands there."""
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    token = request.POST[FIELD]
    signature = _signature_of(request, token)
    if isinstance(signature, HttpResponse):
        return signature
    result = _answer(signature, request)
    signature = tokens.read(token, tokens.CORRECTION)
    is_done = result == ReconsentResult.DONE
    return _page(request, signature, token, is_done=is_done, status=200 if is_done else 409)


def _signature_of(request: HttpRequest, token: str) -> Signature | HttpResponse:
    """The signature that a link is for, or what its reader is told in its place."""
    try:
        return tokens.read(token, tokens.CORRECTION)
    except tokens.ExpiredToken:
        return _bad_link(request, 410)
    except tokens.InvalidToken:
        return _bad_link(request, 404)


def _answer(signature: Signature, request: HttpRequest) -> ReconsentResult:
    answer = request.POST.get("answer")
    if answer == WITHDRAW:
        return reconsent.withdraw(signature)
    if answer == STAY and signature.statement.is_public():
        return reconsent.stay(signature, seen=request.POST.get("seen", ""))
    return ReconsentResult.CHANGED


def _page(
    request: HttpRequest,
    signature: Signature,
    token: str,
    answer: str = STAY,
    *,
    is_done: bool = False,
    status: int = 200,
) -> HttpResponse:
    statement = signature.statement
    stands, is_public = signature.state in Signature.STANDING_STATES, statement.is_public()
    question = reconsent_questions.question_for(signature) if stands and is_public else None
    context = {
        "signature": signature,
        "statement": statement,
        "edition": question.signed if question else reconsent_questions.signed_edition(signature),
        "correction": question,
        "changes": question.changes if question else [],
        "stands": stands,
        "is_public": is_public,
        "answer": answer,
        "token": token,
        "is_done": is_done,
        "changed": status == 409,
    }
    return render(request, "signatories/correction_page.html", context, status=status)


def _bad_link(request: HttpRequest, status: int) -> HttpResponse:
    context = {"is_expired": status == 410}
    return render(request, "signatories/correction_link.html", context, status=status)
