"""manage.py verify_tally: prove that the counts shown are the signatures stored."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from signatories.core import tally


class Command(BaseCommand):
    help = "Compare every statement's tally with its signatures; fails where they differ."

    def handle(self, *args: Any, **options: Any) -> None:
        differences = tally.differences()
        for statement, kind, counted, rows in differences:
            self.stderr.write(
                f"{statement.slug}: {kind}: tally {counted:,}, counted signatures {rows:,}"
            )
        if differences:
            raise CommandError(f"{len(differences)} counts are wrong.")
        self.stdout.write("Every tally equals its signatures.")
