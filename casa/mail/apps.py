from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "casa.mail"
    label = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from anymail.signals import tracking  # noqa: PLC0415

        from casa.mail import bounces, kinds, trial  # noqa: PLC0415 - needs the models

        kinds.register(
            trial.KIND,
            trial.build,
            label=_("Test message"),
            sample=trial.sample,
            when=_("When whoever looks after the server tries the mail settings."),
        )
        tracking.connect(bounces.hear, dispatch_uid="casa.mail.bounces.hear")
