"""The pages of a follower: follow, confirm, leave."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from casa.lib import http
from signatories.mailings import followers
from signatories.mailings.awaited import awaited
from signatories.mailings.follower_forms import FollowForm
from signatories.signing import held_forms
from signatories.signing.antispam import rate_limits
from signatories.signing.waiting_views import forgotten, held_for
from statements.models import Edition
from statements.reading import current_edition


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The form (GET), and where it is posted to."""
    return follow_post(request, slug) if request.method == "POST" else follow_page(request, slug)


follow.cache_policy = "public"  # type: ignore[attr-defined]


@http.public
def follow_page(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, current_edition(slug), FollowForm())


@http.private
def follow_post(request: HttpRequest, slug: str) -> HttpResponse:
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    edition, form = current_edition(slug), FollowForm(request.POST)
    if not awaited(edition.statement):
        return _page(request, edition, FollowForm(), status=409)
    if not form.is_valid():
        return _page(request, edition, form, status=422)
    if not rate_limits.allow(request, "follow"):
        return rate_limits.refused(request)
    email = form.cleaned_data["email"]
    followers.follow(edition.statement, email)
    typed = {"email": email}
    token = held_forms.hold(held_forms.FOLLOW, typed, statement=edition.statement)
    return redirect("signatories:follow_asked", token)


@http.private
@require_safe
def follow_asked(request: HttpRequest, token: str) -> HttpResponse:
    """The page after every request to follow; it does not tell who follows already."""
    held = held_for(request, token, held_forms.FOLLOW)
    if held is None or held.statement is None:
        return forgotten(request)
    edition = current_edition(held.statement.slug)
    return _page(request, edition, FollowForm(), asked=held.typed["email"])


def _page(
    request: HttpRequest, edition: Edition, form: FollowForm, *, asked: str = "", status: int = 200
) -> HttpResponse:
    context = {"edition": edition, "statement": edition.statement, "form": form, "asked": asked}
    context["awaited"] = awaited(edition.statement)
    return render(request, "signatories/follow.html", context, status=status)


CONFIRM_FIELD = "follow"
"""Carries the token of the link to the statement's URL."""


@http.private
@require_safe
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, and changes nothing: mail scanners follow links.

    Once it is confirmed, it says whose link it was: its owner may have passed it on.
    """
    return _confirm_page(request, token, is_pressed=False)


@http.private
def confirm_press(request: HttpRequest) -> HttpResponse:
    """The button of that page, posted to the statement's URL; what is answered stands there."""
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    return _confirm_page(request, request.POST[CONFIRM_FIELD], is_pressed=True)


def _confirm_page(request: HttpRequest, token: str, *, is_pressed: bool) -> HttpResponse:
    follower = followers.read_token(token, followers.CONFIRM)
    if follower is None:
        return render(request, "signatories/link_invalid.html", {"following": True}, status=404)
    context = {
        "edition": current_edition(follower.statement.slug),
        "statement": follower.statement,
        "token": token,
        "awaits_opening": follower.wants_opening,
        "awaited": awaited(follower.statement),
        "is_pressed": is_pressed,
        "is_done": is_pressed or follower.confirmed_at is not None,
    }
    if is_pressed:
        followers.confirm(follower)
    return render(request, "signatories/follow_confirm.html", context)


@csrf_exempt
@http.from_mail_programs
@http.private
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks; POST leaves, from here or from a mail program's own button (RFC 8058).

    The latter comes from another site, so nothing is asked about that: the token, which only the
    mailbox has, is what allows it.
    """
    follower = followers.read_token(token, followers.LEAVE)
    if follower is not None and request.method == "POST":
        followers.unfollow(follower)
    is_done = follower is None or request.method == "POST"
    return render(request, "signatories/follow_leave.html", {"is_done": is_done})
