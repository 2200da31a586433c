"""manage.py doctor: whether all that the site needs is there and works, and what to do if not."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from casa.operations import findings
from casa.operations.findings import Level


class Command(BaseCommand):
    help = (
        "Look at database, worker, mail, disks, files and the site's own address, and say what is"
        " fine, what to look at and what is broken, with the remedy. Fails if anything is broken."
    )
    requires_system_checks = ()  # it reports them

    STYLES = {Level.FINE: "SUCCESS", Level.LOOK: "WARNING", Level.BROKEN: "ERROR"}

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--here", action="store_true",
            help="Ask nothing of the mail server and of the site's own address.",
        )  # fmt: skip

    def handle(self, *args: Any, here: bool, **options: Any) -> None:
        found = findings.examine(asks_others=not here)
        width = max(len(level.label) for level in Level)
        for finding in found:
            style = getattr(self.style, self.STYLES[finding.level])
            self.stdout.write(
                f"{style(finding.level.label.ljust(width))}  {finding.about}: {finding.words}"
            )
            if finding.remedy:
                self.stdout.write(f"{' ' * width}  → {finding.remedy}")
        if findings.worst(found) is Level.BROKEN:
            raise CommandError(_("Something is broken."))
