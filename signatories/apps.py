from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class SignatoriesConfig(AppConfig):
    name = "signatories"
    verbose_name = _("Signatories")

    def ready(self) -> None:
        from signatories import mails, mails_following, telling  # noqa: PLC0415 - models are ready only now
        from statements.models import Edition  # noqa: PLC0415

        mails.register_kinds()
        mails_following.register_kinds()
        post_save.connect(telling.wake, sender=Edition, dispatch_uid="signatories.telling.wake")
