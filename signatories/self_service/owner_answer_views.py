"""The page where the owner of an imported name says whether they stand by it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casa.lib import http
from signatories.core import reconsent_questions, tokens
from signatories.models import Signature
from signatories.self_service import owner_answers
from signatories.self_service.owner_answers import OwnerResult
from signatories.signing import questions
from signatories.signing.confirmation import digest

CONFIRM, OBJECT = "confirm", "object"
FIELD = "owner"
"""Carries the token of the link to the statement's URL."""

STATUS = {
    OwnerResult.CONFIRMED: 200,
    OwnerResult.WITHDRAWN: 200,
    OwnerResult.CHANGED: 409,
    OwnerResult.GONE: 410,
}


@require_safe
@http.private
def ask(request: HttpRequest, token: str, answer: str = CONFIRM) -> HttpResponse:
    """The name as it stands, and both answers. It changes nothing: mail scanners follow links."""
    if answer not in (CONFIRM, OBJECT):
        raise Http404
    signature = _signature_of(request, token)
    if isinstance(signature, HttpResponse):
        return signature
    return _page(request, signature, token, answer=answer)


@http.private
def answer_press(request: HttpRequest) -> HttpResponse:
    """A button of that page, posted to the statement's URL; what is answered stands there."""
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    token = request.POST[FIELD]
    signature = _signature_of(request, token)
    if isinstance(signature, HttpResponse):
        return signature
    return _page(request, signature, token, result=_answered(request, signature))


def _answered(request: HttpRequest, signature: Signature) -> OwnerResult:
    answer = request.POST.get("answer")
    if answer == OBJECT:
        return owner_answers.object_to(signature)
    if answer == CONFIRM:
        seen, consent = request.POST.get("seen", ""), questions.owner_consent(signature.statement)
        if request.POST.get("consent") == questions.mark(consent):
            return owner_answers.confirm(signature, seen=seen, consent=consent)
    return OwnerResult.CHANGED


def _signature_of(request: HttpRequest, token: str) -> Signature | HttpResponse:
    """The signature that a link is for, or what its reader is told in its place."""
    try:
        return tokens.read(token, tokens.ASK)
    except tokens.ExpiredToken:
        return render(request, "signatories/ask_owner_link.html", {"is_expired": True}, status=410)
    except tokens.InvalidToken:
        return render(request, "signatories/ask_owner_link.html", status=404)


def _page(
    request: HttpRequest,
    signature: Signature,
    token: str,
    *,
    answer: str = CONFIRM,
    result: OwnerResult | None = None,
) -> HttpResponse:
    stands = signature.state in Signature.STANDING_STATES
    may_answer = owner_answers.may_answer(signature)
    consent = questions.owner_consent(signature.statement)
    context = {
        "signature": signature,
        "statement": signature.statement,
        "edition": reconsent_questions.signed_edition(signature) if may_answer else None,
        "stands": stands,
        "may_answer": may_answer,
        "is_own": stands and not signature.consent_source,
        "answer": answer,
        "result": result,
        "token": token,
        "seen": digest(signature),
        "consent": consent,
        "consent_mark": questions.mark(consent),
    }
    status = STATUS[result] if result else 200
    return render(request, "signatories/ask_owner.html", context, status=status)
