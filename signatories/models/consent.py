"""The consent sentences that signers were shown."""

from __future__ import annotations

from django.db import models

from statements.models import language_field


class ConsentWording(models.Model):
    """A consent sentence as it was shown; signatures point at the one their signer saw."""

    language = language_field()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint("language", "sha256", name="consent_one_per_wording")
        ]

    def __str__(self) -> str:
        return self.text
