"""The pages between signing and confirming: "check your mail", the code, the missing mail.

Nobody has a session here. What these pages know is what was typed (`held_forms`), so they are alike
for everybody who types alike.
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
from django.views.decorators.http import require_http_methods, require_safe

from casa.appearance import reading
from casa.lib import http
from casa.lib.addresses import mailboxes
from casa.mail.composing import sender
from signatories.core import tokens
from signatories.models import HeldForm
from signatories.signing import address_correction, codes, domain_typos, held_forms
from signatories.signing.antispam import rate_limits
from signatories.signing.waiting_forms import CodeForm
from statements.models import Edition, Statement
from statements.reading import current_editions, in_readers_language

PAGE_KEPT_FOR = 3600  # seconds; keys change with the statement, so this only bounds memory

# What no address and no secret can hold.
TOKEN, EMAIL, SHOWN_EMAIL = "[[token]]", "[[email]]", "[[shown email]]"


@http.private
@require_safe
def check_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The page after every submission, whatever became of it."""
    held = held_for(request, token, held_forms.SIGN)
    if held is None or held.statement is None:
        return forgotten(request)
    email = held.typed["email"]
    if domain_typos.suggestion(email):
        shown = _context(held.statement, held, token)
        return render(request, "signatories/check_mail.html", shown)
    html = _kept_page(request, held.statement, token)
    own = {TOKEN: token, EMAIL: escape(email), SHOWN_EMAIL: escape(mailboxes.shown(email))}
    for mark, value in own.items():
        html = html.replace(mark, value)
    return HttpResponse(html)


def _kept_page(request: HttpRequest, statement: Statement, token: str) -> str:
    """The page with marks in place of what is one signer's; alike for all others, so it is kept."""
    parts = (statement.pk, statement.edition_number, statement.changed_at.timestamp())
    key = f"check-mail:{':'.join(map(str, parts))}:{get_language()}:{reading.version()}"
    html: str | None = cache.get(key) if statement.is_public() else None
    if html is None:
        edition = _words_of(statement.slug)
        context = {"edition": edition, "token": token, "email": EMAIL, "shown_email": SHOWN_EMAIL}
        html = render_to_string("signatories/check_mail.html", context, request)
        html = html.replace(token, TOKEN)
        cache.set(key, html, PAGE_KEPT_FOR)
    return html


@http.private
@require_safe
def no_mail_to(request: HttpRequest, token: str) -> HttpResponse:
    """What to do when the mail does not come. Its forms are posted as signatures."""
    held = held_for(request, token, held_forms.SIGN)
    if held is None or held.statement is None:
        return forgotten(request)
    return _no_mail(request, held.statement, _context(held.statement, held, token))


@http.private
@require_safe
def no_mail(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for those who come without a form that is held: advice alone."""
    edition = _words_of(slug)
    return _no_mail(request, edition.statement, {"edition": edition})


def _no_mail(request: HttpRequest, statement: Statement, shown: dict[str, object]) -> HttpResponse:
    more = {
        "statement": statement,
        "is_open": statement.is_open(),
        "sender": parseaddr(sender())[1],
    }
    return render(request, "signatories/no_mail.html", shown | more)


def _context(statement: Statement, held: HeldForm, token: str) -> dict[str, object]:
    """What was typed, as it is shown and as it is posted once more."""
    email = held.typed["email"]
    return {
        "token": token,
        "edition": _words_of(statement.slug),
        "email": email,
        "shown_email": mailboxes.shown(email),
        "meant": domain_typos.suggestion(email),
        "fields": hidden_fields(held),
        "correcting_fields": hidden_fields(held, **{address_correction.FIELD: token}),
    }


def _words_of(slug: str) -> Edition:
    return in_readers_language(current_editions(slug, tally=False))


def hidden_fields(held: HeldForm, **more: str) -> SafeString:
    """What was typed but for the address, as hidden fields, with `more` of them."""
    fields = held.typed | more
    del fields["email"]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items())


def held_for(request: HttpRequest, token: str, form: str) -> HeldForm | None:
    """What a page may show of a form; None to who comes by a link that its owner passed on."""
    return None if http.is_cross_site(request) else held_forms.find(token, form)


def forgotten(request: HttpRequest) -> HttpResponse:
    """The answer where `held_for` is None."""
    context = {"hours": int(held_forms.KEPT_FOR.total_seconds() // 3600)}
    return render(request, "signatories/form_forgotten.html", context, status=410)


@csrf_exempt
@http.private
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, slug: str) -> HttpResponse:
    """A right code leads to where the link leads, where one press counts; see `codes`."""
    if request.method == "POST" and http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    edition = _words_of(slug)
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
