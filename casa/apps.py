from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class CasaAdminConfig(AdminConfig):
    default_site = "casa.office.admin_site.CasaAdminSite"


class CasaConfig(AppConfig):
    name = "casa"
    verbose_name = _("Site")

    def ready(self) -> None:
        from casa import checks  # noqa: F401, PLC0415 - models are ready
        from casa.accounts.admin import ROLE_SENTENCES  # noqa: PLC0415
        from casa.mail import kinds  # noqa: PLC0415
        from casa.office import admin_site, passwords, roles  # noqa: PLC0415

        admin_site.hide_engine_rooms()
        kinds.register(
            passwords.KIND,
            passwords.build,
            label=_("New password"),
            sample=passwords.sample,
            when=_("When a member of staff asks for a new password."),
        )
        ROLE_SENTENCES.update({role.name: role.sentence for role in roles.ROLES})
