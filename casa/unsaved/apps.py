from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnsavedConfig(AppConfig):
    name = "casa.unsaved"
    label = "unsaved"
    verbose_name = _("Not saved")

    def ready(self) -> None:
        from casa.lib import tasks  # noqa: PLC0415 - models are ready only now
        from casa.unsaved import holding, kept_files  # noqa: PLC0415

        tasks.register("forget-unsaved-forms", holding.purge, every=timedelta(hours=1))
        tasks.register("forget-unsaved-files", kept_files.purge, every=timedelta(hours=1))
