"""manage.py restore: a backup into an empty database and an empty folder, and the proof of it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from casa.operations import backups


class Command(BaseCommand):
    help = (
        "Bring a backup into an empty database and an empty folder of uploads, bring the tables to"
        " this version, and compare counts. What is there already is never overwritten."
    )
    requires_system_checks = ()  # some ask the database, which is empty

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            manifest = backups.restore(file)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        now = backups.rows_of(manifest.rows)
        differing = [table for table, then in manifest.rows.items() if now[table] != then]
        call_command("migrate", verbosity=0)
        self._tell(manifest.rows)
        if differing:
            raise CommandError(f"Not as many rows as in the backup: {', '.join(differing)}")
        call_command("verify_tally", stdout=self.stdout, stderr=self.stderr)
        self.stdout.write(f"Restored as it was on {manifest.made_at}.")

    def _tell(self, rows: dict[str, int]) -> None:
        width = max(map(len, rows), default=0)
        for table, number in rows.items():
            if number:
                self.stdout.write(f"{table.ljust(width)}  {number:>12,}")
