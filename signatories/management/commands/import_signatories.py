"""manage.py import_signatories SLUG FILE: lead signatories from a bare list of names."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from signatories.leads import batches, imports, reading, worker
from signatories.leads.understanding import of_block
from signatories.management.commands import _files
from signatories.models import ImportBatch
from signatories.parser import Block
from statements import release_parser
from statements.models import Statement


class Command(BaseCommand):
    help = "Add the names in a text file to a statement's lead signatories, or undo such an import."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "slug",
            nargs="?",
            help="the last part of the statement's address; - with --dry-run: none",
        )
        parser.add_argument("file", nargs="?", help="a text file in UTF-8, or - for standard input")
        parser.add_argument("--dry-run", action="store_true", help="store nothing")
        parser.add_argument("--json", action="store_true", help="print what was read, as JSON")
        parser.add_argument(
            "--ordinary", action="store_true", help="not among the lead signatories"
        )
        _files.add_batch_arguments(parser)
        parser.add_argument("--undo", type=int, metavar="BATCH", help="undo the import BATCH")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["undo"] is not None:
            self._undo(options["undo"])
            return
        if not (options["slug"] and options["file"]):
            raise CommandError("Say which statement, and which file.")
        statement = self._statement(options["slug"], dry_run=options["dry_run"])
        try:
            data = _files.read(options["file"])
            block = imports.parse_signatories(data)
            self._print(options, block)
            if options["dry_run"] or statement is None:
                number = len(imports.without_nameless(block.lines))
                self._report(options, f"{number} names read, nothing stored.", block)
                return
            with transaction.atomic():
                batch = self._import(statement, data, block, options)
        except (release_parser.ReleaseError, batches.BatchError) as error:
            raise CommandError(str(error)) from error
        where = "signatories" if options["ordinary"] else "lead signatories"
        self._report(options, f"{batch.made} {where} added to “{statement}”.", block)
        if not options["json"]:
            for sentence in _files.batch_lines(batch):
                self.stdout.write(sentence)

    def _print(self, options: dict[str, Any], block: Block) -> None:
        if not imports.without_nameless(block.lines):
            notes = _files.note_lines(block.notes)
            raise CommandError(" ".join(["There is no name in it.", *notes]))
        if options["json"]:
            rows = {"signatories": [line.as_dict() for line in block.lines]}
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))

    def _import(
        self, statement: Statement, data: bytes, block: Block, options: dict[str, Any]
    ) -> ImportBatch:
        batch = batches.open_batch(
            statement,
            data,
            by=None,
            source=ImportBatch.Source.FILE,
            consent=options["consent"],
            file_name=Path(options["file"]).name,
            as_leads=not options["ordinary"],
            keeps=False,
        )
        reading.store(batch, of_block(block))
        _files.refuse_what_cannot_be_stored(batch)
        worker.take_sure(batch, only_sure=options["only_sure"])
        return batch

    def _undo(self, pk: int) -> None:
        batch = ImportBatch.objects.select_related("statement").filter(pk=pk).first()
        if batch is None:
            raise CommandError(f"There is no import {pk}.")
        try:
            worker.undo_now(batch, by=None)
        except batches.BatchError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Import {pk} is undone: {batch.removed} signatures were removed.")
        for why, number in batch.stayed.items():
            self.stdout.write(f"{number} stayed or were gone, since {_files.DID[why]}.")

    def _statement(self, slug: str, *, dry_run: bool) -> Statement | None:
        if slug == "-" and dry_run:
            return None
        statement = Statement.objects.filter(slug=slug).first()
        if statement is None:
            raise CommandError(f"There is no statement at the address “{slug}”.")
        return statement

    def _report(self, options: dict[str, Any], summary: str, block: Block) -> None:
        if options["json"]:
            self.stderr.writelines(f"{note}\n" for note in _files.note_lines(block.notes))
            return
        self.stdout.write(summary)
        for note in [*_files.nameless_lines(block.lines), *_files.note_lines(block.notes)]:
            self.stdout.write(note)
        for doubt in _files.doubts(block.lines):
            self.stdout.write(f"Please look at {doubt}")
