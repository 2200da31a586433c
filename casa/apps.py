from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class CasaAdminConfig(AdminConfig):
    default_site = "casa.admin.CasaAdminSite"


class CasaConfig(AppConfig):
    name = "casa"
    verbose_name = _("Site")

    def ready(self) -> None:
        from casa import admin, checks  # noqa: F401, PLC0415 - registers the checks

        admin.hide_engine_rooms()
