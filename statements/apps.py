from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save, pre_migrate
from django.utils.translation import gettext_lazy as _


class StatementsConfig(AppConfig):
    name = "statements"
    verbose_name = _("Statements")

    def ready(self) -> None:
        # Models are ready only now.
        from casa.lib import tasks  # noqa: PLC0415
        from casa.mail import stops  # noqa: PLC0415
        from casa.retention import rules  # noqa: PLC0415
        from statements import (  # noqa: PLC0415
            addressee_answers,
            files,
            lead_pictures,
            link_checks,
            mail_subjects,
            preview_ends,
            previews,
            signals,
            unread,
        )
        from statements.models import (  # noqa: PLC0415
            Delivery,
            LeadPicture,
            Rendition,
            Statement,
            page_parts,
        )

        addressee_answers.register_kinds()
        previews.register_kinds()
        page_parts.watch_all()
        post_delete.connect(files.forget_with, sender=Statement, dispatch_uid="files")
        post_delete.connect(files.forget_rendition, sender=Rendition, dispatch_uid="renditions")
        post_delete.connect(lead_pictures.forget, sender=LeadPicture, dispatch_uid="lead-pictures")
        pre_migrate.connect(unread.keep_all, sender=self, dispatch_uid="unread-editions")
        post_migrate.connect(unread.let_unread_go, sender=self, dispatch_uid="unread-editions")
        minute = timedelta(minutes=1)
        rules.register_all(preview_ends.RULES, every=timedelta(days=1))
        tasks.register(link_checks.TASK, link_checks.check_asked, every=5 * minute)
        tasks.register(signals.TASK, signals.announce_published, every=minute)
        post_save.connect(signals.announce_delivered, sender=Delivery, dispatch_uid="delivered")
        tasks.register("forget-link-checks", link_checks.purge, every=24 * 60 * minute)
        stops.name_subject.append(mail_subjects.subject)
