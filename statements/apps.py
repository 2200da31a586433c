from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatementsConfig(AppConfig):
    name = "statements"
    verbose_name = _("Statements")

    def ready(self) -> None:
        from casa.mail import stops  # noqa: PLC0415
        from statements import mail_subjects, previews  # noqa: PLC0415 - models are ready only now

        previews.register_kinds()
        stops.name_subject.append(mail_subjects.subject)
