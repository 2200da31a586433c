"""The page “Mails we send”: each kind of mail as it looks, with invented data."""

from collections.abc import Callable
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.contrib import admin
from django.core.mail import EmailMultiAlternatives
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from casa.lib.admin import Screen
from casa.mail import composing, kinds

Decorator = Callable[[Any], Any]  # the library types views of a request alone

# A mail brings its own inline styles. It can load nothing, send nothing and run nothing, and only
# a page of ours may show it in a frame.
as_mail_html: Decorator = csp_replace(
    {
        "default-src": [NONE],
        "script-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "img-src": [NONE],
        "font-src": [NONE],
        "connect-src": [NONE],
        "manifest-src": [NONE],
        "form-action": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "sandbox": True,
    }
)
with_mail_frames: Decorator = csp_update({"frame-src": [SELF]})


def html_of(email: EmailMultiAlternatives) -> str:
    return str(email.alternatives[0][0])


def language_name(code: str) -> str:
    """The language's own name; the code for one that Django does not know."""
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return code


@with_mail_frames
@require_safe
def _samples_page(request: HttpRequest, model_admin: admin.ModelAdmin) -> HttpResponse:
    known = kinds.every()
    name = request.GET.get("kind", "")
    chosen = name if name in known else next(iter(known))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Mails we send"),
        "kinds": known,
        "chosen": chosen,
        "kind": known[chosen],
        "mails": _in_each_language(chosen),
        "outbox": reverse("admin:mail_outgoingmail_changelist"),
    }
    return render(request, "admin/mail/samples.html", context)


def _in_each_language(kind: str) -> list[dict[str, Any]]:
    found = []
    for code, _name in settings.LANGUAGES:
        if email := composing.sample(kind, code):
            address = reverse("admin:mail_outgoingmail_sample_html", args=[kind, code])
            found.append(shown(email, code, address))
    return found


def shown(email: EmailMultiAlternatives, language: str, address: str) -> dict[str, Any]:
    """What `admin/mail/_shown.html` asks of a mail; `address` is where its HTML is."""
    return {
        "language": language,
        "language_name": language_name(language),
        "subject": email.subject,
        "text": email.body,
        "address": address,
    }


@as_mail_html
@xframe_options_sameorigin
@require_safe
def _sample_html(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    if kind not in kinds.every() or language not in dict(settings.LANGUAGES):
        raise Http404
    email = composing.sample(kind, language)
    if email is None:
        raise Http404
    return HttpResponse(html_of(email))


def _may_see(model_admin: admin.ModelAdmin, request: HttpRequest, **captured: str) -> bool:
    return model_admin.has_view_permission(request)


SCREENS = (
    Screen(
        "samples", "samples/",
        lambda model_admin, request: _samples_page(request, model_admin), _may_see,
    ),
    Screen(
        "sample_html", "samples/<str:kind>/<str:language>/",
        lambda model_admin, request, kind, language: _sample_html(request, kind, language),
        _may_see,
    ),
)  # fmt: skip
"""The page, and each mail's HTML for its frame; the outbox shows them."""
