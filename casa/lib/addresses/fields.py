"""Model fields for an e-mail address and for a URL. Migrations see them as Django's own."""

from typing import Any

from django.db import models

from casa.lib.addresses import forms
from casa.lib.addresses.reading import read_email_address, read_web_address
from casa.lib.db.fields import MigratedPlainly


class EmailAddressField(MigratedPlainly, models.EmailField):
    """Every address that somebody types is kept in one of these; a test looks."""

    migrated_as = "django.db.models.EmailField"

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": forms.EmailAddressField, **options})

    def clean(self, value: Any, model_instance: Any) -> Any:
        """Cleans rows stored without a form: `createsuperuser`, an import."""
        return super().clean(read_email_address(value) if value else value, model_instance)


class WebAddressField(MigratedPlainly, models.URLField):
    """A URL whose form takes "example.org" to mean https, and whose host is in the one form."""

    migrated_as = "django.db.models.URLField"

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": forms.WebAddressField, **options})

    def clean(self, value: Any, model_instance: Any) -> Any:
        return super().clean(read_web_address(value) if value else value, model_instance)
