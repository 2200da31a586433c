from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Literal

Kind = Literal["person", "organization"]
Mark = Literal["", "personal_capacity", "identification_only"]

SURE = 0.8
"""A line of at least this confidence needs no look."""
UNPROVED = 0.79
"""The confidence of a line that reads well, but rests on no word that is known."""

FIELDS = (
    "name", "given_name", "surname", "honorific", "credentials", "role", "organization",
    "place", "town", "region", "country", "kind", "email", "consent", "may_publish", "mark",
    "representative", "ror", "registration",
)  # fmt: skip
"""What a column may be mapped to; a place is a town, a region and a country in one cell."""


class Shape(StrEnum):
    """How a block is laid out."""

    TABLE = "table"
    CARDS = "cards"
    LIST = "list"
    INLINE = "inline"
    NUMBERED = "numbered"
    BULLETED = "bulleted"
    SURNAME_FIRST = "surname_first"
    EMPTY = "empty"


@dataclass(frozen=True)
class Column:
    """A column of a table; `field` is one of FIELDS, or empty where the column is left out."""

    header: str
    field: str
    guessed: bool = False  # whether no header that is known tells the field


@dataclass(frozen=True)
class ParsedLine:
    """One signatory line, read into fields. `confidence` under SURE asks for a look.

    `doubts` are the notes that lower the confidence. `may_publish` is None where nobody was
    asked; who said no is read all the same, and is not to be imported.
    """

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
    mark: Mark = ""
    may_publish: bool | None = None
    email: str = ""
    consent: str = ""
    doubts: list[str] = field(default_factory=list)
    ror: str = ""
    registration: str = ""

    def as_dict(self) -> dict[str, Any]:
        unasked = {"may_publish": ""} if self.may_publish is None else {}
        return asdict(self) | unasked

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE

    @property
    def is_doubtful(self) -> bool:
        """Whether something speaks against how the line was read; a good list has few of these."""
        return self.confidence < UNPROVED


@dataclass(frozen=True)
class LeftOut:
    """A line that was taken for no signatory's: as it came, and why, in a sentence."""

    line: int
    original: str
    why: str


@dataclass(frozen=True)
class Block:
    """A list of signatories, read. What is no signatory is said in `notes` with its line.

    Each line with a letter or a digit is in `lines`, in `left_out`, or is the headers of `columns`.
    """

    lines: list[ParsedLine]
    notes: list[tuple[int, str]]
    shape: Shape = Shape.LIST
    columns: list[Column] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def looks_like(self) -> str:
        """Why the block should be refused, in one sentence; empty where it is fine."""
        doubtful = sum(line.is_doubtful for line in self.lines)
        if not self.lines:
            return "No line names anybody. Check that this is the list of names."
        if 2 * doubtful <= len(self.lines) or doubtful < _FEW:
            return ""
        return _REFUSALS[self.shape]


# So few doubtful lines are looked at one by one, however short the list.
_FEW = 3
_REFUSALS = dict.fromkeys(
    Shape,
    "This does not look like a list of names. Put each signatory into a line of its own, as in:"
    " Name, role, organization, town.",
) | {
    Shape.TABLE: "This looks like a table without headers that are known. Say what each column"
    " holds, or give the first row names such as Name, Role, Organization, Town.",
    Shape.CARDS: "This looks like blocks of lines that are no signatories. Put each signatory"
    " into one line, or leave a blank line between them.",
    Shape.INLINE: "This looks like running text. Put each signatory into a line of its own.",
}


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
    inferred: bool = False  # whether only the town tells the country
    domain: str = ""  # an address that stands bare in the line
    state: str = ""  # of a legislator, where the line names no other place
    told_roles: list[str] = field(default_factory=list)  # of which the other lines make sure
    late_credentials: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    doubt: float = 0.0
    mark: Mark = ""
    may_publish: bool | None = None
    email: str = ""
    consent: str = ""
    ror: str = ""
    registration: str = ""

    def note(self, sentence: str, doubt: float = 0.0) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)
            self.doubt += doubt
            if doubt:
                self.doubts.append(sentence)

    def finish(self, line: int, original: str, kind: Kind | None = None) -> ParsedLine:
        seen: Kind = "person" if self.name or not self.organizations else "organization"
        return ParsedLine(
            line=line,
            original=original,
            kind=kind or seen,
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
            mark=self.mark,
            may_publish=self.may_publish,
            email=self.email,
            consent=self.consent,
            doubts=self.doubts,
            ror=self.ror,
            registration=self.registration,
        )
