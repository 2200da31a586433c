"""Files that are text: lines, tables with delimiters, and what marks itself."""

from collections.abc import Callable
from importlib import import_module
from typing import IO

from casa.lib.documents.reader import delimited
from casa.lib.documents.reader.bounds import RefusedError
from casa.lib.documents.reader.encodings import decoded
from casa.lib.documents.reader.kinds import Kind, text_kind
from casa.lib.documents.reader.report import Report

_MARKED = dict.fromkeys(Kind, "") | {
    Kind.HTML: "pages", Kind.MARKDOWN: "markdown", Kind.JSON: "objects", Kind.VCARD: "cards",
}  # fmt: skip


def write(file: IO[bytes], report: Report, *, encoding: str) -> None:
    """Raises RefusedError."""
    file.seek(0)
    data = file.read(report.limits.text + 1)
    if len(data) > report.limits.text:
        raise RefusedError("text", limit=report.limits.text >> 20)
    found = decoded(data, encoding)
    del data
    kind = text_kind(found.text)
    form = delimited.form_of(found.text) if kind is Kind.TEXT else None
    report.head(
        kind=Kind.CSV if form else kind,
        encoding=found.encoding,
        is_guessed=found.is_guessed,
        delimiter=form.delimiter if form else "",
    )
    if form:
        delimited.write(found.text, form, report)
    else:
        _writer(kind)(found.text, report)


def _writer(kind: Kind) -> Callable[[str, Report], None]:
    if not _MARKED[kind]:
        return write_lines
    module = import_module(f".{_MARKED[kind]}", package=__package__)
    write: Callable[[str, Report], None] = module.write
    return write


def write_lines(text: str, report: Report) -> None:
    report.begin("text")
    for number, line in enumerate(text.split("\n"), start=1):
        report.line(number, line)
