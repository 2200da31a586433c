"""The history of a model's rows, kept with as few queries as it needs."""

from functools import cache
from typing import Any

from django.db import models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords


class Manager(HistoryManager):
    @classmethod
    @cache  # the library makes a class anew each time a row asks for its `history`
    def from_queryset(
        cls, queryset_class: type[models.QuerySet[Any]], class_name: str | None = None
    ) -> Any:
        return super().from_queryset(queryset_class, class_name)


class Records(HistoricalRecords):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, history_manager=Manager, **options)

    def create_historical_record_m2ms(self, history_instance: Any, instance: models.Model) -> None:
        """A row that was just made has no many-to-many rows yet: nothing is looked up for it."""
        if history_instance.history_type != "+":
            super().create_historical_record_m2ms(history_instance, instance)
