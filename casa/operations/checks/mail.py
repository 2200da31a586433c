"""Mail: what waits, what failed, and whether the mail server takes any."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casa.mail import transport
from casa.mail.models import OutgoingMail
from casa.operations.findings import Finding, Needs, broken, check, fine, look

MAIL = gettext_lazy("Mail")
LATE, VERY_LATE = timedelta(minutes=10), timedelta(hours=1)
A_DAY = timedelta(days=1)


@check(MAIL)
def waiting() -> Iterator[Finding]:
    since = waiting_since()
    if since is None:
        yield fine(_("No mail waits."))
        return
    words = _("The mail that waits longest has waited for %(time)s.") % {"time": timesince(since)}
    remedy = _("Does the worker work, and does the mail server take mail?")
    waits = timezone.now() - since
    if waits > VERY_LATE:
        yield broken(words, remedy)
    elif waits > LATE:
        yield look(words, remedy)
    else:
        yield fine(words)


def waiting_since() -> datetime | None:
    """Since when the longest waiting mail has been due; None if none is. What was tried in vain
    waits since it was written.
    """
    due = OutgoingMail.objects.due(timezone.now()).filter(attempts=0)
    tried = OutgoingMail.objects.filter(due_at__isnull=False, attempts__gt=0).order_by("created_at")
    found = [
        due.values_list("due_at", flat=True).first(),
        tried.values_list("created_at", flat=True).first(),
    ]
    return min((moment for moment in found if moment), default=None)


@check(MAIL)
def failed() -> Iterator[Finding]:
    dead = OutgoingMail.objects.dead().filter(created_at__gte=timezone.now() - 3 * A_DAY).count()
    if dead:
        words = ngettext(
            "%(count)d mail of the last three days was given up.",
            "%(count)d mails of the last three days were given up.",
            dead,
        )
        yield look(words % {"count": dead}, _("“Outgoing mail” says why, and can send them again."))


@check(MAIL, needs=Needs.NOTHING, asks_others=True)
def server() -> Iterator[Finding]:
    """A sign-in at the mail server, as the worker does it; nothing is sent."""
    if settings.DEBUG:
        return
    try:
        with transport.connection() as server:
            server.open()
    except Exception as error:  # noqa: BLE001 - a provider's backend may raise anything
        summary = transport.explain(error).args[0]
        yield broken(
            _("The mail server lets nobody in (%(error)s).") % {"error": summary},
            _("Is EMAIL_URL right, with its port and password?"),
        )
    else:
        yield fine(_("The mail server lets us in."))


@check(MAIL, asks_others=True)
def last_sent() -> Iterator[Finding]:
    """A server may let us in and take nothing."""
    last = OutgoingMail.objects.filter(state=OutgoingMail.State.SENT).order_by("-pk").first()
    if last is None or last.sent_at is None:
        remedy = _("Send one: manage.py send_test_mail ADDRESS")
        yield look(_("No mail has ever gone out."), remedy)
    else:
        ago = timesince(last.sent_at)
        yield fine(_("The last mail went out %(ago)s ago.") % {"ago": ago})
