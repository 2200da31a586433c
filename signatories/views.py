"""Signing and confirming."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from casa.lib import http
from signatories import signing, tokens
from signatories.forms import SignForm
from signatories.models import Signature
from signatories.signing import Outcome
from statements.models import Edition
from statements.reading import current_edition, current_editions, in_readers_language

FORM_KEPT_FOR = 3600  # seconds; keys change with the statement, so this only bounds memory


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The form on a page of its own (GET), and where every copy of it is posted to."""
    return sign_post(request, slug) if request.method == "POST" else sign_page(request, slug)


sign.cache_policy = "public"  # type: ignore[attr-defined]


@http.public
def sign_page(request: HttpRequest, slug: str) -> HttpResponse:
    edition = current_edition(slug)
    return render(request, "signatories/sign.html", _sign_context(edition, SignForm(edition)))


@http.private
def sign_post(request: HttpRequest, slug: str) -> HttpResponse:
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    editions = current_editions(slug, tally=False)
    form = SignForm(in_readers_language(editions), request.POST)
    if not form.is_valid():
        context = _sign_context(in_readers_language(editions), form)
        return render(request, "signatories/sign.html", context, status=422)
    edition = _edition_seen(editions, form.cleaned_data["edition"])
    typed = form.as_signing()
    try:
        signing.sign(edition, typed)
    except signing.NotOpen:
        return render(request, "signatories/sign.html", _sign_context(edition, form), status=409)
    return _check_mail(request, edition, typed.email)


PLACE_OF_ADDRESS = "an-address-stands-here"


def _check_mail(request: HttpRequest, edition: Edition, email: str) -> HttpResponse:
    """Alike for everybody but for the address, so it is kept, as the empty form is."""
    key = f"check-mail:{edition.pk}:{edition.statement.changed_at.timestamp()}:{get_language()}"
    html = cache.get(key)
    if html is None:
        context = {"edition": edition, "email": PLACE_OF_ADDRESS}
        html = render_to_string("signatories/check_mail.html", context, request)
        cache.set(key, html, FORM_KEPT_FOR)
    return HttpResponse(html.replace(PLACE_OF_ADDRESS, escape(email)))


def _edition_seen(editions: list[Edition], number: int | None) -> Edition:
    """The edition whose words the supporter had before their eyes when they signed."""
    current = in_readers_language(editions)
    if number is None or number == current.number:
        return current
    earlier = Edition.objects.filter(
        statement=current.statement, number=number, language=current.language
    )
    return earlier.select_related("statement").first() or current


def _sign_context(edition: Edition, form: SignForm) -> dict[str, object]:
    return {
        "edition": edition,
        "statement": edition.statement,
        "form": form,
        "is_open": edition.statement.is_open(),
    }


# What each outcome of opening or pressing the link is answered with.
CONFIRM_ANSWERS = {
    None: ("signatories/confirm.html", 200),
    Outcome.CHANGED: ("signatories/confirm.html", 409),
    Outcome.CONFIRMED: ("signatories/confirmed.html", 200),
    Outcome.ALREADY: ("signatories/confirmed.html", 200),
    Outcome.ORGANIZATION_HAS_SIGNED: ("signatories/not_confirmed.html", 409),
    Outcome.TOO_LATE: ("signatories/not_confirmed.html", 409),
    Outcome.GONE: ("signatories/not_confirmed.html", 410),
}


@csrf_exempt
@http.private
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what is about to be confirmed and changes nothing: mail scanners follow links."""
    try:
        signature = tokens.read(token, tokens.CONFIRM)
    except tokens.ExpiredToken:
        return render(request, "signatories/link_expired.html", status=410)
    except tokens.InvalidToken:
        return render(request, "signatories/link_invalid.html", status=404)
    if not signature.statement.is_public():
        raise http.Gone
    if request.method != "POST":
        return _confirm_answer(request, signature, signing.obstacle(signature))
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    outcome = signing.confirm(signature, seen=request.POST.get("seen", ""))
    if outcome in (Outcome.CONFIRMED, Outcome.ALREADY):
        return redirect("signatories:confirm", token)
    return _confirm_answer(request, signature, outcome)


def _confirm_answer(
    request: HttpRequest, signature: Signature, outcome: Outcome | None
) -> HttpResponse:
    template, status = CONFIRM_ANSWERS[outcome]
    context = {
        "signature": signature,
        "statement": signature.statement,
        "edition": signature.edition,
        "seen": signing.digest(signature),
        "outcome": outcome,
        "changed": outcome == Outcome.CHANGED,
    }
    return render(request, template, context, status=status)
