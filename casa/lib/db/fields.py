"""Model fields that all apps use. Migrations see them as fields of Django's own.

A migration that imported our code would break when the code moves, so `deconstruct` names Django's
class and leaves out options that are functions of ours. The database knows none of these options.
"""

from typing import Any

from django.db import models


class MigratedPlainly:
    """Mixin: the field is migrated as `migrated_as`, without the options `left_out`."""

    migrated_as = ""
    left_out: tuple[str, ...] = ()

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        kept = {option: value for option, value in kwargs.items() if option not in self.left_out}
        return name, self.migrated_as, args, kept


class DynamicCharField(MigratedPlainly, models.CharField):
    """A CharField whose `default` and `choices` may be functions of ours."""

    migrated_as = "django.db.models.CharField"
    left_out = ("default", "choices")


class CheckedCharField(MigratedPlainly, models.CharField):
    """A CharField whose `validators` are functions of ours."""

    migrated_as = "django.db.models.CharField"
    left_out = ("validators",)


class UploadField(MigratedPlainly, models.FileField):
    """A FileField whose `upload_to` is a function of ours."""

    migrated_as = "django.db.models.FileField"

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "upload_to": ""}  # a plain FileField says it too
