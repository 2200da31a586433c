"""What is read from the database and the machine when Prometheus asks; constant in queries."""

import shutil
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Sum
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily

from casa.mail.models import OutgoingMail
from casa.operations import alarms, measurements, signs_of_life
from casa.operations.checks.mail import waiting_since
from casa.operations.conditions import CONDITIONS
from casa.operations.models import Measurement
from signatories.models import TallySlot

KEPT_SECONDS = 5.0
"""However often it is asked, each process reads no more often than this."""

DAY = timedelta(days=1)


class Figures:
    """A collector of prometheus_client. Without a database it tells that, and what it can."""

    _kept: tuple[float, list[GaugeMetricFamily]] = (float("-inf"), [])

    def collect(self) -> Iterator[GaugeMetricFamily]:
        made_at, found = Figures._kept
        if time.monotonic() - made_at >= KEPT_SECONDS:
            found = list(_all())
            Figures._kept = time.monotonic(), found
        yield from found


def forget() -> None:
    Figures._kept = float("-inf"), []


def _all() -> Iterator[GaugeMetricFamily]:
    version = GaugeMetricFamily("casa_version", "The version that runs.", labels=["version"])
    version.add_metric([settings.VERSION], 1)
    yield version
    free = shutil.disk_usage(settings.VAR_DIR).free
    yield GaugeMetricFamily("casa_disk_free_bytes", "Room for VAR_DIR.", value=free)
    read: list[GaugeMetricFamily] = []
    try:
        for part in (_mail, _worker, _signatures, _database, _alarms):
            read.extend(part())
        is_up = 1
    except (DatabaseError, InterfaceError):
        is_up = 0
    yield GaugeMetricFamily("casa_database_up", "Whether the database answers.", value=is_up)
    yield from read


def _mail() -> Iterator[GaugeMetricFamily]:
    now, mails = timezone.now(), OutgoingMail.objects
    due = mails.due(now).count()
    since = waiting_since()
    age = (now - since).total_seconds() if since else 0.0
    retried = mails.filter(due_at__isnull=False, attempts__gt=0).count()
    failed = mails.dead().filter(created_at__gte=now - DAY).count()
    yield GaugeMetricFamily("casa_mail_due", "Mails that may leave now.", value=due)
    yield GaugeMetricFamily("casa_mail_oldest_seconds", "How long the oldest waits.", value=age)
    yield GaugeMetricFamily("casa_mail_retried", "Open mails tried in vain so far.", value=retried)
    yield GaugeMetricFamily("casa_mail_failed", "Given up, of those of a day.", value=failed)


def _worker() -> Iterator[GaugeMetricFamily]:
    last = signs_of_life.last()
    yield GaugeMetricFamily(
        "casa_worker_seen_timestamp_seconds", "Last sign of life of a worker; 0 for none.",
        value=_stamp(last),
    )  # fmt: skip


def _signatures() -> Iterator[GaugeMetricFamily]:
    counted = GaugeMetricFamily(
        "casa_signatures", "Counted signatures, of all statements.", labels=["kind"]
    )
    for kind, number in TallySlot.objects.order_by().values_list("kind").annotate(Sum("count")):
        counted.add_metric([kind], number)
    yield counted
    last = {row.name: row for row in Measurement.objects.all()}
    for name, what in (
        (measurements.WRONG_COUNTS, "Counts that are not what the signatures say"),
        (measurements.BACKUP, "Bytes of the last backup"),
    ):
        if row := last.get(name):
            key = f"casa_{name.replace('-', '_')}"
            yield GaugeMetricFamily(key, f"{what}.", value=row.value)
            yield GaugeMetricFamily(
                f"{key}_timestamp_seconds", "When that was found.", value=_stamp(row.at)
            )


def _database() -> Iterator[GaugeMetricFamily]:
    sql = {
        "postgresql": "SELECT pg_database_size(current_database())",
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql)
        (size,) = cursor.fetchone()
    yield GaugeMetricFamily("casa_database_bytes", "Size of the database.", value=size)


def _alarms() -> Iterator[GaugeMetricFamily]:
    on = {alarm.name for alarm in alarms.on()}
    told = GaugeMetricFamily("casa_alarm", "1 for what is wrong now.", labels=["name"])
    for condition in CONDITIONS:
        told.add_metric([condition.name], int(condition.name in on))
    yield told


def _stamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
