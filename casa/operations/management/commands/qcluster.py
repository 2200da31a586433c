"""manage.py qcluster: the worker, which does not start with keys that are not the site's."""

from typing import Any

from django_q.management.commands.qcluster import Command as Qcluster

from casa.operations import data_keys


class Command(Qcluster):
    def handle(self, *args: Any, **options: Any) -> None:
        data_keys.verify_at_start()
        super().handle(*args, **options)
