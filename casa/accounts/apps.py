from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "casa.accounts"
    label = "accounts"
    verbose_name = _("Staff accounts")

    def ready(self) -> None:
        from axes.models import AccessAttempt  # noqa: PLC0415
        from django.contrib.sessions.models import Session  # noqa: PLC0415

        from casa.accounts import (  # noqa: PLC0415 - models are ready only now
            lockout,
            sessions,
            sign_in_log,
            tries,
        )
        from casa.accounts.models import TryBudget  # noqa: PLC0415
        from casa.retention.rules import Rule, register_all  # noqa: PLC0415

        sessions.listen()
        sign_in_log.listen()
        rules = (
            Rule(
                name="forget-failed-sign-ins",
                words=_("failed tries to sign in"),
                holds={AccessAttempt: "*"},
                due=lockout.due,
            ),
            Rule(
                name="forget-tries-to-sign-in",
                words=_("counts of tries to sign in"),
                holds={TryBudget: "*"},
                due=tries.due,
            ),
            Rule(
                name="forget-ended-sessions",
                words=_("ended sessions of staff"),
                holds={Session: "*"},
                due=sessions.due,
            ),
        )
        register_all(rules, every=timedelta(days=1))
