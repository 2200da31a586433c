"""Declarations of signatures on paper: made, corrected, checked, withdrawn; and their sheets.

None of it touches the tally. What everybody is told follows from `PaperCount.counted`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from casa.accounts.models import User
from casa.lib.periods import Term, cutoff
from casa.retention.rules import Due, by_statement
from signatories.core import paper as told
from signatories.models import PaperCount, PaperEvent, PaperSheet
from statements.models import Statement

Verb = PaperEvent.Verb

MOST_DECLARATIONS = 500
"""One statement may have so many, withdrawn ones not counted."""

MOST_SHEETS = 50
"""Files of one declaration; a PDF holds many sheets."""

"""How long a scanned sheet is kept."""

TOLD = (Verb.DECLARED, Verb.CORRECTED, Verb.CHECKED, Verb.WITHDRAWN)
"""What may change what everybody is told."""

FIELDS = ("number", "collected_on", "place", "collected_by", "note")
CLOSED_TO = (Statement.Status.WITHDRAWN, Statement.Status.ARCHIVED)


class PaperError(Exception):
    """What was asked for cannot be done now; the message is one sentence for staff."""


@dataclass(frozen=True)
class Scan:
    """A file that is known to be what it says; pictures were written anew."""

    file_name: str
    content_type: str
    data: bytes
    pages: int = 1


def may_declare(statement: Statement) -> bool:
    """Whether it was published, and is neither withdrawn nor archived: a closed one may."""
    return not statement.is_unpublished and statement.status not in CLOSED_TO


@transaction.atomic
def declare(
    statement: Statement, *, by: User, scans: Sequence[Scan] = (), **fields: Any
) -> tuple[PaperCount, bool]:
    """Declare so many signatures on paper; the declaration, and whether it is new.

    The same one, sent twice, is made once. Raises PaperError.
    """
    Statement.objects.select_for_update(no_key=True).only("pk").get(pk=statement.pk)
    if not may_declare(statement):
        raise PaperError(gettext("Signatures on paper are declared under a published statement."))
    there = PaperCount.objects.filter(statement=statement, withdrawn_at=None)
    if same := there.filter(**fields).first():
        return same, False
    if there.count() >= MOST_DECLARATIONS:
        raise PaperError(
            gettext("There are %(number)d declarations already. Correct one of them instead.")
            % {"number": MOST_DECLARATIONS}
        )
    paper = PaperCount(statement=statement, numbered_by=by, **fields)
    _tell(paper)
    paper.save()
    _record(paper, Verb.DECLARED, by=by)
    _store(paper, scans, by=by)
    return paper, True


def _tell(paper: PaperCount) -> None:
    """Tell the number in public at once, unless somebody else has to check it first."""
    if not settings.FOUR_EYES:
        paper.counted = paper.number


@transaction.atomic
def correct(paper: PaperCount, *, by: User, reason: str, version: int, **fields: Any) -> PaperCount:
    """Change what was declared. Raises PaperError.

    Until a second person has checked a new number, where four eyes are wanted, the one before
    is told.
    """
    locked = _locked(paper, version=version)
    before = {name: getattr(locked, name) for name in FIELDS}
    changed = {name: was for name, was in before.items() if fields[name] != was}
    if not changed:
        raise PaperError(gettext("Nothing was changed."))
    for name in changed:
        setattr(locked, name, fields[name])
    if "number" in changed:
        locked.numbered_by = by
        _tell(locked)
    _save(locked)
    _record(locked, Verb.CORRECTED, by=by, reason=reason, before=_plain(changed))
    return locked


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {n: one.isoformat() if isinstance(one, date) else one for n, one in fields.items()}


def may_check(paper: PaperCount, user: User) -> bool:
    return paper.waits and not (settings.FOUR_EYES and user.pk == paper.numbered_by_id)


@transaction.atomic
def check(paper: PaperCount, *, by: User, version: int) -> None:
    """Say that the number is right: it is told from now on. Raises PaperError."""
    locked = _locked(paper, version=version)
    if not locked.waits:
        raise PaperError(gettext("It was checked already."))
    if not may_check(locked, by):
        raise PaperError(
            gettext("You declared the number, so somebody else has to look at the sheets.")
        )
    locked.counted = locked.number
    _save(locked)
    _record(locked, Verb.CHECKED, by=by)


@transaction.atomic
def withdraw(paper: PaperCount, *, by: User, reason: str) -> None:
    """Take a declaration back, for good: it is told no more, and its sheets are deleted."""
    locked = _locked(paper)
    locked.counted, locked.withdrawn_at = 0, timezone.now()
    _save(locked)
    locked.sheets.all().delete()
    _record(locked, Verb.WITHDRAWN, by=by, reason=reason)


def _locked(paper: PaperCount, *, version: int | None = None) -> PaperCount:
    """The row as it stands. Raises PaperError if it is withdrawn, or another than was seen."""
    rows = PaperCount.objects.select_for_update(of=("self",)).select_related("statement")
    found = rows.get(pk=paper.pk)
    if found.withdrawn_at is not None:
        raise PaperError(gettext("It is withdrawn. Declare the signatures anew."))
    if version is not None and version != found.version:
        raise PaperError(gettext("Somebody changed it while you had it open. Look at it again."))
    return found


def _save(paper: PaperCount) -> None:
    paper.version += 1
    paper.save()


def _record(
    paper: PaperCount, verb: str, *, by: User | None, reason: str = "",
    before: dict[str, Any] | None = None, sheet: str = "",
) -> None:  # fmt: skip
    PaperEvent.objects.create(
        paper=paper, verb=verb, at=timezone.now(), by=by, number=paper.number, reason=reason,
        before=before or {}, sheet=sheet,
    )  # fmt: skip
    if verb in TOLD:
        _renew(paper.statement)


def _renew(statement: Statement) -> None:
    """Have pages and documents that are kept for a while tell the number anew."""
    rows = Statement.objects.filter(pk=statement.pk)

    def renew() -> None:
        told.forget(statement)
        rows.update(changed_at=timezone.now())

    transaction.on_commit(renew)


# Sheets


@transaction.atomic
def add_sheets(paper: PaperCount, scans: Sequence[Scan], *, by: User) -> int:
    """Keep scanned sheets with a declaration; how many of them are new. Raises PaperError."""
    return _store(_locked(paper), scans, by=by)


def _store(paper: PaperCount, scans: Iterable[Scan], *, by: User) -> int:
    known = set(paper.sheets.values_list("sha256", flat=True))
    added = 0
    for scan in scans:
        sha256 = hashlib.sha256(scan.data).hexdigest()
        if sha256 in known:
            continue
        if len(known) >= MOST_SHEETS:
            raise PaperError(
                gettext("A declaration has at most %(number)d files. Put sheets into one PDF.")
                % {"number": MOST_SHEETS}
            )
        known.add(sha256)
        PaperSheet.objects.create(
            paper=paper, file_name=scan.file_name, content_type=scan.content_type,
            size=len(scan.data), pages=scan.pages, sha256=sha256, data=scan.data,
        )  # fmt: skip
        facts = {"size": len(scan.data), "pages": scan.pages}
        _record(paper, Verb.SHEET_ADDED, by=by, before=facts, sheet=sha256)
        added += 1
    return added


@transaction.atomic
def remove_sheet(sheet: PaperSheet, *, by: User, reason: str) -> None:
    """Delete a scanned sheet, for good. Raises PaperError if it is gone."""
    paper = _locked(sheet.paper)
    if not paper.sheets.filter(pk=sheet.pk).delete()[0]:
        raise PaperError(gettext("This sheet is deleted already."))
    # Its name goes with it: it may say who stood on it.
    facts = {"size": sheet.size, "pages": sheet.pages}
    _record(paper, Verb.SHEET_REMOVED, by=by, reason=reason, before=facts, sheet=sheet.sha256)


def opened(sheet: PaperSheet, *, by: User) -> bytes:
    """What is on a sheet, for somebody who may see personal data; that they saw it is noted."""
    _record(sheet.paper, Verb.SHEET_OPENED, by=by, sheet=sheet.sha256)
    return bytes(sheet.data)


def due(at: datetime) -> Iterator[Due]:
    """Sheets that were kept for as long as was promised; the numbers stay."""
    old = PaperSheet.objects.filter(added_at__lt=cutoff(Term.PAPER, at))
    yield from by_statement(old, "paper__statement")


def forget(keys: list[int]) -> None:
    """Delete sheets, and note it where they were; in a transaction."""
    papers = list(PaperCount.objects.filter(sheets__in=keys).distinct())
    PaperSheet.objects.filter(pk__in=keys).delete()
    for paper in papers:
        _record(paper, Verb.SHEETS_FORGOTTEN, by=None)
