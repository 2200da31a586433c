"""manage.py import_signatories SLUG FILE: lead signatories from a bare list of names."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from signatories.leads import imports, placement
from signatories.management.commands import _files
from signatories.parser import Block
from statements import release_parser
from statements.models import Statement


class Command(BaseCommand):
    help = "Add the names in a text file to a statement's lead signatories."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "slug", help="the last part of the statement's address; - with --dry-run: none"
        )
        parser.add_argument("file", help="a text file in UTF-8, or - for standard input")
        parser.add_argument("--dry-run", action="store_true", help="store nothing")
        parser.add_argument("--json", action="store_true", help="print what was read, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        statement = self._statement(options["slug"], dry_run=options["dry_run"])
        try:
            block = imports.parse_signatories(_files.read(options["file"]))
            lines = imports.without_nameless(block.lines)
            if not lines:
                raise CommandError(
                    " ".join(["There is no name in it.", *_files.note_lines(block.notes)])
                )
            if options["json"]:
                rows = {"signatories": [line.as_dict() for line in block.lines]}
                self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            if options["dry_run"] or statement is None:
                self._report(options, f"{len(lines)} names read, nothing stored.", block)
                return
            placed, repeated, erased = placement.place(statement, lines)
        except (release_parser.ReleaseError, placement.LineError) as error:
            raise CommandError(str(error)) from error
        self._report(options, f"{len(placed)} lead signatories added to “{statement}”.", block)
        if repeated and not options["json"]:
            numbers = ", ".join(str(line.line) for line in repeated)
            self.stdout.write(f"Left out, since they stand there already: line {numbers}.")
        if erased and not options["json"]:
            for sentence in _files.erasure_lines(erased):
                self.stdout.write(sentence)

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
