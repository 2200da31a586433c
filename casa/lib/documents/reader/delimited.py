"""Text with columns: which character parts them, and its rows."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from casa.lib.documents.reader.report import Report

_DELIMITERS = "\t;|,"
_HEAD_LINES, _HEAD_CHARACTERS = 500, 1 << 17
_MOST_ALIKE = 0.6  # of the rows have as many cells, if it is a table
_MOST_SPACED = 0.2  # of the cells begin with a blank: a list with commas has most
_MOST_LINES = 50  # in a cell: more is a quotation mark that nothing closes
csv.field_size_limit(1 << 30)  # what a cell may hold is looked at later


class Form(NamedTuple):
    """How rows are written."""

    delimiter: str
    is_quoted: bool
    is_spaced: bool = False


def form_of(text: str) -> Form | None:
    """How `text` parts its columns, as most of its first rows say; None if it has none."""
    if text[:4] == "sep=" and text[5:6] == "\n":
        return Form(text[4], is_quoted=True)
    head = _head(text)
    found = [(_fitness(head, one), one) for one in _DELIMITERS]
    fitness, delimiter = max(found, key=lambda one: one[0])
    if fitness[0] < _MOST_ALIKE:
        return Form(",", is_quoted=True) if _is_quoted_column(head) else None
    form = Form(delimiter, is_quoted=True, is_spaced=delimiter in ",;")
    is_quoted = _closes_its_quotes(cells for _number, cells in _rows(text, form))
    return form._replace(is_quoted=is_quoted)


def write(text: str, form: Form, report: Report) -> None:
    """Each row of `text`, with the number of its first line."""
    report.begin("table")
    has_edges = form.delimiter == "|" and _has_edges(_head(text))
    for number, cells in _rows(text, form):
        if number == 1 and text.startswith("sep=") and text[5:6] == "\n":
            continue
        report.row(number, cells[1:] if has_edges and not cells[:1][0].strip() else cells)
    if not form.is_quoted:
        report.note(0, "quotes")


def _head(text: str) -> str:
    cut = "\n".join(text[:_HEAD_CHARACTERS].split("\n")[:_HEAD_LINES])
    return cut if len(cut) == len(text) else cut.rpartition("\n")[0] or cut


def _rows(text: str, form: Form) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=form.delimiter,
        quoting=csv.QUOTE_MINIMAL if form.is_quoted else csv.QUOTE_NONE,
        skipinitialspace=form.is_spaced,
    )
    number = 1
    for cells in reader:
        if cells:
            yield number, cells
        number = reader.line_num + 1


def _fitness(head: str, delimiter: str) -> tuple[float, int]:
    """Which part of the rows has as many cells as most, and how many those are."""
    if delimiter not in head:
        return 0, 0
    rows = [cells for _number, cells in _rows(head, Form(delimiter, is_quoted=True))]
    if not _closes_its_quotes(rows):
        rows = [cells for _number, cells in _rows(head, Form(delimiter, is_quoted=False))]
    widths = Counter(len(cells) for cells in rows)
    width, count = max(widths.items(), key=lambda one: (one[1] * (one[0] > 1), one[0]))
    is_alone = len(rows) < 2 and delimiter != "\t"
    if width < 2 or is_alone or (delimiter in ",;" and _is_prose(rows)):
        return 0, 0
    return count / len(rows), width


def _is_prose(rows: list[list[str]]) -> bool:
    """Whether a blank follows most marks, as in a sentence, and no quotation mark it."""
    later = [cell for cells in rows for cell in cells[1:] if cell.strip()]
    spaced = [cell for cell in later if cell[0] == " "]
    quoted = [cell for cell in spaced if cell[1:2] == '"']
    return len(spaced) - len(quoted) > _MOST_SPACED * len(later)


def _is_quoted_column(head: str) -> bool:
    """Whether it is a table of one column, each cell in quotation marks."""
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    quoted = [line for line in lines if len(line) > 1 and line[0] == line[-1] == '"']
    return len(lines) > 1 and len(quoted) * 10 >= len(lines) * 9


def _closes_its_quotes(rows: Iterable[list[str]]) -> bool:
    return all(cell.count("\n") <= _MOST_LINES for cells in rows for cell in cells)


def _has_edges(head: str) -> bool:
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    return sum(line.startswith("|") for line in lines) * 2 > len(lines)
