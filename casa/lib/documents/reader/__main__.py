"""Reads a document from its input, and writes what stands in it to its output."""

import json
import os
import resource
import sys
from importlib import import_module
from typing import IO, Any

from casa.lib.documents.reader import texts
from casa.lib.documents.reader.bounds import Limits, RefusedError
from casa.lib.documents.reader.kinds import Kind, binary_kind
from casa.lib.documents.reader.report import Report

SLACK = 24 << 20
"""Bytes for the program itself."""
OUTPUT = 200 << 20
"""Bytes that it may write: what is allowed, with its brackets and escapes."""

_READERS = dict.fromkeys(Kind, "texts") | {
    Kind.XLSX: "spreadsheets", Kind.XLS: "spreadsheets", Kind.ODS: "spreadsheets",
    Kind.DOCX: "word", Kind.ODT: "open_texts", Kind.PDF: "pdfs",
}  # fmt: skip


def run(job: dict[str, Any], file: IO[bytes], out: IO[bytes]) -> None:
    limits = Limits(**job["limits"])
    report = Report(out, limits)
    try:
        _read(file, report, encoding=job["encoding"])
    except RefusedError as refused:
        report.refusal(refused)
    except (MemoryError, RecursionError):
        report.refusal(RefusedError("heavy"))


def _read(file: IO[bytes], report: Report, *, encoding: str) -> None:
    kind = binary_kind(file, report.limits)
    if kind is None:
        texts.write(file, report, encoding=encoding)
    else:
        _write(kind, file, report)
    report.end()
    if not report.has_words:
        raise RefusedError("empty")


def _write(kind: Kind, file: IO[bytes], report: Report) -> None:
    """Each kind brings libraries of its own, which the others do without."""
    module = import_module(f".{_READERS[kind]}", package=__package__)
    module.write(file, kind, report)


def confine(job: dict[str, Any]) -> None:
    """What the limits missed ends this process, and pages go before documents."""
    os.nice(5)
    limits = Limits(**job["limits"])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    data = limits.memory + SLACK
    resource.setrlimit(resource.RLIMIT_DATA, (data, data))


if __name__ == "__main__":
    job: dict[str, Any] = json.loads(sys.argv[1])
    confine(job)
    run(job, sys.stdin.buffer, sys.stdout.buffer)
