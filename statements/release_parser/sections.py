"""The sections of a release: its words, its signatories, and what is kept apart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from .fields import KEPT_APART, Field

Line = tuple[int, str]

# A longer source is cut off to this.
_LONGEST_SOURCE = 300


@dataclass
class Sections:
    words: list[Line] = field(default_factory=list)
    signatory_lines: list[Line] = field(default_factory=list)
    apart: dict[Field, list[Line]] = field(default_factory=lambda: defaultdict(list))
    fields: dict[int, Field] = field(default_factory=dict)
    source: str = ""
    original_url: str = ""
    head_date: str = ""
    subject: Line = (0, "")
    last_line: int = 1
    notes: list[tuple[int, str]] = field(default_factory=list)

    def take_word(self, number: int, line: str) -> None:
        self.words.append((number, line))
        self.fields[number] = Field.BODY

    def take_signatory(self, number: int, line: str) -> None:
        self.signatory_lines.append((number, line))
        self.fields[number] = Field.SIGNATORIES

    def keep(self, part: Field, number: int, line: str) -> None:
        """Keep a line with the release, apart from the statement."""
        self.apart[part].append((number, line))
        self.fields[number] = part
        self.notes.append((number, f"Kept apart, as {KEPT_APART[part]}: “{_shown(line)}”."))

    def take_source(self, number: int, name: str) -> None:
        self.fields[number] = Field.SOURCE
        self.source = name.strip()
        if len(self.source) > _LONGEST_SOURCE:
            cut = self.source[: _LONGEST_SOURCE - 1]
            self.source = f"{cut.rsplit(' ', 1)[0]}…"
            self.notes.append((number, "The source is very long and was cut off."))

    def leave_out(self, number: int, line: str) -> None:
        self.fields[number] = Field.LEFT_OUT
        self.notes.append((number, f"Left out of the statement: “{_shown(line)}”."))

    def text_of(self, part: Field) -> str:
        return "\n".join(line.strip() for _, line in self.apart[part])


def _shown(line: str) -> str:
    shown = " ".join(line.split())
    return shown if len(shown) <= 80 else shown[:77] + "…"
