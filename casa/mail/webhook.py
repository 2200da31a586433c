"""The address that the mail provider reports to; there is none unless MAIL_PROVIDER is set."""

from django.urls import URLPattern, path

from casa.lib import http

REPORTS = http.Posts(fields=2 * 1024**2, counted=False)
"""Reports tell of many mails at once, and come many an hour from few networks."""


def addresses(provider: str) -> list[URLPattern]:
    """`<provider>/tracking/`: one of anymail's addresses, behind MAIL_WEBHOOK_SECRET."""
    if not provider:
        return []
    # Loads every provider's code, so only where one is used.
    from anymail.urls import urlpatterns as anymail_urls  # noqa: PLC0415

    name = f"{provider}_tracking_webhook"
    found = next(entry for entry in anymail_urls if entry.name == name)
    view = http.posts(REPORTS)(http.private(found.callback))
    return [path(str(found.pattern), view, name=name)]
