"""manage.py retention: take what was kept for as long as was promised, or tell what would go."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from casa.retention import rules


class Command(BaseCommand):
    help = (
        "Take what was kept for as long as was promised. The worker does the same by its schedule."
        " No address is printed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Tell what would go, and take nothing."
        )
        parser.add_argument(
            "--rows", action="store_true", help="With --dry-run: name each row, too."
        )

    def handle(self, *args: Any, dry_run: bool, rows: bool, **options: Any) -> None:
        total = self._tell(with_rows=rows) if dry_run else self._run()
        self.stdout.write(f"{total:,} rows {'would go' if dry_run else 'went'}.")

    def _tell(self, *, with_rows: bool) -> int:
        total = 0
        for found in rules.look():
            of = f" of statement {found.due.statement}" if found.due.statement else ""
            self.stdout.write(f"{found.number:>9,}  {found.rule.name}{of}: {found.rule.words}")
            total += found.number
            if with_rows:
                for row in found.due.rows.iterator(chunk_size=500):
                    self.stdout.write(f"           - {found.rule.told(row)}")
        return total

    def _run(self) -> int:
        total = 0
        for rule in rules.every_rule():
            number = rules.run(rule.name)
            if number:
                self.stdout.write(f"{number:>9,}  {rule.name}: {rule.words}")
            total += number
        return total
