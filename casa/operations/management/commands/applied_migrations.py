"""manage.py applied_migrations: what the tables have had, and the way back to it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casa.operations import applied_migrations


class Command(BaseCommand):
    help = (
        "Print which migrations were applied, one on each line. With --back-to, take back those"
        " that such a list does not have."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--back-to", type=Path, metavar="FILE",
            help="What this command printed before: all others are taken back, the newest first.",
        )  # fmt: skip

    def handle(self, *args: Any, back_to: Path | None, **options: Any) -> None:
        if back_to is None:
            self.stdout.write("\n".join(applied_migrations.applied()))
            return
        kept = back_to.read_text("utf-8").split()
        if not kept:
            raise CommandError(f"{back_to} lists nothing, and all tables would go.")
        try:
            for name in applied_migrations.go_back(kept):
                self.stdout.write(f"Taken back: {name}")
        except applied_migrations.IrreversibleError as error:
            raise CommandError(str(error)) from error
