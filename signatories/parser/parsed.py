from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal["person", "organization"]


@dataclass(frozen=True)
class ParsedLine:
    """One signatory line, read into fields. `confidence` under 0.8 asks for a look."""

    line: int
    original: str
    kind: Kind
    honorific: str = ""
    name: str = ""
    credentials: str = ""
    role: str = ""
    organization: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    confidence: float = 0.0
    notes: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Block:
    """A list of signatories, read. What is no signatory is said in `notes` with its line."""

    lines: list[ParsedLine]
    notes: list[tuple[int, str]]


@dataclass
class Draft:
    """The fields of a line while it is being read."""

    honorific: str = ""
    name: str = ""
    credentials: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    organizations: list[str] = field(default_factory=list)
    city: str = ""
    region: str = ""
    country: str = ""
    domain: str = ""  # an address that stands bare in the line
    state: str = ""  # of a legislator, where the line names no other place
    late_credentials: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    doubt: float = 0.0

    def note(self, sentence: str, doubt: float = 0.0) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)
            self.doubt += doubt

    def finish(self, line: int, original: str) -> ParsedLine:
        return ParsedLine(
            line=line,
            original=original,
            kind="person" if self.name or not self.organizations else "organization",
            honorific=self.honorific,
            name=self.name,
            credentials=", ".join(self.credentials),
            role=", ".join(self.roles),
            organization=", ".join(self.organizations),
            city=self.city,
            region=self.region,
            country=self.country,
            confidence=round(max(0.05, 0.95 - self.doubt), 2),
            notes=self.notes,
        )
