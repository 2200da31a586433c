"""A press release becomes a draft statement; its names wait for a review."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from casa.accounts.models import User
from casa.lib.html.sanitizer import clean
from signatories.leads import batches, reading
from signatories.leads.understanding import Understood, of_block
from signatories.models import CollectedBy, ImportBatch
from signatories.parser import Block, ParsedLine, numbered_lines, read_block
from statements import lifecycle, release_parser
from statements.models import Reference, Release, Statement, StatementText, is_long_past
from statements.release_parser.lines import decode, decode_noting


class ImportRefused(Exception):  # noqa: N818 - an answer to whoever gave the file
    """The file cannot be imported as it is; the message is one sentence. Nothing was stored."""


@dataclass
class Imported:
    """What an import made of a file."""

    statement: Statement
    is_new: bool
    batch: ImportBatch | None = None


@dataclass(frozen=True)
class ParsedRelease:
    """A press release with its signatory lines read."""

    release: release_parser.Release
    block: Block
    text: str

    @property
    def signatories(self) -> list[ParsedLine]:
        return self.block.lines

    @property
    def sha256(self) -> str:
        """The checksum of the words; blanks at the ends of lines and of the file do not count."""
        words = "\n".join(line.rstrip() for line in self.text.strip().splitlines())
        return hashlib.sha256(words.encode()).hexdigest()

    @property
    def dated_on(self) -> date | None:
        written = self.release.dateline.date
        return date.fromisoformat(written) if written else None

    @property
    def is_long_past(self) -> bool:
        """Whether somebody has to say that it may be signed now: it went out long ago."""
        return is_long_past(self.dated_on)

    @property
    def signers(self) -> Statement.Signers:
        """Who may sign it unless somebody says otherwise."""
        return Statement.Signers.NOBODY if self.is_long_past else Statement.Signers.EVERYBODY

    @property
    def notes(self) -> list[tuple[int, str]]:
        return sorted([*self.release.notes, *self.block.notes])

    def as_dict(self) -> dict[str, Any]:
        """The JSON contract of `import_release --json` (docs/import.md)."""
        return {
            **self.release.as_dict(),
            "body_html": clean(self.release.body_html),
            "signatories": [line.as_dict() for line in self.signatories],
        }


def parse_release(data: bytes) -> ParsedRelease:
    """Read a press release. Raises press.ReleaseError."""
    release = release_parser.parse_release(data)
    block = read_block(release.signatory_lines)
    return ParsedRelease(release, block, decode(data))


def parse_signatories(data: bytes) -> Block:
    """Read a bare list of names. Raises press.ReleaseError."""
    text, notes = decode_noting(data)
    block = read_block(numbered_lines(text))
    return replace(block, notes=sorted([*notes, *block.notes]))


def without_nameless(lines: list[ParsedLine]) -> list[ParsedLine]:
    """Those that name somebody: of the others no signature can be made."""
    return [line for line in lines if line.name or line.organization]


@transaction.atomic
def import_release(
    parsed: ParsedRelease,
    *,
    language: str,
    by: User | None = None,
    signers: Statement.Signers | None = None,
    file_name: str = "",
    consent: str = CollectedBy.PARTNER,
) -> Imported:
    """Store a draft of the release, once: a file that was imported before is found again.

    Its names wait in a batch, among the lead signatories once somebody takes them. Who may sign it
    is what the release itself suggests (`ParsedRelease.signers`), unless given.
    """
    if earlier := Release.objects.filter(sha256=parsed.sha256).select_related("statement").first():
        return Imported(earlier.statement, is_new=False)
    statement = _draft_of(parsed, language=language, by=by, signers=signers or parsed.signers)
    _store_release(statement, parsed)
    _store_references(statement, parsed)
    if not parsed.signatories:
        return Imported(statement, is_new=True)
    batch = batches.open_batch(
        statement,
        parsed.text.encode(),
        by=by,
        source=ImportBatch.Source.RELEASE,
        consent=consent,
        file_name=file_name,
        as_leads=True,
        keeps=False,  # the press release keeps its words
    )
    reading.store(batch, _understood(parsed))
    return Imported(statement, is_new=True, batch=batch)


def _draft_of(
    parsed: ParsedRelease, *, language: str, by: User | None, signers: Statement.Signers
) -> Statement:
    found = parsed.release
    text = StatementText(language=language, title=found.title, body=found.body_html, ask=found.ask)
    _checked(text)
    return lifecycle.create_draft(
        text,
        by=by,
        kind=Statement.Kind.PRESS_STATEMENT,
        place=found.dateline.city,
        dated_on=parsed.dated_on,
        signers=signers,
    )


def _store_references(statement: Statement, parsed: ParsedRelease) -> None:
    for position, reference in enumerate(parsed.release.references, start=1):
        row = Reference(statement=statement, position=position, **reference)
        _checked(row)
        row.save()


def _understood(parsed: ParsedRelease) -> Understood:
    """The names of a release, with what is doubtful of them: a draft is not refused for it."""
    return replace(of_block(parsed.block), refusal="")


def _store_release(statement: Statement, parsed: ParsedRelease) -> None:
    found = parsed.release
    row = Release(
        statement=statement,
        headline=found.headline,
        lead_in=found.lead_in,
        wire=found.dateline.wire,
        city=found.dateline.city,
        date=parsed.dated_on,
        source=found.source,
        original_url=found.original_url,
        head=found.head,
        media_contact=found.media_contact,
        boilerplate=found.boilerplate,
        notes_to_editors=found.notes_to_editors,
        original_text=parsed.text,
        sha256=parsed.sha256,
    )
    _checked(row)
    row.save()


_MISSING = {
    "title": "No title was found.",
    "body": "No text was found between the title and the names.",
}


def _checked(row: StatementText | Release | Reference) -> None:
    try:
        row.clean_fields(exclude=("statement",))
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        if isinstance(row, StatementText) and name in _MISSING and not getattr(row, name):
            raise ImportRefused(_MISSING[name]) from error
        raise ImportRefused(f"The {name} cannot be stored: {messages[0]}") from error
