from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class SignatoriesConfig(AppConfig):
    name = "signatories"
    verbose_name = _("Signatories")

    def ready(self) -> None:
        # Models are ready only now.
        from signatories.core import states  # noqa: PLC0415
        from signatories.mailings import (  # noqa: PLC0415
            correction_mails,
            correction_notices,
            follower_mails,
            reminder_mails,
            update_mails,
        )
        from signatories.organizations import mails as organization_mails  # noqa: PLC0415
        from signatories.self_service import mails as own_mails  # noqa: PLC0415
        from signatories.signing import mails as signing_mails  # noqa: PLC0415
        from statements.models import Edition  # noqa: PLC0415

        for module in (
            signing_mails,
            reminder_mails,
            own_mails,
            correction_mails,
            organization_mails,
            update_mails,
            follower_mails,
        ):
            module.register_kinds()
        post_save.connect(
            correction_notices.wake, sender=Edition, dispatch_uid="signatories.telling.wake"
        )
        states.on_confirmed.append(correction_notices.tell_late)
