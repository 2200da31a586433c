"""manage.py import_release FILE: from a press release to a draft statement."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from casa.lib.http import absolute
from signatories.leads import batches, imports, worker
from signatories.management.commands import _files
from statements import lifecycle, release_parser
from statements.models import LONG_PAST, Statement


class Command(BaseCommand):
    help = "Make a draft statement, with its lead signatories, from a plain-text press release."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a text file in UTF-8, or - for standard input")
        parser.add_argument("--publish", action="store_true", help="publish it at once")
        parser.add_argument(
            "--language",
            default=settings.LANGUAGE_CODE,
            choices=[code for code, _name in settings.LANGUAGES],
            help="the language it is written in (default: %(default)s)",
        )
        parser.add_argument(
            "--json", action="store_true", help="print what was read and store nothing"
        )
        _files.add_batch_arguments(parser)

        parser.add_argument(
            "--signers",
            choices=Statement.Signers.values,
            help=(
                "who may sign it (default: everybody; nobody, if it went out more than"
                f" {LONG_PAST.days} days ago)"
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            parsed = imports.parse_release(_files.read(options["file"]))
            if options["json"]:
                self.stdout.write(json.dumps(parsed.as_dict(), ensure_ascii=False, indent=2))
                self.stderr.writelines(f"{note}\n" for note in _files.note_lines(parsed.notes))
                return
            with transaction.atomic():
                imported = self._import(parsed, options)
                if options["publish"] and imported.statement.is_unpublished:
                    lifecycle.publish(imported.statement, by=None, note="import_release --publish")
        except (
            release_parser.ReleaseError,
            imports.ImportRefused,
            batches.BatchError,
            lifecycle.LifecycleError,
        ) as error:
            raise CommandError(str(error)) from error
        if imported.is_new:
            self._report(parsed, imported)
            self._report_past(parsed, imported.statement)
        else:
            self.stdout.write(
                f"This file was imported before, as “{imported.statement}”. Nothing was changed."
            )
        self._say_where(imported)

    def _import(self, parsed: imports.ParsedRelease, options: dict[str, Any]) -> imports.Imported:
        imported = imports.import_release(
            parsed,
            language=options["language"],
            signers=options["signers"] and Statement.Signers(options["signers"]),
            file_name=Path(options["file"]).name,
            consent=options["consent"],
        )
        if imported.batch is not None:
            _files.refuse_what_cannot_be_stored(imported.batch)
            worker.take_sure(imported.batch, only_sure=options["only_sure"])
        return imported

    def _report(self, parsed: imports.ParsedRelease, imported: imports.Imported) -> None:
        self.stdout.write(f"Imported “{imported.statement}”.")
        if imports.without_nameless(parsed.signatories):
            made = imported.batch.made if imported.batch else 0
            self.stdout.write(f"{made} lead signatories, in the order given.")
        elif parsed.release.signatory_lines:
            self.stdout.write("No name was found in its list, so no signatures were made.")
        else:
            self.stdout.write("It has no “Submitted by” list, so no signatures were made.")
        batch_lines = _files.batch_lines(imported.batch) if imported.batch else []
        for sentence in [*_files.nameless_lines(parsed.signatories), *batch_lines]:
            self.stdout.write(sentence)
        for reference in parsed.release.references:
            self.stdout.write(f"Cites: {reference['title']}")
        for note in _files.note_lines(parsed.notes):
            self.stdout.write(note)
        for doubt in _files.doubts(parsed.signatories):
            self.stdout.write(f"Please look at {doubt}")

    def _report_past(self, parsed: imports.ParsedRelease, statement: Statement) -> None:
        if parsed.is_long_past:
            self.stdout.write(
                f"It is dated {parsed.dated_on}, long ago. Who may sign it now:"
                f" {statement.get_signers_display()}. To change it: --signers, or its screen."
            )

    def _say_where(self, imported: imports.Imported) -> None:
        statement = imported.statement
        path = reverse("admin:statements_statement_change", args=[statement.pk])
        self.stdout.write(f"{statement.get_status_display()}. To edit it: {absolute(path)}")
        if statement.is_public():
            self.stdout.write(f"Visitors read it at {absolute(statement.get_absolute_url())}")
