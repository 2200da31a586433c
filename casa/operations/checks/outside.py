"""The site as visitors reach it: its name, its certificate, what a proxy before it says."""

import json
import ssl
from collections.abc import Iterator
from email.message import Message
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.http import absolute
from casa.operations import probe
from casa.operations.findings import Finding, Needs, broken, check, fine

ADDRESS = gettext_lazy("Address of the site")
SECONDS = 10
MOST_READ = 10_000  # bytes


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


@check(ADDRESS, needs=Needs.NOTHING, asks_others=True)
def outside() -> Iterator[Finding]:
    url = absolute(reverse("operations:health"))
    request = Request(url, headers={probe.HEADER: probe.question()})  # noqa: S310 - SITE_URL is http
    opener = build_opener(_NoRedirects)
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            found = json.loads(answer.read(MOST_READ))
    except HTTPError as error:
        yield _refused(url, error.code, error.headers)
    except (URLError, OSError, HTTPException) as error:
        yield _unreached(url, error)
    except ValueError:
        yield _another(url)
    else:
        yield from _answered(url, found)


def _answered(url: str, found: Any) -> Iterator[Finding]:
    if not isinstance(found, dict) or "client" not in found:
        yield _another(url)
        return
    yield fine(_("The site answers at %(url)s.") % {"url": url})
    yield from _of_proxy(found)


def _another(url: str) -> Finding:
    words = _("Something else than this site answers at %(url)s.")
    remedy = _(
        "Look where the name leads, and whom the proxy asks: it may have another SECRET_KEY."
    )
    return broken(words % {"url": url}, remedy)


def _refused(url: str, status: int, headers: Message) -> Finding:
    words = _("%(url)s answers with %(status)d.") % {"url": url, "status": status}
    if 300 <= status < 400:
        where = headers.get("Location", "?")[:200]
        return broken(
            _("%(url)s leads to %(where)s.") % {"url": url, "where": where},
            _("SITE_URL has to be the address that leads nowhere else."),
        )
    if status == 400:
        return broken(words, _("Is the name in ALLOWED_HOSTS, and does the proxy pass it on?"))
    if status in (502, 503, 504):
        return broken(words, _("The proxy works and the web server does not: start it."))
    return broken(words, _("Look what answers there, and at its log."))


def _unreached(url: str, error: Exception) -> Finding:
    error = getattr(error, "reason", error)
    if isinstance(error, ssl.SSLCertVerificationError):
        words = _("Browsers do not trust the certificate of %(url)s (%(reason)s).")
        said = {"url": url, "reason": error.verify_message}
        return broken(words % said, _("Get one, or renew it: certbot renew"))
    words = _("Nothing answers at %(url)s (%(reason)s).")
    said = {"url": url, "reason": getattr(error, "strerror", None) or type(error).__name__}
    return broken(words % said, _("Does the name lead to this machine, and does nginx run?"))


def _of_proxy(found: dict[str, Any]) -> Iterator[Finding]:
    """Whether settings and proxy agree, without which all visitors share one limit."""
    proxy = _("See “nginx in front” in docs/install.md.")
    if settings.HTTPS and not found["is_secure"]:
        yield broken(_("The site does not learn that visitors use https."), proxy)
    if found["expects_proxy"] and not found["has_forwarded_for"]:
        yield broken(_("BEHIND_PROXY is set, and the proxy does not say for whom it asks."), proxy)
    elif found["has_forwarded_for"] and not found["expects_proxy"]:
        yield broken(
            _("A proxy stands before the site, and the site does not know it: all visitors share"
              " one limit."),
            _("Set BEHIND_PROXY=1."),
        )  # fmt: skip
    else:
        words = _("The site knows where requests come from (this one: %(address)s).")
        yield fine(words % {"address": found["client"]})
