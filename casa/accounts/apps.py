from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "casa.accounts"
    label = "accounts"
    verbose_name = _("Staff accounts")

    def ready(self) -> None:
        from casa.accounts import (  # noqa: PLC0415 - models are ready only now
            lockout,
            sessions,
            sign_in_log,
            tries,
        )
        from casa.lib import tasks  # noqa: PLC0415

        sessions.listen()
        sign_in_log.listen()
        tasks.register("forget-failed-sign-ins", lockout.purge, every=timedelta(days=1))
        tasks.register("forget-tries-to-sign-in", tries.purge, every=timedelta(days=1))
        tasks.register("forget-ended-sessions", sessions.purge, every=timedelta(days=1))
