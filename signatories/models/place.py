"""Where a signer is; organizations and signatures have it in common."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casa.lib import countries
from casa.lib.db.fields import DynamicCharField


class Place(models.Model):
    """Where somebody is, as much of it as is known."""

    city = models.CharField(
        _("city"), max_length=120, blank=True, help_text=_("City, town or village, as it is shown.")
    )
    region = models.CharField(
        _("state or region"),
        max_length=60,
        blank=True,
        help_text=_("The customary code where the country has one: “NY”."),
    )
    country = DynamicCharField(
        _("country"),
        max_length=2,
        blank=True,
        choices=countries.country_choices,
        help_text=_("Leave empty where it is not known."),
    )

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        """ "Portland, ME" or "Leeds, United Kingdom", in the reader's language."""
        return countries.on_one_line(self.city, self.region, self.country)

    place.fget.short_description = _("place")  # type: ignore[attr-defined]
