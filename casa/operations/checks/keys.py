"""The keys of encrypted data: whether they are there, and what cannot be read without them."""

import stat
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casa.lib import data_keys as of_site
from casa.operations import data_keys, resealing
from casa.operations.findings import Finding, broken, check, fine, look
from casa.operations.models import Resealing

KEYS = gettext_lazy("Keys of encrypted data")


@check(KEYS)
def are_those_of_the_database() -> Iterator[Finding]:
    try:
        data_keys.verify()
    except ImproperlyConfigured as error:
        yield broken(str(error), _("More: docs/security.md, “Encrypted data”."))
        return
    words = _("Data is encrypted with the key %(name)s.")
    yield fine(words % {"name": of_site.ring().first})


@check(KEYS)
def unreadable() -> Iterator[Finding]:
    for name in data_keys.lost():
        found = resealing.count_of(name)
        places = ", ".join(f"{place}: {number_format(count)}" for place, count in found.items())
        words = ngettext(
            "%(count)d value is unreadable without the key %(name)s (%(places)s).",
            "%(count)d values are unreadable without the key %(name)s (%(places)s).",
            sum(found.values()),
        )
        said = {"count": sum(found.values()), "name": name, "places": places or "–"}
        yield broken(words % said, _("If the key is found, put it behind the others in DATA_KEYS."))


@check(KEYS)
def lie_safely() -> Iterator[Finding]:
    file = settings.DATA_KEYS_FILE
    if not of_site.are_in_file() or not file.exists():
        return
    if stat.S_IMODE(file.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        words = _("Others on this machine may read %(file)s.")
        yield broken(words % {"file": file}, f"chmod 600 {file}")
    elif not settings.DEBUG:
        words = _("The keys lie in %(file)s, which no backup holds.")
        remedy = _("Keep a copy apart from the backups, or move the keys into the settings.")
        yield look(words % {"file": file}, remedy)


@check(KEYS)
def exchange() -> Iterator[Finding]:
    run = resealing.under_way()
    if run and run.state == Resealing.State.STOPPED:
        words = _("Encrypting with the key %(name)s was stopped.")
        yield look(words % {"name": run.key}, _("Run: manage.py data_keys go-on"))
    if run and run.state == Resealing.State.DONE:
        for name in list(of_site.ring().keys)[1:]:
            words = _("The earlier key %(name)s is not needed any more.")
            yield look(words % {"name": name}, f"manage.py data_keys retire {name}")
