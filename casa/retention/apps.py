from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    name = "casa.retention"
    label = "retention"
    verbose_name = _("How long data is kept")

    def ready(self) -> None:
        from casa.lib import periods  # noqa: PLC0415 - models are ready only now
        from casa.retention import choosing  # noqa: PLC0415

        periods.promised.append(choosing.promised)
