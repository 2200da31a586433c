from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "casa.operations"
    label = "operations"
    verbose_name = _("Running the site")

    def ready(self) -> None:
        from casa.lib import tasks  # noqa: PLC0415 - models are ready only now
        from casa.operations import (  # noqa: PLC0415
            alarms,
            checks,  # noqa: F401
            error_reports,
            measurements,
            signs_of_life,
        )

        error_reports.start()
        a_minute, a_day = timedelta(minutes=1), timedelta(days=1)
        tasks.register(signs_of_life.TASK, signs_of_life.give, every=a_minute)
        tasks.register(measurements.TASK, measurements.prove_tally, every=a_day)
        tasks.register(alarms.TASK, alarms.look, every=a_minute)
        tasks.register(alarms.PURGE_TASK, alarms.purge, every=a_day)
