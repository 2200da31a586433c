"""Rows that are written once: refused in Python with a sentence, in the database by a trigger."""

from typing import Any, NoReturn, TypeVar

from django.db import models


class AppendOnlyError(Exception):
    """Somebody tried to change or delete a row that must stay as it was written."""


Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class AppendOnlyQuerySet(models.QuerySet[Row_co]):
    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model._meta.verbose_name_plural} are never changed.")

    update = bulk_update = update_or_create = delete = _refuse


class AppendOnly(models.Model):
    """Base of history rows: they can be added, and that is all.

    Each model's `objects` is made from an AppendOnlyQuerySet of its own.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"{self._meta.verbose_name_plural} are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self._meta.verbose_name_plural} are never deleted.")
