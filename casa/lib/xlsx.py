"""Spreadsheets (XLSX) whose cells are text or numbers, and never a formula.

Rows are written to a file on disk as they come, so memory stays flat.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from tempfile import TemporaryFile
from typing import IO

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # characters; Excel refuses a file with more in a cell
WIDTHS = (8, 40)  # least and most, in characters


def write(
    rows: Iterable[Sequence[object]], *, title: str, made_at: datetime | None = None
) -> IO[bytes]:
    """An open file with the table; its first row is the heading. Closing it removes it.

    With `made_at`, the same rows give the same bytes.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - few processes write one

    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = Workbook(file, options)
    if made_at is not None:
        book.set_properties({"created": made_at.astimezone(UTC).replace(tzinfo=None)})
    # Cells of the format “text” stay what they are when somebody edits them, too.
    as_text = book.add_format({"num_format": "@"})
    bold = book.add_format({"bold": True, "num_format": "@"})
    sheet = book.add_worksheet(title[:31])
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(number, column, value)
            else:
                sheet.write_string(number, column, _text(value), as_text if number else bold)
        if number == 0:
            for column, value in enumerate(row):
                sheet.set_column(column, column, _width(value))
    book.close()
    file.seek(0)
    return file


def _text(value: object) -> str:
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, date) else str(value)
    return text[:LONGEST_CELL].encode(errors="replace").decode()


def _width(heading: object) -> int:
    least, most = WIDTHS
    return max(least, min(most, len(str(heading)) + 8))
