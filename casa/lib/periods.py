"""How long data is kept: the periods that the office may choose, and their arithmetic.

What was promised when data came holds for it. So a period that becomes shorter holds at once, and
one that becomes longer holds for what comes afterwards (`cutoff`).
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Term(TextChoices):
    """What has a period that the office may choose; members in the order of the screen."""

    CONTACT = "contact", _("Contact data, postal codes, comments and answers of signers")
    UNCONFIRMED = "unconfirmed", _("Signatures that nobody confirmed")
    NETWORK = "network", _("Marks of networks that signatures came from")
    MAIL = "mail", _("Addresses of mails that were sent")
    ROUND = "round", _("Who was asked to sign first")
    PREVIEW = "preview", _("Whom a preview link was for, and visits")
    LINES = "lines", _("Lines of imported lists, as they came")
    PAPER = "paper", _("Scanned sheets")
    PACKET = "packet", _("Packets that were handed over, with the names in them")
    LOG = "log", _("Logs of exports and of what staff edited")
    REQUEST = "request", _("Requests for data or erasure that came by letter")
    BACKUP = "backup", _("Backups")


@dataclass(frozen=True)
class Length:
    """A number of days, or of months, and what it may be."""

    usual: int
    least: int
    most: int
    in_months: bool = False


LENGTHS: dict[Term, Length] = {
    Term.CONTACT: Length(12, 1, 60, in_months=True),
    Term.UNCONFIRMED: Length(60, 15, 180),  # longer than any link works that confirms
    Term.NETWORK: Length(90, 7, 365),
    Term.MAIL: Length(90, 7, 730),
    Term.ROUND: Length(90, 7, 365),
    Term.PREVIEW: Length(180, 7, 730),
    Term.LINES: Length(365, 30, 730),
    Term.PAPER: Length(365, 30, 1825),
    Term.PACKET: Length(24, 1, 120, in_months=True),
    Term.LOG: Length(36, 6, 120, in_months=True),
    Term.REQUEST: Length(36, 6, 120, in_months=True),
    Term.BACKUP: Length(35, 1, 365),
}


@dataclass(frozen=True)
class Promise:
    """A length that was promised until a moment; None for the one in force."""

    length: int
    until: datetime | None


def _usual(term: Term) -> list[Promise]:
    return [Promise(LENGTHS[term].usual, None)]


promised: list[Callable[[Term], Sequence[Promise]]] = [_usual]
"""The last tells what was promised, the oldest first; `casa.retention` adds the office's choice."""


def length(term: Term) -> int:
    """The length in force."""
    return promised[-1](term)[-1].length


def cutoff(term: Term, at: datetime | None = None) -> datetime:
    """What began before this moment has been kept for as long as was promised."""
    now = at or timezone.now()
    return max(min(before(now, term, one.length), one.until or now) for one in promised[-1](term))


def before(at: datetime, term: Term, number: int) -> datetime:
    """The moment so many days or months earlier."""
    if not LENGTHS[term].in_months:
        return at - timedelta(days=number)
    return months_later(at, -number)


def after(at: datetime, term: Term, number: int) -> datetime:
    """The moment so many days or months later."""
    if not LENGTHS[term].in_months:
        return at + timedelta(days=number)
    return months_later(at, number)


Day = TypeVar("Day", date, datetime)


def months_later(at: Day, months: int) -> Day:
    """The same day of another month, or its last; earlier where `months` is negative."""
    count = at.year * 12 + at.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))


def in_words(term: Term, number: int | None = None) -> str:
    """ "90 days" or "12 months", in the active language; of the length in force by default."""
    number = length(term) if number is None else number
    if LENGTHS[term].in_months:
        return ngettext("%(number)d month", "%(number)d months", number) % {"number": number}
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}
