"""CSV that is written row by row, and that no spreadsheet takes for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

BOM = "\ufeff"
ROWS_AT_ONCE = 200

# What makes Excel, LibreOffice and Google Sheets read a cell as a formula; the wide forms too.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(value: object) -> str:
    """`value` as a cell that is only ever read: what could start a formula gets a ' before it."""
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, int | float) or not text.lstrip(" ").startswith(_FORMULA_STARTS):
        return text
    return f"'{text}"


class _Echo:
    """Gives the csv module something to write to that hands back what was written."""

    def write(self, line: str) -> str:
        return line


def streamed(
    rows: Iterable[Sequence[object]], *, bom: bool = False, delimiter: str = ","
) -> Iterator[bytes]:
    """The file in pieces, each of a few rows, taken from `rows` as they are asked for.

    With `bom`, Excel knows that it is UTF-8. Where a comma parts decimals it takes `delimiter` ";"
    alone for a table.
    """
    if bom:
        yield BOM.encode()
    writer, left = csv.writer(_Echo(), delimiter=delimiter), iter(rows)
    while lines := [
        writer.writerow([safe(cell) for cell in row]) for row in islice(left, ROWS_AT_ONCE)
    ]:
        yield "".join(lines).encode()
