"""Passing a statement on by Mastodon, whose servers are many: readers say which is theirs.

The answer is a page with a link, and no redirect: so no address of ours leads anywhere else, and
nothing but `/share` of a public host stands in the link. What was typed is kept nowhere.
"""

import re
from typing import Any
from urllib.parse import quote, urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from casa.lib import http
from casa.lib.addresses import domains
from casa.lib.http import absolute
from casa.lib.typed import TypedField
from signatories.core import referrals
from signatories.signing.antispam import rate_limits
from statements import supporter_texts
from statements.models import Edition
from statements.reading import current_editions, in_readers_language

LONGEST = 300
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def host_of(typed: str) -> str:
    """The host that somebody means by its name, its address or their account on it, in ASCII.

    Raises ValidationError for what is no host that anybody could reach: a name that no registry
    has, a number, a port.
    """
    named = _SCHEME.sub("", typed.strip(), count=1).split("/", 1)[0].rpartition("@")[2]
    try:
        host = domains.in_ascii(named)
    except domains.InvalidDomainError:
        host = ""
    if not (_HOST.fullmatch(host) and domains.is_registered(host)):
        raise ValidationError(
            _("Enter the server that your account is on, such as mastodon.example."), code="host"
        )
    return host


class ServerForm(forms.Form):
    server = TypedField(
        label=gettext_lazy("Your server"),
        max_length=LONGEST,
        help_text=gettext_lazy(
            "What stands behind the second @ of your account. We do not keep it."
        ),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "inputmode": "url"}
        ),
        error_messages={
            "required": gettext_lazy(
                "Enter the server that your account is on, such as mastodon.example."
            )
        },
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.auto_id = "mastodon-%s"

    def clean_server(self) -> str:
        return host_of(self.cleaned_data["server"])


def share_url(host: str, words: str) -> str:
    """Where that server takes what is to be posted."""
    return f"https://{host}/share?{urlencode({'text': words}, quote_via=quote)}"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The form (GET), and where it is posted to."""
    return _share_post(request, slug) if request.method == "POST" else _share_page(request, slug)


share.cache_policy = "public"  # type: ignore[attr-defined]


@http.public
def _share_page(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, _edition(slug), ServerForm())


@http.private
def _share_post(request: HttpRequest, slug: str) -> HttpResponse:
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    edition, form = _edition(slug), ServerForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, form, status=422)
    if not rate_limits.allow(request, "mastodon"):
        return rate_limits.refused(request)
    address = absolute(edition.statement.get_absolute_url())
    if code := referrals.code_of(request):
        address = f"{address}?{urlencode({referrals.PARAMETER: code})}"
    host = form.cleaned_data["server"]
    words = f"{supporter_texts.share_words(edition)} {address}"
    chosen = {"host": domains.shown(host), "words": words, "url": share_url(host, words)}
    return _page(request, edition, form, chosen=chosen)


def _edition(slug: str) -> Edition:
    return in_readers_language(current_editions(slug, tally=False))


def _page(
    request: HttpRequest,
    edition: Edition,
    form: ServerForm,
    *,
    chosen: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "edition": edition, "statement": edition.statement, "form": form, "chosen": chosen,
    }  # fmt: skip
    return render(request, "signatories/mastodon.html", context, status=status)
