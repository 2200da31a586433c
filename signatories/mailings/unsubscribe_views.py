"""Updates are stopped by a button on a page or by a mail program's own button (RFC 8058)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from casa.lib import http
from signatories.core import tokens
from signatories.mailings import updates

ONE_CLICK = "One-Click"


@csrf_exempt
@http.from_mail_programs
@http.private
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks and changes nothing, since mail scanners follow links; POST stops the news.

    A post from another site is not refused here: mail programs and their providers send it, from
    wherever they are. The token is the authority. Only the mailbox's owner has it, it does this
    one thing, and they can take that back.
    """
    try:
        signature = tokens.read(token, tokens.UPDATES)
    except tokens.ExpiredToken:
        return _page(request, {"is_expired": True}, 410)
    except tokens.InvalidToken:
        return _page(request, {"is_invalid": True}, 404)
    one_click = request.POST.get("List-Unsubscribe") == ONE_CLICK
    if request.method == "POST":
        how = "one click in the mail program" if one_click else "by the link in a mail"
        updates.unsubscribe(signature, how=how)
    context: dict[str, object] = {
        "signature": signature,
        "statement": signature.statement if signature.statement.is_public() else None,
        "edition": signature.edition,
        "is_done": not signature.wants_updates,
    }
    return _page(request, context, 200)


def _page(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    return render(request, "signatories/unsubscribe.html", context, status=status)
