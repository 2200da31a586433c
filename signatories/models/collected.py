"""The ways in which the organizer collected a name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CollectedBy(models.TextChoices):
    """How somebody agreed whose name the organizer imported."""

    PAPER = "paper", _("On paper")
    MAIL = "mail", _("By letter or e-mail")
    PARTNER = "partner", _("Through a partner organization")
    FORM = "form", _("By a form elsewhere")


class AffiliationMark(models.TextChoices):
    """What a person's affiliation says of the organization."""

    PERSONAL = "personal_capacity", _("in a personal capacity")
    IDENTIFICATION = "identification_only", _("for identification only")
