from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "casa.mail"
    label = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from anymail.signals import tracking  # noqa: PLC0415

        from casa.lib import tasks  # noqa: PLC0415
        from casa.mail import bounces, delivery, kinds, retention, trial  # noqa: PLC0415 - needs the models
        from casa.retention.rules import register_all  # noqa: PLC0415

        kinds.register(
            trial.KIND,
            trial.build,
            label=_("Test message"),
            sample=trial.sample,
            when=_("When whoever looks after the server tries the mail settings."),
            is_first=False,
        )
        tasks.register("deliver-mail", delivery.deliver_due, every=timedelta(minutes=1))
        tasks.register("deliver-mail-after-wake", delivery.deliver_after_wake)
        register_all(retention.RULES, every=timedelta(days=1))
        tracking.connect(bounces.on_tracking_event, dispatch_uid="mail-bounces")
