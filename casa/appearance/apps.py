from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppearanceConfig(AppConfig):
    name = "casa.appearance"
    label = "appearance"
    verbose_name = _("Appearance")
