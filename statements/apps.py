from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class StatementsConfig(AppConfig):
    name = "statements"
    verbose_name = _("Statements")

    def ready(self) -> None:
        from casa.mail import stops  # noqa: PLC0415
        from statements import files, mail_subjects, previews  # noqa: PLC0415 - needs the models
        from statements.models import Rendition, Statement  # noqa: PLC0415

        previews.register_kinds()
        post_delete.connect(files.forget_with, sender=Statement, dispatch_uid="files")
        post_delete.connect(files.forget_rendition, sender=Rendition, dispatch_uid="renditions")
        stops.name_subject.append(mail_subjects.subject)
