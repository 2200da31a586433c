"""manage.py backup: the whole site in one file."""

import shlex
import subprocess
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casa.lib.periods import Term, cutoff
from casa.operations import backups, measurements

PATTERN = "casa-*.tar"


class Command(BaseCommand):
    help = (
        "Write the database and all uploads into one file, with checksums, while the site goes on."
        " Secrets (.env) are not in it: keep them elsewhere."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="Where the file is written.")
        parser.add_argument(
            "--keep", type=int, metavar="NUMBER",
            help="Afterwards delete all but so many of the newest backups in the folder.",
        )  # fmt: skip
        parser.add_argument(
            "--forget",
            action="store_true",
            help="Afterwards delete backups in the folder that are older than is promised.",
        )
        parser.add_argument(
            "--then", metavar="COMMAND", default="",
            help="Afterwards run this, with {} for the file: 'rclone copy {} far:casa'",
        )  # fmt: skip

    def handle(
        self, *args: Any, folder: Path, keep: int | None, then: str, forget: bool = False,
        **options: Any,
    ) -> None:  # fmt: skip
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder. Make it first.")
        if keep is not None and keep < 1:
            raise CommandError("--keep: keep at least 1.")
        target = folder / f"casa-{timezone.now():%Y%m%d-%H%M%S}.tar"
        try:
            manifest = backups.make(target)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        size = target.stat().st_size
        measurements.note(measurements.BACKUP, size)
        rows, files = sum(manifest.rows.values()), len(manifest.files) - 1
        self.stdout.write(f"{target}: {rows:,} rows, {files:,} uploads, {size:,} bytes")
        if then:
            self._run(then, target)
        if keep:
            for old in sorted(folder.glob(PATTERN))[:-keep]:
                old.unlink()
        if forget:
            self._forget(folder, but=target)

    def _forget(self, folder: Path, *, but: Path) -> None:
        past = cutoff(Term.BACKUP)
        for old in sorted(folder.glob(PATTERN)):
            if old != but and old.name < f"casa-{past:%Y%m%d-%H%M%S}.tar":
                old.unlink()

    def _run(self, command: str, target: Path) -> None:
        words = [word.replace("{}", str(target)) for word in shlex.split(command)]
        try:
            done = subprocess.run(words, check=False)  # noqa: S603 - the administrator's own
        except OSError as error:
            raise CommandError(
                f"--then: {words[0]}: {error.strerror}. The backup is made."
            ) from error
        if done.returncode:
            raise CommandError(
                f"--then: {words[0]} failed ({done.returncode}). The backup is made."
            )
