"""Settings: what was left as the example has it, and what Django's own checks say."""

from collections.abc import Iterator

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.appearance import reading
from casa.operations.findings import Finding, Needs, broken, check, fine, look

EXAMPLE_NAME, EXAMPLE_PLACE, EXAMPLE_DOMAIN = "Civic Coalition", "Exampletown", "example.org"
SETTINGS = gettext_lazy("Settings")


@check(SETTINGS, needs=Needs.NOTHING)
def production() -> Iterator[Finding]:
    if settings.DEBUG:
        yield look(
            _("This is the demo: it has a public login, and its mail goes nowhere."),
            _("For the public, set DEBUG=0 and what it needs (docs/settings.md)."),
        )
    else:
        yield fine(_("The site is in production."))


@check(SETTINGS, needs=Needs.NOTHING)
def of_django() -> Iterator[Finding]:
    if settings.DEBUG:
        return  # the demo is not deployed
    found = checks.run_checks(include_deployment_checks=True)
    told = [message for message in found if not message.is_silenced()]
    remedy = _("Run: manage.py check --deploy")
    if told:
        is_broken = any(message.level >= checks.ERROR for message in told)
        kind = broken if is_broken else look
        codes = ", ".join(sorted({str(message.id) for message in told}))
        yield kind(_("The checks of the settings warn: %(codes)s.") % {"codes": codes}, remedy)
    else:
        yield fine(_("The checks of the settings find nothing."))


@check(SETTINGS)
def placeholders() -> Iterator[Finding]:
    """What visitors would read of an office that does not exist."""
    said = reading.words()
    left = []
    if str(said.name) == EXAMPLE_NAME:
        left.append("SITE_NAME")
    if EXAMPLE_PLACE in str(said.postal_address):
        left.append("SITE_POSTAL_ADDRESS")
    if EXAMPLE_DOMAIN in str(said.contact_email):
        left.append("SITE_CONTACT_EMAIL")
    if not settings.DEBUG and EXAMPLE_DOMAIN in settings.SITE_URL:
        left.append("SITE_URL")
    if not settings.DEBUG and EXAMPLE_DOMAIN in settings.DEFAULT_FROM_EMAIL:
        left.append("DEFAULT_FROM_EMAIL")
    if left:
        yield look(
            _("Still as in the example: %(settings)s.") % {"settings": ", ".join(left)},
            _("Write your own under “Appearance”, or into the settings."),
        )
    else:
        yield fine(_("Nothing is left of the example’s name and addresses."))
