"""The worker, and what it does on schedules."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_q.models import Failure, Schedule

from casa.lib import tasks
from casa.operations import signs_of_life
from casa.operations.findings import Finding, broken, check, fine, look

WORKER, SCHEDULES = gettext_lazy("Worker"), gettext_lazy("Schedules")
A_DAY = timedelta(days=1)
NAMED = 5


@check(WORKER)
def worker() -> Iterator[Finding]:
    last = signs_of_life.last()
    remedy = _("Start it: manage.py qcluster (a service of its own, see docs/install.md).")
    if last is None:
        yield broken(_("No worker has ever run: no mail is sent."), remedy)
    elif signs_of_life.is_silent(last):
        words = _("The worker has been silent since %(moment)s: no mail is sent.")
        moment = date_format(timezone.localtime(last), "DATETIME_FORMAT")
        yield broken(words % {"moment": moment}, remedy)
    else:
        yield fine(_("The worker was at work %(ago)s ago.") % {"ago": timesince(last)})


@check(SCHEDULES)
def set_up() -> Iterator[Finding]:
    """`migrate` makes them; who restored an older database may lack some."""
    missing = tasks.scheduled() - set(Schedule.objects.values_list("name", flat=True))
    if missing:
        words = ngettext(
            "%(count)d schedule is missing.", "%(count)d schedules are missing.", len(missing)
        )
        yield broken(words % {"count": len(missing)}, _("Run: manage.py migrate"))


@check(SCHEDULES)
def late() -> Iterator[Finding]:
    """With a worker that runs, a schedule that is long due hints at a clock that jumped."""
    if signs_of_life.is_silent(signs_of_life.last()):
        return
    due = Schedule.objects.filter(next_run__lt=timezone.now() - signs_of_life.SILENT_AFTER)
    names = list(due.order_by("name").values_list("name", flat=True))
    if names:
        yield look(
            _("Due, and not run yet: %(names)s.") % {"names": _listed(names)},
            _("Restart the worker. If that does not help, look at the clock."),
        )
    else:
        yield fine(_("Every schedule has run when it was due."))


@check(SCHEDULES)
def failed() -> Iterator[Finding]:
    since = timezone.now() - A_DAY
    rows = Failure.objects.filter(stopped__gte=since).values("group").annotate(number=Count("pk"))
    failures = {row["group"] or "?": row["number"] for row in rows.order_by("group")}
    if failures:
        words = ngettext(
            "%(count)d task failed within a day: %(names)s.",
            "%(count)d tasks failed within a day: %(names)s.",
            sum(failures.values()),
        )
        said = {"count": sum(failures.values()), "names": _listed(list(failures))}
        yield look(words % said, _("The log of the worker says why."))


def _listed(names: list[str]) -> str:
    return ", ".join([*names[:NAMED], *(["…"] if len(names) > NAMED else [])])
