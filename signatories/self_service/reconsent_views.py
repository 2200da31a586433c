"""The private page where a signer answers a material correction."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from casa.lib import http
from signatories.core import reconsent_questions, tokens
from signatories.models import Signature
from signatories.self_service import reconsent
from signatories.self_service.reconsent import ReconsentResult

STAY, WITHDRAW = "stay", "withdraw"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@http.private
def correction(request: HttpRequest, token: str, answer: str = STAY) -> HttpResponse:
    """GET shows the difference and both choices and changes nothing; POST answers.

    `answer` only says which choice the link in the mail stood for.
    """
    if answer not in (STAY, WITHDRAW):
        raise Http404
    try:
        signature = tokens.read(token, tokens.CORRECTION)
    except tokens.ExpiredToken:
        return _bad_link(request, 410)
    except tokens.InvalidToken:
        return _bad_link(request, 404)
    if request.method != "POST":
        return _page(request, signature, answer)
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    result = _answer(signature, request)
    if result == ReconsentResult.DONE:
        return redirect("signatories:correction", token)
    return _page(request, signature, answer, changed=result == ReconsentResult.CHANGED, status=409)


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
    answer: str,
    *,
    changed: bool = False,
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
        "changed": changed,
    }
    return render(request, "signatories/correction_page.html", context, status=status)


def _bad_link(request: HttpRequest, status: int) -> HttpResponse:
    context = {"is_expired": status == 410}
    return render(request, "signatories/correction_link.html", context, status=status)
