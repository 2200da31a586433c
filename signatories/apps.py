from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class SignatoriesConfig(AppConfig):
    name = "signatories"
    verbose_name = _("Signatories")

    def ready(self) -> None:
        # Models are ready only now.
        from signatories import telling  # noqa: PLC0415
        from signatories.mails import following, organizations, signers, updates  # noqa: PLC0415
        from statements.models import Edition  # noqa: PLC0415

        for module in (signers, organizations, updates, following):
            module.register_kinds()
        post_save.connect(telling.wake, sender=Edition, dispatch_uid="signatories.telling.wake")
