"""What the page of a statement shows beside the statement's own row.

Pages are kept and go by the row of the statement. So each change of such a part moves its
`changed_at`: after the part is written, so that nobody who sees the new moment reads the old part.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar, Self, TypeVar

from django.apps import apps
from django.db import models, transaction
from django.db.models import ExpressionWrapper, F, Value
from django.db.models.functions import Greatest
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone

from statements.models.statement import Statement

Row = TypeVar("Row", bound=models.Model)
STEP = timedelta(microseconds=1)


def note_change(statements: Iterable[int]) -> None:
    """Move `changed_at` of the statements with these keys; never back, whatever the clock says."""
    keys = set(statements)
    if not keys:
        return
    moment = models.DateTimeField()
    later = ExpressionWrapper(F("changed_at") + STEP, output_field=moment)
    now = Value(timezone.now(), output_field=moment)
    Statement.objects.filter(pk__in=keys).update(changed_at=Greatest(later, now))


class PagePartQuerySet(models.QuerySet[Row]):
    """What writes many rows at once sends no signal for each of them."""

    def owners(self) -> set[int]:
        """The keys of the statements that these rows belong to."""
        path = self.model.path_to_statement  # type: ignore[attr-defined]
        return set(self.order_by().values_list(path, flat=True))

    def update(self, **kwargs: Any) -> int:
        with transaction.atomic(using=self.db, savepoint=False):
            keys, owners = list(self.order_by().values_list("pk", flat=True)), self.owners()
            changed = super().update(**kwargs)
            note_change(owners | self._every(keys).owners())
        return changed

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        with transaction.atomic(using=self.db, savepoint=False):
            made = super().bulk_create(objs, *args, **kwargs)
            note_change(owner for one in made for owner in _owners_of(one))
        return made

    def _every(self, keys: list[int]) -> Self:
        return type(self)(self.model, using=self.db).filter(pk__in=keys)


class PagePart(models.Model):
    """Base of the models whose rows the page of a statement shows."""

    path_to_statement: ClassVar[str] = "statement"

    class Meta:
        abstract = True


class EditablePart(PagePart):
    """Base of those whose rows change."""

    objects = PagePartQuerySet.as_manager()

    class Meta:
        abstract = True


def _owners_of(part: Any) -> set[int]:
    """The keys of the statement that a part in memory says it belongs to; none that is gone."""
    first, _, rest = part.path_to_statement.partition("__")
    field = part._meta.get_field(first)
    key = getattr(part, field.attname)
    if not rest:
        return {key}
    return set(field.related_model.objects.filter(pk=key).values_list(rest, flat=True))


def _remember_owners(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A part may be moved from one statement to another: the page of either changes."""
    is_new = instance._state.adding
    instance._owners = set() if is_new else sender.objects.filter(pk=instance.pk).owners()


def _note_saved(instance: Any, **kwargs: Any) -> None:
    note_change(instance.__dict__.pop("_owners", set()) | _owners_of(instance))


def _note_deleted(instance: Any, **kwargs: Any) -> None:
    note_change(_owners_of(instance))


def watch_all() -> None:
    """Have each change of one row of a part noted; of many, its queryset does that."""
    for model in apps.get_models():
        if issubclass(model, PagePart):
            pre_save.connect(_remember_owners, sender=model, dispatch_uid="page-part")
            post_save.connect(_note_saved, sender=model, dispatch_uid="page-part")
            post_delete.connect(_note_deleted, sender=model, dispatch_uid="page-part")
