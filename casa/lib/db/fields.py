"""Model fields that all apps use."""

from typing import Any

from django.db import models


class WebAddressField(models.URLField):
    """A URL whose form takes "example.org" to mean https. Stored and migrated as a URLField."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
