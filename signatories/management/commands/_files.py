"""What the import commands share: reading the file, and saying what to look at."""

import sys
from pathlib import Path

from django.core.management.base import CommandError

from signatories.parser import ParsedLine
from statements import release_parser

SURE = 0.8


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


def erasure_lines(lines: list[ParsedLine]) -> list[str]:
    return [
        "Left out, since somebody of this name had their signature under this statement erased:"
        f" line {line.line}. They can sign again themselves."
        for line in lines
    ]


def doubts(lines: list[ParsedLine]) -> list[str]:
    """A sentence for each line that somebody should look at, with its number."""
    return [
        f"line {line.line}: {' '.join(line.notes) or 'not sure.'} ({line.original.strip()})"
        for line in lines
        if line.confidence < SURE
    ]
