"""What is proven or kept once a day: the counts, their seals, and the backup."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casa.operations import measurements
from casa.operations.findings import Finding, broken, check, fine, look

TOO_OLD = timedelta(days=2)


@check(gettext_lazy("Counts"))
def counts() -> Iterator[Finding]:
    found = measurements.last(measurements.WRONG_COUNTS)
    if found is None:
        return  # the first time is to come
    if found.value:
        words = ngettext(
            "%(count)d count is not what the signatures say.",
            "%(count)d counts are not what the signatures say.",
            found.value,
        )
        remedy = _("Run manage.py verify_tally, which names them, and report it.")
        yield broken(words % {"count": found.value}, remedy)
    else:
        words = _("Every count was what the signatures say, %(ago)s ago.")
        yield fine(words % {"ago": timesince(found.at)})


@check(gettext_lazy("Sealed counts"))
def seals() -> Iterator[Finding]:
    found = measurements.last(measurements.WRONG_SEALS)
    if found is None:
        return  # the first time is to come
    if found.value:
        words = ngettext(
            "Under %(count)d statement the sealed count does not agree with the signatures.",
            "Under %(count)d statements the sealed count does not agree with the signatures.",
            found.value,
        )
        remedy = _("Run manage.py verify_tally, which names them, and report it.")
        yield broken(words % {"count": found.value}, remedy)
    else:
        words = _("Tally, signatures and sealed counts agreed %(ago)s ago.")
        yield fine(words % {"ago": timesince(found.at)})


@check(gettext_lazy("Backup"))
def backup() -> Iterator[Finding]:
    found = measurements.last(measurements.BACKUP)
    remedy = _("Run: manage.py backup FOLDER (every night: casa-backup.timer)")
    if found is None:
        if not settings.DEBUG:
            yield look(_("No backup was ever made."), remedy)
        return
    said = {"ago": timesince(found.at), "size": filesizeformat(found.value)}
    words = _("The last backup was made %(ago)s ago (%(size)s).") % said
    yield broken(words, remedy) if timezone.now() - found.at > TOO_OLD else fine(words)
