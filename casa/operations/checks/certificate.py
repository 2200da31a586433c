"""The certificate that visitors are shown: how long it is still good."""

import socket
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.operations.findings import Finding, Needs, check, fine, look

CERTIFICATE = gettext_lazy("Certificate")
SOON = timedelta(days=14)
"""certbot renews 30 days before the end and tries twice a day, so this one does not renew."""

SECONDS = 5


@check(CERTIFICATE, needs=Needs.NOTHING, asks_others=True)
def certificate() -> Iterator[Finding]:
    """Nothing where the site has none, or does not answer: another check tells of that."""
    try:
        end = ends_at()
    except (OSError, ValueError):
        return
    if end is not None:
        yield judged(end)


def ends_at() -> datetime | None:
    """Of the certificate at the site's own address; None without https.

    Raises OSError where nothing answers, ValueError for what is no certificate.
    """
    if not settings.HTTPS:
        return None
    address = urlsplit(settings.SITE_URL)
    where = (address.hostname or "", address.port or 443)
    # One that has ended, or that nobody trusts, is to be read as well.
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(where, SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=where[0]) as secure,
    ):
        shown = secure.getpeercert(binary_form=True) or b""
    return x509.load_der_x509_certificate(shown).not_valid_after_utc


def judged(end: datetime) -> Finding:
    day = date_format(timezone.localtime(end), "DATE_FORMAT")
    if end - timezone.now() > SOON:
        return fine(_("The site’s certificate is good until %(day)s.") % {"day": day})
    remedy = _("It should have renewed itself. What hinders it is said by: certbot renew")
    if end > timezone.now():
        return look(_("The site’s certificate ends on %(day)s.") % {"day": day}, remedy)
    return look(_("The site’s certificate ended on %(day)s.") % {"day": day}, remedy)
