"""“It was not me”: the page behind a link in every first mail, and what mail programs press."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from casa.lib import http
from casa.mail import stops

EVERYTHING, AGAIN = "everything", "again"


@csrf_exempt
@http.from_mail_programs
@http.private
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows how it stands and changes nothing, since mail scanners follow links; POST acts.

    A post from another site is not refused: mail programs and their providers send it (RFC 8058),
    which ends the mails the link is about. The token, which only the mailbox has, is what allows
    it.
    """
    try:
        link = stops.read_token(token)
    except signing.BadSignature:
        return render(request, "mail/stop.html", {"is_invalid": True}, status=404)
    if request.method == "POST":
        _act(link, request.POST.get("action"))
    stand = stops.stops_in_force(link.mailbox, link.about)
    context = {
        "subject": link.subject(),
        "is_about_one": link.about != stops.ALL,
        "all_stopped": stops.ALL in stand,
        "is_stopped": bool(stand),
        "is_done": request.method == "POST",
    }
    return render(request, "mail/stop.html", context)


def _act(link: stops.StopLink, action: str | None) -> None:
    if action == AGAIN:
        stops.lift(link.mailbox, link.about)
    else:
        stops.stop(link.mailbox, stops.ALL if action == EVERYTHING else link.about)
