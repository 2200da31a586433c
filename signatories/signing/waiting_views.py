"""Between signing and confirming: "check your mail", the code in it, and the mail that never came.

Nobody has a session here. What these pages know is what was typed on the page before, which
goes along in hidden fields, so they are alike for everybody who types alike.
"""

from email.utils import parseaddr

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from casa.lib import http
from casa.lib.addresses import mailboxes
from casa.mail.composing import sender
from signatories.core import tokens
from signatories.signing import address_correction, codes, domain_typos
from signatories.signing.antispam import proof_of_work, rate_limits
from signatories.signing.submission import Submission
from signatories.signing.waiting_forms import CodeForm
from statements.models import Edition
from statements.reading import current_edition

PAGE_KEPT_FOR = 3600  # seconds; keys change with the statement, so this only bounds memory
OWN_FIELDS = (
    "email",
    *address_correction.FIELDS,
    proof_of_work.FIELD,
)  # work is good for one post alone
FIELDS_KEPT = 60  # far more than a form has; the rest is nobody's form

PLACE_OF_ADDRESS = "an-address-stands-here"
PLACE_OF_SHOWN_ADDRESS = "an-address-to-read-stands-here"
PLACE_OF_FIELDS = "<!-- hidden fields -->"


def check_mail(request: HttpRequest, edition: Edition, submission: Submission) -> HttpResponse:
    """The answer to a signature: alike for everybody but for what they typed, so it is kept."""
    meant = domain_typos.suggestion(submission.email)
    ticket = address_correction.ticket(edition.statement, submission)
    own = {"instead_of": submission.email, "ticket": ticket}
    key = f"check-mail:{edition.pk}:{edition.statement.changed_at.timestamp()}:{get_language()}"
    html = None if meant else cache.get(key)
    if html is None:
        context = {
            "edition": edition,
            "email": PLACE_OF_ADDRESS,
            "shown_email": PLACE_OF_SHOWN_ADDRESS,
            "fields": PLACE_OF_FIELDS,
        }
        html = render_to_string("signatories/check_mail.html", {**context, "meant": meant}, request)
        if not meant:
            cache.set(key, html, PAGE_KEPT_FOR)
    # In this order: an address cannot hold the other mark, and fields may hold anything.
    html = html.replace(PLACE_OF_SHOWN_ADDRESS, escape(mailboxes.shown(submission.email)))
    html = html.replace(PLACE_OF_ADDRESS, escape(submission.email))
    return HttpResponse(html.replace(escape(PLACE_OF_FIELDS), hidden_fields(request, **own)))


def hidden_fields(request: HttpRequest, **own: str) -> SafeString:
    """What was posted but for the address, as hidden fields, and `own` ones of these pages."""
    posted = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OWN_FIELDS
        for value in values
    ]
    hidden = [*posted[:FIELDS_KEPT], *own.items()]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', hidden)


@csrf_exempt
@http.private
@require_http_methods(["GET", "HEAD", "POST"])
def no_mail(request: HttpRequest, slug: str) -> HttpResponse:
    """What to do when the mail does not come. Changes nothing: its forms are posted as signatures.

    Reached from "check your mail" by a POST that holds what was typed; by its address alone it
    can only give advice.
    """
    if request.method == "POST" and http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    edition = current_edition(slug)
    email = request.POST.get("instead_of", "")[: mailboxes.LONGEST]
    own = {"instead_of": email, "ticket": request.POST.get("ticket", "")[:64]}
    context = {
        "edition": edition,
        "statement": edition.statement,
        "is_open": edition.statement.is_open(),
        "sender": parseaddr(sender())[1],
        "email": email,
        "meant": domain_typos.suggestion(email) or email,
        "fields": hidden_fields(request),
        "fields_with_ticket": hidden_fields(request, **own),
    }
    return render(request, "signatories/no_mail.html", context)


@csrf_exempt
@http.private
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, slug: str) -> HttpResponse:
    """A right code leads to where the link leads, where one press counts; see `codes`."""
    if request.method == "POST" and http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    edition = current_edition(slug)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not rate_limits.allow(request, "confirm_code"):
            return rate_limits.refused(request)
        cleaned = form.cleaned_data
        if signature := codes.find(edition.statement, cleaned["email"], cleaned["code"]):
            return redirect("signatories:confirm", tokens.make(signature, tokens.CONFIRM))
        form.add_error("code", ValidationError(_("This code does not fit."), code="wrong"))
    context = {"edition": edition, "statement": edition.statement, "form": form}
    return render(request, "signatories/code.html", context, status=422 if form.errors else 200)
