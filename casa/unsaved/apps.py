from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnsavedConfig(AppConfig):
    name = "casa.unsaved"
    label = "unsaved"
    verbose_name = _("Not saved")

    def ready(self) -> None:
        from casa.retention.rules import Rule, register_all  # noqa: PLC0415 - models are ready only now
        from casa.unsaved import holding, kept_files  # noqa: PLC0415
        from casa.unsaved.models import UnsavedFile, UnsavedForm  # noqa: PLC0415

        rules = (
            Rule(
                name="forget-unsaved-forms",
                words=_("what staff typed and could not save"),
                holds={UnsavedForm: "*"},
                due=holding.due,
            ),
            Rule(
                name="forget-unsaved-files",
                words=_("files that could not be saved"),
                holds={UnsavedFile: "*"},
                due=kept_files.due,
                forget=kept_files.forget_rows,
            ),
        )
        register_all(rules, every=timedelta(hours=1))
