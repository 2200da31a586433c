"""Signing and confirming."""

from dataclasses import replace
from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from casa.lib import http
from casa.lib.db import rows
from casa.lib.media import images
from casa.mail import stops
from signatories.core import referrals, tokens
from signatories.models import Organization, Signature
from signatories.organizations import logos
from signatories.signing import (
    address_correction,
    begun,
    confirmation,
    held_forms,
    kept_logo,
    openness,
    own_answers,
    submission,
    thanks,
)
from signatories.signing.antispam import gate, honeypot, proof_of_work, rate_limits
from signatories.signing.confirmation import ConfirmationResult
from signatories.signing.forms import SignForm
from statements import mail_subjects
from statements.models import Edition
from statements.reading import current_edition, editions_to_sign, in_readers_language

LOGO_SENT = 10 * 1024**2
"""Bytes. Far more than is kept, so that whoever chose a large picture is told so beside it."""


@csrf_exempt
@http.posts(http.Posts(files=LOGO_SENT))
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The form on a page of its own (GET), and where every copy of it is posted to."""
    return sign_post(request, slug) if request.method == "POST" else sign_page(request, slug)


sign.cache_policy = "public"  # type: ignore[attr-defined]


@http.public
def sign_page(request: HttpRequest, slug: str) -> HttpResponse:
    edition = current_edition(slug)
    context = _sign_context(request, edition, None)
    return render(request, "signatories/sign.html", context)


@http.private
def sign_post(request: HttpRequest, slug: str) -> HttpResponse:
    if turned_away := _turned_away(request):
        return turned_away
    editions = editions_to_sign(slug)
    begun.note_post(request, editions[0].statement)
    kept_logo.take(request)
    form = SignForm(in_readers_language(editions), request.POST, files=request.FILES, lent=True)
    if not form.is_valid():
        form.own_fields()  # what is said beside the logo is said of these
        kept_logo.say(request, form)
        return _form_again(request, in_readers_language(editions), form, status=422)
    edition = _edition_seen(editions, form.cleaned_data["edition"])
    submitted = replace(
        form.submission(), via=referrals.code_of(request), source=referrals.source_of(request)
    )
    judged = gate.judge(request, edition.statement_id, submitted)
    if judged.verdict is not gate.Verdict.TAKE:
        return _not_taken(request, edition, form, judged.verdict)
    try:
        token = _store(request, form, edition, judged.submission)
    except logos.RefusedError as refusal:
        form.add_error("logo", str(refusal))
        return _form_again(request, edition, form, status=422)
    except openness.NotOpen:
        return _form_again(request, edition, form, status=409)
    kept_logo.forget(request)
    if corrects := request.POST.get(address_correction.FIELD):
        address_correction.take_back(edition.statement, judged.submission, corrects=corrects)
    return redirect("signatories:check_mail", token)


def _store(
    request: HttpRequest, form: SignForm, edition: Edition, submitted: submission.Submission
) -> str:
    """Sign, and hold the form for the page that follows; the secret of its URL."""
    logo = _logo(request, form, edition)
    made = submission.sign(edition, replace(submitted, logo=logo))
    typed = {name: request.POST.get(name, "") for name in (*form.fields, *honeypot.FIELDS)}
    typed |= {"email": submitted.email, **referrals.carried(request)}
    return held_forms.hold(held_forms.SIGN, typed, statement=edition.statement, signature=made)


def _turned_away(request: HttpRequest) -> HttpResponse | None:
    """The answer to what is not even read: another site's form, and the tenth corrected address."""
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    if request.POST.get(address_correction.FIELD) and not rate_limits.allow(request, "resend"):
        return rate_limits.refused(request)
    return None


def _not_taken(
    request: HttpRequest, edition: Edition, form: SignForm, verdict: gate.Verdict
) -> HttpResponse:
    if verdict is gate.Verdict.BLOCK:
        return render(request, "signatories/blocked.html", {"edition": edition}, status=403)
    if verdict is gate.Verdict.REFUSE:
        return rate_limits.refused(request)
    return proof_of_work.ask(request, edition, form, logo=kept_logo.keep(request, form))


def _form_again(
    request: HttpRequest, edition: Edition, form: SignForm, *, status: int
) -> HttpResponse:
    form.own_fields()
    context = _sign_context(request, edition, form)
    return render(request, "signatories/sign.html", context, status=status)


def _logo(request: HttpRequest, form: SignForm, edition: Edition) -> logos.Sizes | None:
    """Read the logo, once nothing else can be wrong. Raises logos.RefusedError."""
    kind = form.cleaned_data["kind"]
    if form.logo_sent is None or not openness.may_sign(edition.statement, kind):
        return None
    if not rate_limits.allow(request, "logo"):
        raise logos.RefusedError(str(images.SENTENCES["many"]))
    return logos.read(form.logo_sent)


def _edition_seen(editions: list[Edition], number: int | None) -> Edition:
    """The edition whose words the supporter had before their eyes when they signed."""
    current = in_readers_language(editions)
    if number is None or number == current.number:
        return current
    earlier = Edition.objects.filter(
        statement=current.statement, number=number, language=current.language
    )
    return earlier.select_related("statement").first() or current


def _sign_context(
    request: HttpRequest, edition: Edition, form: SignForm | None
) -> dict[str, object]:
    carried = referrals.carried(request) if request.method == "POST" else {}
    return {
        "carried": referrals.form_fields(carried),
        "edition": edition,
        "statement": edition.statement,
        "form": form,
        "opened": (form and form.data.get(honeypot.OPENED_FIELD)) or honeypot.opened_now(),
        "is_open": edition.statement.is_open(),
    }


CONFIRM_FIELD = "confirm"
"""Carries the token of the link to the statement's URL."""

THANKS = (thanks.TEMPLATE, 200)

# What each outcome of opening or pressing the link is answered with.
CONFIRM_ANSWERS = {
    None: ("signatories/confirm.html", 200),
    ConfirmationResult.CHANGED: ("signatories/confirm.html", 409),
    ConfirmationResult.CONFIRMED: THANKS,
    ConfirmationResult.ALREADY: THANKS,
    ConfirmationResult.ORGANIZATION_HAS_SIGNED: ("signatories/not_confirmed.html", 409),
    ConfirmationResult.TOO_LATE: ("signatories/not_confirmed.html", 409),
    ConfirmationResult.GONE: ("signatories/not_confirmed.html", 410),
}


@http.private
@require_safe
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What is about to be confirmed. It changes nothing: mail scanners follow links.

    Once it is confirmed, it says whose link it was: its owner may have passed it on.
    """
    try:
        signature = tokens.read(token, tokens.CONFIRM)
    except (tokens.ExpiredToken, tokens.InvalidToken) as refusal:
        return _link_refused(request, refusal)
    if not signature.statement.is_public():
        raise http.Gone
    found = confirmation.obstacle(signature)
    if found == ConfirmationResult.ALREADY:
        context = {
            "signature": signature,
            "statement": signature.statement,
            "edition": signature.edition,
        }
        return render(request, "signatories/confirm_link_of.html", context)
    return _confirm_answer(request, signature, token, found)


@http.private
def confirm_press(request: HttpRequest) -> HttpResponse:
    """The button of that page, posted to the statement's URL; what is answered stands there."""
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    token = request.POST[CONFIRM_FIELD]
    try:
        signature, result = confirmation.confirm_by_link(token, seen=request.POST.get("seen", ""))
    except (tokens.ExpiredToken, tokens.InvalidToken) as refusal:
        return _link_refused(request, refusal)
    if not signature.statement.is_public():
        raise http.Gone
    if signature.organization_id is not None:  # it may be verified by now
        [signature.organization] = rows.select(Organization, "id = %s", [signature.organization_id])
    if CONFIRM_ANSWERS[result] == THANKS:
        private_url = _shown_once(signature, result)
        return HttpResponse(thanks.page(request, signature, private_url=private_url))
    return _confirm_answer(request, signature, token, result)


def _link_refused(request: HttpRequest, refusal: Exception) -> HttpResponse:
    if isinstance(refusal, tokens.ExpiredToken):
        return render(request, "signatories/link_expired.html", status=410)
    return render(request, "signatories/link_invalid.html", status=404)


def _confirm_answer(
    request: HttpRequest, signature: Signature, token: str, result: ConfirmationResult | None
) -> HttpResponse:
    template, status = CONFIRM_ANSWERS[result]
    context = {
        "signature": signature,
        "statement": signature.statement,
        "edition": signature.edition,
        "token": token,
        "seen": confirmation.digest(signature),
        "mail_is_stopped": partial(
            stops.stand, signature.email, mail_subjects.about(signature.statement)
        ),
        "result": result,
        "may_sign_as_person": openness.may_sign(signature.statement, Signature.Kind.PERSON),
        "changed": result == ConfirmationResult.CHANGED,
        **own_answers.answered(signature),
    }
    return render(request, template, context, status=status)


def _shown_once(signature: Signature, result: ConfirmationResult) -> str:
    """The private link, to whoever's press counted, where no welcome brings it by mail.

    Never again by the same link: whoever gets the first mail passed on would have the other too.
    """
    is_new = result == ConfirmationResult.CONFIRMED
    return "" if settings.WELCOME_MAIL or not is_new else tokens.manage_url(signature)
