from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "casa.operations"
    label = "operations"
    verbose_name = _("Running the site")

    def ready(self) -> None:
        from casa.accounts import second_factor  # noqa: PLC0415 - models are ready only now
        from casa.lib import data_keys as of_site  # noqa: PLC0415
        from casa.lib import tasks  # noqa: PLC0415
        from casa.operations import (  # noqa: PLC0415
            alarms,
            checks,  # noqa: F401
            data_keys,
            error_reports,
            measurements,
            resealing,
            signs_of_life,
        )

        error_reports.start()
        a_minute, a_day = timedelta(minutes=1), timedelta(days=1)
        tasks.register(signs_of_life.TASK, signs_of_life.give, every=a_minute)
        tasks.register(measurements.TASK, measurements.prove_tally, every=a_day)
        tasks.register(measurements.SEALS_TASK, measurements.prove_seals, every=a_day)
        tasks.register(alarms.TASK, alarms.look, every=a_minute)
        tasks.register(alarms.PURGE_TASK, alarms.purge, every=a_day)
        tasks.register(resealing.TASK, resealing.work, every=a_minute)
        resealing.seal_elsewhere.append(lambda: second_factor.seal_anew()[1])
        of_site.on_load.append(data_keys.verify)
        pre_migrate.connect(data_keys.prepare, sender=self, dispatch_uid="data-keys")
        post_migrate.connect(data_keys.register, sender=self, dispatch_uid="data-keys")
