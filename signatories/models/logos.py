"""Logos of organizations, kept as the sizes that pages show and never as they were uploaded."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casa.lib.db.fields import UploadField
from signatories.models.organizations import Organization


def logo_path(logo: Logo, filename: str) -> str:
    return f"logos/{logo.organization_id}/{filename}"


class Logo(models.Model):
    """One size and format of an organization's logo.

    Written by `signatories/organizations/logos.py` alone.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="logos")
    file = UploadField(upload_to=logo_path, max_length=200)
    content_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    approved = models.BooleanField(
        _("shown"),
        default=True,
        help_text="No while it came from a sign form and staff have not looked at it.",
    )

    class Meta:
        ordering = ("width", "pk")
        constraints = [
            models.UniqueConstraint(
                "organization", "width", "content_type", "approved", name="logo_one_per_size"
            )
        ]

    def __str__(self) -> str:
        return str(self.file.name)

    def get_absolute_url(self) -> str:
        # Its file stays where it was stored, also when it moves to another organization.
        _folder, stored_for, filename = str(self.file.name).split("/")
        return reverse("signatories:logo", args=[int(stored_for), filename])
