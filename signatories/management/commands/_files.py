"""What the import commands share: reading the file, and saying what to look at."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import CommandError
from django.urls import reverse

from casa.lib.http import absolute
from signatories.leads.lines import Why, problems
from signatories.models import CollectedBy, ImportBatch, ImportLine
from signatories.parser import SURE, ParsedLine
from statements import release_parser

DID = {
    "withdrew": "their owner withdrew them",
    "changed": "their owner changed them",
    "confirmed": "their owner confirmed them",
    "erased": "their owner erased them",
    "named_again": "another import names them too",
}
"""Why what an import made is not removed by undoing it."""


def add_batch_arguments(parser: ArgumentParser) -> None:
    """What becomes of lines that are unsure, and how those named agreed."""
    unsure = parser.add_mutually_exclusive_group()
    unsure.add_argument(
        "--hold",
        action="store_true",
        help="keep what is unsure for review in the back office (this is so anyway)",
    )
    unsure.add_argument("--only-sure", action="store_true", help="leave out what is unsure")
    parser.add_argument(
        "--consent",
        choices=CollectedBy.values,
        default=CollectedBy.PARTNER.value,
        help="how those who are named agreed (default: %(default)s)",
    )


def refuse_what_cannot_be_stored(batch: ImportBatch) -> None:
    """Raise CommandError with the number of the first line that does not fit."""
    line = batch.lines.filter(why=Why.INVALID).first()
    if line is not None:
        field, sentence = next(iter(problems(line.fields).items()))
        raise CommandError(f"line {line.number}: {field}: {sentence}")


def batch_lines(batch: ImportBatch) -> list[str]:
    """What became of a batch: what was left out, what waits, and how to undo it."""
    said = []
    left = {why: _numbers(batch, why) for why in (Why.REPEATED, Why.NO_CONSENT, Why.ERASED)}
    if numbers := left[Why.REPEATED]:
        said.append(f"Left out, since they stand there already: line {numbers}.")
    if numbers := left[Why.NO_CONSENT]:
        said.append(f"Left out, since the list says that they do not want it: line {numbers}.")
    if numbers := left[Why.ERASED]:
        said.append(
            "Left out, since somebody of this name had their signature under this statement"
            f" erased: line {numbers}. They can sign again themselves."
        )
    waiting = batch.lines.filter(decision=ImportLine.Decision.HELD)
    if held := ", ".join(str(number) for number in waiting.values_list("number", flat=True)):
        path = reverse("admin:signatories_importbatch_change", args=[batch.pk])
        said.append(f"Waiting for a decision: line {held}. {absolute(path)}")
    said.append(f"This is import {batch.pk}; --undo {batch.pk} takes it back.")
    return said


def _numbers(batch: ImportBatch, why: str) -> str:
    rows = batch.lines.filter(why=why, decision=ImportLine.Decision.SKIPPED)
    return ", ".join(str(number) for number in rows.values_list("number", flat=True))


def read(name: str) -> bytes:
    """The bytes of a file, or of standard input for "-"; never more than is needed to refuse."""
    limit = release_parser.MAX_BYTES + 1
    try:
        if name == "-":
            return sys.stdin.buffer.read(limit)
        with Path(name).open("rb") as file:
            return file.read(limit)
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error


def note_lines(notes: list[tuple[int, str]]) -> list[str]:
    return [f"Note, line {number}: {note}" for number, note in notes]


def nameless_lines(lines: list[ParsedLine]) -> list[str]:
    return [
        f"Left out, since it names nobody: line {line.line}."
        for line in lines
        if not (line.name or line.organization)
    ]


def doubts(lines: list[ParsedLine]) -> list[str]:
    """A sentence for each line that somebody should look at, with its number."""
    return [
        f"line {line.line}: {' '.join(line.notes) or 'not sure.'} ({line.original.strip()})"
        for line in lines
        if line.confidence < SURE
    ]
