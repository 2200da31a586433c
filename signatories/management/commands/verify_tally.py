"""manage.py verify_tally: prove that what is kept of signatures is what the signatures say."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from signatories.audit import proving
from signatories.core import standing, tally


class Command(BaseCommand):
    help = (
        "Compare every statement's tally, its sealed counts, and which organizations stand in"
        " public, with the signatures; fails where they differ."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        differences = tally.differences()
        for statement, kind, counted, rows in differences:
            self.stderr.write(
                f"{statement.slug}: {kind}: tally {counted:,}, counted signatures {rows:,}"
            )
        if differences:
            raise CommandError(f"{len(differences)} counts are wrong.")
        wrong = standing.differences()
        for organization, stored, earliest in wrong:
            self.stderr.write(
                f"{organization.slug}: in public from {stored}, by its signatures from {earliest}"
            )
        if wrong:
            raise CommandError(f"{len(wrong)} organizations are shown or left out wrongly.")
        self._refuse_wrong_seals()
        self.stdout.write("Every tally equals its signatures.")

    def _refuse_wrong_seals(self) -> None:
        unproven = proving.wrong(repair=False)
        for proof in unproven:
            counts = proof.counts
            self.stderr.write(
                f"{proof.statement.slug}: tally {counts.tally}, signatures {counts.rows},"
                f" leaves {counts.leaves}, broken seals {proof.broken or 'none'}"
            )
        if unproven:
            raise CommandError(f"{len(unproven)} sealed counts do not agree.")
