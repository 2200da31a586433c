"""What a document may be and cost, and how it is refused."""

from dataclasses import dataclass


class RefusedError(Exception):
    """The document is not read; the code says why, and facts belong to its sentence."""

    def __init__(self, code: str, **facts: int | str) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class Limits:
    """What reading one document may cost. The largest list that was met has 10,000 lines."""

    upload: int = 30 << 20
    """Bytes of the file."""
    text: int = 10 << 20
    """Bytes of a file that is text, and characters that are taken from any."""
    unpacked: int = 300 << 20
    """Bytes of all parts of a packed document."""
    entries: int = 2_000
    """Parts of a packed document."""
    rows: int = 50_000
    """Lines of text and rows of tables."""
    columns: int = 256
    cells: int = 500_000
    cell: int = 20_000
    """Characters of a cell, and of a line."""
    pages: int = 1_000
    memory: int = 256 << 20
    """Bytes at the peak."""
    seconds: int = 20
    """Time of the processor."""


LIMITS = Limits()
