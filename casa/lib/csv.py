"""CSV that is written row by row, and that no spreadsheet takes for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice

BOM = "\ufeff"
ROWS_AT_ONCE = 200

# What makes Excel, LibreOffice and Google Sheets read a cell as a formula; the wide forms too.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_DOUBTFUL = frozenset((*_FORMULA_STARTS, " "))
"""The first letters of the few cells that are looked at more closely."""


def safe(value: object) -> str:
    """`value` as a cell that is only ever read: what could start a formula gets a ' before it."""
    if type(value) is str and value[:1] not in _DOUBTFUL:
        return value
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, int | float) or not text.lstrip(" ").startswith(_FORMULA_STARTS):
        return text
    return f"'{text}"


def streamed(
    rows: Iterable[Sequence[object]], *, bom: bool = False, delimiter: str = ","
) -> Iterator[bytes]:
    """The file in pieces, each of a few rows, taken from `rows` as they are asked for.

    With `bom`, Excel knows that it is UTF-8. Where a comma parts decimals it takes `delimiter` ";"
    alone for a table.
    """
    if bom:
        yield BOM.encode()
    left = iter(rows)
    while some := list(islice(left, ROWS_AT_ONCE)):
        lines = StringIO(newline="")
        csv.writer(lines, delimiter=delimiter).writerows(map(safe, row) for row in some)
        yield lines.getvalue().encode()
