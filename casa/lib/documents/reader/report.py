"""What the program writes: a line of JSON for each line, row and note that it found."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import IO

from casa.lib.documents.reader.bounds import Limits, RefusedError

_END = "\n"


class Report:
    """Counts what is taken. Raises RefusedError for more than `limits` allow."""

    def __init__(self, out: IO[bytes], limits: Limits) -> None:
        self._out, self.limits = out, limits
        self._rows = self._cells = self._characters = 0
        self._blank = 0  # the line, if one waits for words behind it
        self._block: tuple[str, str] | None = None
        self.has_words = False
        self._left_out: Counter[str] = Counter()

    def head(self, **facts: str | bool | int) -> None:
        """What the file as a whole is: its kind, encoding and delimiter."""
        self._write({"head": facts})

    def begin(self, block: str, name: str = "") -> None:
        """A block of "text", or a "table" of this name, once something stands in it."""
        self._block, self._blank = (block, name), 0

    def line(self, number: int, text: str) -> None:
        """A line of text. One blank line is kept of those between two others."""
        text = text.strip()
        if len(text) > self.limits.cell:
            raise RefusedError("line", line=number, limit=self.limits.cell)
        if not text:
            self._blank = self._blank or number
            return
        if self._blank and not self._block:
            self._count("")
            self._write([self._blank, ""])
        self._blank = 0
        self._count(text)
        self._write([number, text])

    def row(self, number: int, cells: Sequence[str]) -> None:
        """A row of a table. Blank rows, and blank cells at the end, are left out."""
        kept = [cell.strip() for cell in cells]
        while kept and not kept[-1]:
            kept.pop()
        if not kept:
            return
        if len(kept) > self.limits.columns:
            raise RefusedError("columns", line=number, limit=self.limits.columns)
        if any(len(cell) > self.limits.cell for cell in kept):
            kept = [cell[: self.limits.cell] for cell in kept]
            self.note(number, "cut", limit=self.limits.cell)
        self._count(*kept)
        self._write([number, kept])

    def note(self, line: int, code: str, **facts: int | str) -> None:
        """Something to say about a line; 0 for the whole file."""
        self._out.write(_coded({"note": [line, code, facts]}))

    def leave_out(self, kind: str, number: int = 1) -> None:
        """Count what is no part of the text, by its name in `casa.lib.html.left_out`."""
        self._left_out[kind] += number

    def end(self) -> None:
        if self._left_out:
            self._out.write(_coded({"left_out": self._left_out}))

    def refusal(self, refused: RefusedError) -> None:
        self._out.write(_coded({"refused": refused.code, "facts": refused.facts}))

    def _count(self, *texts: str) -> None:
        self.has_words = self.has_words or any(any(map(str.isalnum, text)) for text in texts)
        self._rows += 1
        self._cells += len(texts)
        self._characters += sum(map(len, texts))
        limits = self.limits
        if self._rows > limits.rows:
            raise RefusedError("rows", limit=limits.rows)
        if self._cells > limits.cells:
            raise RefusedError("cells", limit=limits.cells)
        if self._characters > limits.text:
            raise RefusedError("text", limit=limits.text >> 20)

    def _write(self, said: object) -> None:
        if isinstance(said, list) and self._block:
            self._out.write(_coded({"block": self._block}))
            self._block = None
        self._out.write(_coded(said))


def _coded(said: object) -> bytes:
    return (json.dumps(said) + _END).encode()
