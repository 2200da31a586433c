from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "casa.operations"
    label = "operations"
    verbose_name = _("Running the site")

    def ready(self) -> None:
        from casa.lib import tasks  # noqa: PLC0415 - models are ready only now
        from casa.operations import checks, signs_of_life  # noqa: F401, PLC0415

        tasks.register(signs_of_life.TASK, signs_of_life.give, every=timedelta(minutes=1))
