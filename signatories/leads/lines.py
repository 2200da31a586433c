"""A line of an import: its fields, their faults, and the decision on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from casa.accounts.models import User
from casa.lib import countries, ror
from casa.lib.addresses.reading import read_email_address
from casa.lib.text import fold
from signatories.core import erasures
from signatories.leads import likely
from signatories.leads.understanding import is_nameless
from signatories.models import (
    REGISTRATION_LENGTH,
    AffiliationMark,
    ImportBatch,
    ImportLine,
    Organization,
    Signature,
)
from signatories.parser import PARTICLES, SURE, LeftOut, ParsedLine, parse_line
from statements.models import Statement

Kind, Decision = Signature.Kind, ImportLine.Decision

FIELDS = (
    "kind", "honorific", "name", "credentials", "role", "organization", "city", "region", "country",
    "mark", "email", "ror", "registration",
)  # fmt: skip
"""What is understood of a line, by the parser's names."""

OF_SIGNATURE = {"mark": "affiliation_mark", "organization": "affiliation"}
"""Where a field is stored under another name."""


OF_ORGANIZATION = ("ror", "registration")
"""What is stored with an organization that the directory gets, and of a person nowhere."""


class Why:
    """Why a line waits for a person, or is left out."""

    UNSURE, INVALID, TWICE, STANDS, ALIKE = "unsure", "invalid", "twice", "stands", "alike"
    NAMELESS, NO_CONSENT, ERASED, REPEATED = "nameless", "no_consent", "erased", "repeated"
    GONE = "gone"
    NOBODY = "nobody"
    CLOSED = "closed"


class Conflict(Exception):  # noqa: N818 - an answer to whoever saved
    """Somebody else changed the line meanwhile."""


def fields_of(line: ParsedLine) -> dict[str, str]:
    """The fields of a parsed line, without the empty ones."""
    found = {name: getattr(line, name) for name in FIELDS}
    return {name: value for name, value in found.items() if value}


def parsed(line: ImportLine) -> ParsedLine:
    """The line in the form of the parser."""
    known = {name: line.fields.get(name, "") for name in FIELDS}
    return ParsedLine(
        line=line.number,
        original=line.original,
        confidence=line.confidence,
        notes=list(line.doubts),
        **{**known, "kind": line.fields.get("kind") or Kind.PERSON},
    )


def problems(fields: dict[str, Any]) -> dict[str, str]:
    """What cannot be stored, and why: {field: sentence}."""
    of_person = fields.get("kind") != Kind.ORGANIZATION
    found: dict[str, str] = {}
    if of_person and not fields.get("name"):
        found["name"] = gettext("Write the person's name.")
    if not of_person and not fields.get("organization"):
        found["organization"] = gettext("Write the organization's name.")
    for name, value in fields.items():
        if of_person and name in OF_ORGANIZATION:
            continue
        if value and name in FIELDS and (said := _refused(name, value, of_person)):
            found[name] = said
    return found


def _refused(name: str, value: str, of_person: bool) -> str:
    """Why a value does not fit its column; "" if it does. Quick, for lists of 10,000 lines."""
    most = _longest(name, of_person)
    if len(value) > most:
        return gettext("At most %(number)d letters are stored.") % {"number": most}
    if name in _ONE_OF and value not in _ONE_OF[name]():
        return gettext("“%(value)s” is none of the choices.") % {"value": value}
    if read := _READ.get(name):
        try:
            read(value)
        except ValidationError as error:
            return str(error.messages[0])
    return ""


_READ: dict[str, Callable[[str], object]] = {"email": read_email_address, "ror": ror.read}


_ONE_OF: dict[str, Callable[[], Collection[str]]] = {
    "kind": lambda: Kind.values,
    "mark": lambda: AffiliationMark.values,
    "country": lambda: countries.country_names("en"),
}


LONGEST_OF_ORGANIZATION = {"ror": ror.LONGEST_TYPED, "registration": REGISTRATION_LENGTH}


@cache
def _longest(name: str, of_person: bool) -> int:
    if name in OF_ORGANIZATION:
        return LONGEST_OF_ORGANIZATION[name]
    field: Any = Signature._meta.get_field(OF_SIGNATURE.get(name, name))
    if name == "organization" and not of_person:
        field = Organization._meta.get_field("name")
    return field.max_length or 254


MOST_WORDS = {Kind.PERSON: 6, Kind.ORGANIZATION: 16}
"""So many words a name has."""


def looks_like_name(fields: dict[str, Any]) -> bool:
    """Whether the line looks like a name, not a sentence. Only a person takes the others."""
    kind, key = likely.identity(fields)
    is_organization = kind == Kind.ORGANIZATION
    name = fields.get("organization" if is_organization else "name", "")
    most = MOST_WORDS[Kind.ORGANIZATION if is_organization else Kind.PERSON]
    if not key or len(name.split()) > most or set(name) & set("!?:;@"):
        return False
    return is_organization or not (_has_digits(name) or _has_plain_words(name))


def _has_digits(name: str) -> bool:
    return any(char.isdigit() for char in name)


def _has_plain_words(name: str) -> bool:
    """Whether words without a capital stand among others, as in a sentence."""
    words = [word for word in name.split() if fold(word) not in PARTICLES]
    return any(word.islower() for word in words) and any(word[0].isupper() for word in words)


def can_be_taken(line: ImportLine) -> bool:
    """Whether it is taken with all others of its page: it is open, and names nobody twice."""
    return line.decision in ImportLine.OPEN and not line.alike and looks_like_name(line.fields)


# Read


@dataclass
class _Seen:
    """The part of the list before a line."""

    names: dict[tuple[str, str], int]
    lines: set[tuple[str, str]]


def build_lines(batch: ImportBatch, read: Sequence[ParsedLine]) -> list[ImportLine]:
    """The lines of a batch, not stored yet, each with what is decided of it so far."""
    understood = [fields_of(line) for line in read]
    batch.compared_up_to = likely.newest()
    standing = likely.Standing(batch.statement, understood)
    erased = {id(line) for line in erasures.ErasedNames(batch.statement).split(read)[1]}
    seen = _Seen({}, set())
    spellings = Spellings(batch.statement)
    made = []
    for position, (line, fields) in enumerate(zip(read, understood, strict=True), start=1):
        row = ImportLine(
            batch=batch,
            position=position,
            number=line.line,
            original=line.original,
            fields=fields,
            confidence=line.confidence,
            doubts=list(line.notes),
        )
        if _left_out(row, line, is_erased=id(line) in erased):
            row.decision = Decision.SKIPPED
        else:
            _compare(row, seen, standing, spellings)
        made.append(row)
    return made


LEAST = 0.05
"""How sure a line is of which nothing should be made."""


def build_left_out(
    batch: ImportBatch, left_out: Sequence[LeftOut], *, after: int
) -> list[ImportLine]:
    """What was taken for no signatory, not stored yet, behind `after` lines of the batch.

    Each has what it would be understood as, should somebody take it in.
    """
    return [
        ImportLine(
            batch=batch,
            position=position,
            number=one.line,
            original=one.original,
            fields=fields_of(parse_line(one.original, one.line)),
            confidence=LEAST,
            doubts=[one.why],
            why=Why.NOBODY,
            decision=Decision.SKIPPED,
        )
        for position, one in enumerate(left_out, start=after + 1)
    ]


def _left_out(row: ImportLine, line: ParsedLine, *, is_erased: bool) -> bool:
    if is_nameless(line):
        row.why = Why.NAMELESS
    elif line.may_publish is False:
        row.why = Why.NO_CONSENT
    elif is_erased:
        row.why = Why.ERASED
    return bool(row.why)


class Spellings:
    """Organizations of other spellings, each name asked for once."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._known: dict[tuple[str, str], list[str]] = {}

    def of(self, fields: dict[str, Any]) -> list[str]:
        key = likely.identity(fields)
        if key not in self._known:
            found = likely.other_spellings(fields)
            signed = likely.standing_of(self._statement, found)
            self._known[key] = [
                f"signature:{signed[one.pk]}" if one.pk in signed else likely.mark(one)
                for one in found
            ]
        return self._known[key]


def _compare(row: ImportLine, seen: _Seen, standing: likely.Standing, spellings: Spellings) -> None:
    """Say whom the row may name again, and with that whether it is sure."""
    who = likely.identity(row.fields)
    same_line = (row.original, who[1])
    is_organization = who[0] == Kind.ORGANIZATION
    alike = likely.duplicate_key(who)
    twice = [f"line:{seen.names[alike]}"] if alike in seen.names else []
    stands = standing.of(row.fields)
    is_repeated = same_line in seen.lines or same_line in standing.lines
    row.alike = [*stands, *twice]
    if is_repeated or (is_organization and row.alike):
        row.why, row.decision = Why.REPEATED, Decision.SKIPPED
    elif row.alike:
        row.why = Why.STANDS if stands else Why.TWICE
    elif others := spellings.of(row.fields):
        row.alike, row.why = others, Why.ALIKE
    elif problems(row.fields):
        row.why = Why.INVALID
    elif row.confidence < SURE:
        row.why = Why.UNSURE
    else:
        row.decision = Decision.SURE
    seen.names.setdefault(alike, row.position)
    seen.lines.add(same_line)


# Decided by a person

MERGES = ("signature:", "line:")
"""How choices begin that make no signature of a line."""


def choice_of(line: ImportLine) -> str:
    """What is decided of a line, as its form says it."""
    return line.same_as or line.decision


def save(line: ImportLine, *, fields: dict[str, str], choice: str, by: User, version: int) -> bool:
    """Write what a person made of a line; False if that changes nothing. Raises Conflict.

    `version` is that of the line as its form showed it.
    """
    fields = {name: value for name, value in fields.items() if value}
    if fields == line.fields and choice == choice_of(line):
        return False
    changes: dict[str, Any] = {"fields": fields, **_decided(choice)}
    if fields != line.fields:
        changes["alike"] = _alike_now(line, fields)
        if choice == Decision.ACCEPTED and set(changes["alike"]) - set(line.alike):
            # Whoever said yes has not seen whom the line names again now.
            changes |= {"decision": Decision.HELD, "why": Why.STANDS}
    changes |= {"edited_by": by, "edited_at": timezone.now(), "version": F("version") + 1}
    rows = ImportLine.objects.filter(pk=line.pk, version=version, is_applied=False)
    if not rows.update(**changes):
        raise Conflict
    line.refresh_from_db()
    return True


def _decided(choice: str) -> dict[str, str]:
    if choice.startswith(MERGES):
        return {"decision": Decision.MERGED, "same_as": choice}
    if ":" in choice:
        return {"decision": Decision.ACCEPTED, "same_as": choice}
    return {"decision": choice, "same_as": ""}


def _alike_now(line: ImportLine, fields: dict[str, Any]) -> list[str]:
    """The signatories whom the line, as corrected, may name once more."""
    statement = line.batch.statement
    others = line.batch.lines.exclude(pk=line.pk).exclude(decision=Decision.SKIPPED)
    key = likely.identity(fields)
    name = "organization" if key[0] == Kind.ORGANIZATION else "name"
    twice = _named_before(line, others, name, fields[name]) if fields.get(name) else []
    spellings = Spellings(statement).of(fields)
    return [*likely.Standing(statement, [fields]).of(fields), *twice, *spellings]


def _named_before(line: ImportLine, others: Any, name: str, wanted: str) -> list[str]:
    """Marks of the lines before with that name; they lie encrypted, so each is read."""
    before = others.filter(position__lt=line.position).values_list("pk", "fields").iterator()
    same = (pk for pk, fields in before if fields.get(name, "").lower() == wanted.lower())
    return [likely.mark(one) for one in ImportLine.objects.filter(pk__in=islice(same, likely.MOST))]


def targets_of(lines: Iterable[ImportLine]) -> dict[str, Signature | ImportLine | Organization]:
    """What the marks of `lines` mean, as far as it is still there: a query for each kind."""
    lines = list(lines)
    marks = {mark for line in lines for mark in (*line.alike, line.same_as) if mark}
    numbers = {
        kind: [int(mark.partition(":")[2]) for mark in marks if mark.startswith(f"{kind}:")]
        for kind in ("signature", "line", "organization")
    }
    signatures = Signature.objects.select_related("organization")
    found: list[Any] = [
        *signatures.filter(pk__in=numbers["signature"]),
        *Organization.objects.filter(pk__in=numbers["organization"]),
    ]
    if numbers["line"] and lines:
        found += lines[0].batch.lines.filter(position__in=numbers["line"])
    return {likely.mark(one): one for one in found}
