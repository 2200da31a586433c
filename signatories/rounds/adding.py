"""Puts organizations and people on the list of a round: read by the import desk, or one by one.

What the desk is not sure of waits for a yes. Who is on the list already, has signed, or wants not
to be asked is left out, and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.accounts.models import User
from casa.lib.addresses.in_texts import addresses_in
from casa.lib.addresses.mailbox_keys import mailbox_key
from casa.lib.addresses.reading import read_email_address
from casa.lib.telephones import telephone_in
from casa.lib.text import name_key
from signatories.core import erasures, invited
from signatories.leads import likely, lines
from signatories.leads.understanding import is_nameless
from signatories.models import Invitation, InvitationEvent, InvitationRound, Signature
from signatories.parser import SURE, ParsedLine
from statements import previews

Kind = Signature.Kind
MOST = 1000
"""So many are on the list of a round."""

LINK_OUTLIVES = timedelta(days=30)
"""How long a link still says, without the words, that the time to answer is over; who signed reads
the words so long."""

NAMELESS, TWICE, SHARED, HAS_SIGNED, STOPPED, ERASED, TOO_LONG = (
    gettext_lazy("Left out, since no name was found in the line:"),
    gettext_lazy("Left out, since they are on the list already:"),
    gettext_lazy(
        "Left out, since their e-mail address is on the list already, under another name:"
    ),
    gettext_lazy("Left out, since they have signed already:"),
    gettext_lazy("Left out, since they declined or want not to be asked:"),
    gettext_lazy("Left out, since they had their name erased under this statement:"),
    gettext_lazy("Left out, since a name is longer than is stored:"),
)


class FullError(Exception):
    """The list would be longer than MOST."""


@dataclass
class Entry:
    """Somebody to be asked, before they stand on the list."""

    kind: str
    name: str = ""
    organization: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    original: str = ""
    doubt: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """The same as the import desk has it."""
        names = ("kind", "name", "organization", "role", "email")
        return {name: value for name in names if (value := getattr(self, name))}

    @property
    def displayed_name(self) -> str:
        return (self.organization if self.kind == Kind.ORGANIZATION else self.name) or self.original


@dataclass
class Added:
    """What became of a list."""

    invitations: list[Invitation] = field(default_factory=list)
    left_out: dict[Any, list[str]] = field(default_factory=dict)

    @property
    def waiting(self) -> int:
        return sum(one.needs_check for one in self.invitations)

    def leave_out(self, why: Any, entry: Entry) -> None:
        self.left_out.setdefault(why, []).append(entry.displayed_name)


def entry_of(line: ParsedLine) -> Entry:
    """A line of a list, with its address; a doubt where somebody has to look at it."""
    email, doubt = _address_of(line)
    if not doubt and (line.confidence < SURE or not lines.looks_like_name(lines.fields_of(line))):
        doubt = _("It was not read with certainty.")
    return Entry(
        kind=line.kind, name=line.name, organization=line.organization, role=line.role,
        email=email, phone=telephone_in(line.original), original=line.original, doubt=doubt,
    )  # fmt: skip


def _address_of(line: ParsedLine) -> tuple[str, str]:
    """The address in a line, and why it cannot be used."""
    found = [line.email] if line.email else addresses_in(line.original)
    if not found:
        return "", ""
    if len(found) > 1:
        return "", _("There is more than one e-mail address in the line.")
    try:
        return read_email_address(found[0]), ""
    except ValidationError as error:
        return "", str(error.messages[0])


@transaction.atomic
def add_lines(
    asking: InvitationRound,
    read: Sequence[ParsedLine],
    *,
    by: User,
    language: str,
    asked_by: User | None,
) -> Added:
    """Put the lines of a list on that of the round. Raises FullError."""
    entries = [entry_of(line) for line in read]
    named = [line for line in read if not is_nameless(line)]
    erased = erasures.ErasedNames(asking.statement).split(named)[1]
    added, kept = Added(), []
    for line, entry in zip(read, entries, strict=True):
        if is_nameless(line):
            added.leave_out(NAMELESS, entry)
        elif any(line is one for one in erased):
            added.leave_out(ERASED, entry)
        else:
            kept.append(entry)
    _add(asking, kept, added, by=by, language=language, asked_by=asked_by)
    return added


@transaction.atomic
def add_one(
    asking: InvitationRound, entry: Entry, *, by: User, language: str, asked_by: User | None
) -> Added:
    """Put somebody on the list whom a colleague typed. Raises FullError."""
    added = Added()
    _add(asking, [entry], added, by=by, language=language, asked_by=asked_by)
    return added


def _add(
    asking: InvitationRound,
    entries: Sequence[Entry],
    added: Added,
    *,
    by: User,
    language: str,
    asked_by: User | None,
) -> None:
    _lock(asking)
    there = _There(asking, entries)
    chosen = [entry for entry in entries if not there.refuses(entry, added)]
    if there.number + len(chosen) > MOST:
        raise FullError(_("At most %(number)d stand on one list.") % {"number": MOST})
    made = [_made(asking, one, language, asked_by) for one in chosen]
    names = [(one.displayed_name[:200], one.email) for one in made]
    expires_at = asking.deadline + LINK_OUTLIVES
    links = previews.give_to_round(asking.statement, names, expires_at=expires_at, by=by)
    for one, link in zip(made, links, strict=True):
        one.link = link
    added.invitations = Invitation.objects.bulk_create(made)
    invited.record([one.pk for one in added.invitations], InvitationEvent.What.ADDED, by=by)


def _lock(asking: InvitationRound) -> None:
    """Let two who add to one list come one by one, so that nobody stands on it twice."""
    list(InvitationRound.objects.select_for_update().filter(pk=asking.pk).values_list("pk"))


def _made(
    asking: InvitationRound, entry: Entry, language: str, asked_by: User | None
) -> Invitation:
    return Invitation(
        round=asking, language=language, asked_by=asked_by, kind=entry.kind, name=entry.name,
        organization=entry.organization, organization_key=key_of(entry.kind, entry.organization),
        role=entry.role, email=entry.email, phone=entry.phone, original=entry.original,
        email_key=mailbox_key(entry.email) if entry.email else "",
        needs_check=bool(entry.doubt), doubt=entry.doubt[:300],
    )  # fmt: skip


def key_of(kind: str, organization: str) -> str:
    """What tells whether an organization that is asked has signed; "" for a person."""
    return name_key(organization) if kind == Kind.ORGANIZATION else ""


class _There:
    """Who is on the list, under the statement, or wants not to be asked: each asked for once."""

    def __init__(self, asking: InvitationRound, entries: Iterable[Entry]) -> None:
        self._asking = asking
        rows = asking.invitations.values_list("kind", "name", "organization", "email_key")
        self._mailboxes: set[str] = set()
        self._names: dict[tuple[str, str], set[str]] = {}
        for kind, name, organization, mailbox in rows:
            self._take({"kind": kind, "name": name, "organization": organization}, mailbox)
        self.number = len(rows)
        self._standing = likely.Standing(asking.statement, [one.fields for one in entries])
        self._unwilling = invited.Unwilling()
        self._elsewhere = _Elsewhere(asking)

    def _take(self, fields: dict[str, str], mailbox: str) -> None:
        self._names.setdefault(likely.duplicate_key(likely.identity(fields)), set()).add(mailbox)
        if mailbox:
            self._mailboxes.add(mailbox)

    def refuses(self, entry: Entry, added: Added) -> bool:
        """Whether the entry is left out; else it is on the list for those that follow."""
        if why := self._why_not(entry):
            added.leave_out(why, entry)
            return True
        self._doubt(entry)
        self._take(entry.fields, mailbox_key(entry.email) if entry.email else "")
        return False

    def _why_not(self, entry: Entry) -> Any:
        mailbox = mailbox_key(entry.email) if entry.email else ""
        others = self._names.get(likely.duplicate_key(likely.identity(entry.fields)), set())
        if mailbox in others or (others and (not mailbox or "" in others)):
            return TWICE
        if mailbox in self._mailboxes:
            return SHARED
        if self._has_signed(entry, mailbox):
            return HAS_SIGNED
        if entry.email and self._unwilling.has(entry.email, self._asking):
            return STOPPED
        return TOO_LONG if _is_too_long(entry) else None

    def _has_signed(self, entry: Entry, mailbox: str) -> bool:
        if mailbox and mailbox in self._standing.by_mailbox:
            return True
        who = likely.duplicate_key(likely.identity(entry.fields))
        return entry.kind == Kind.ORGANIZATION and who in self._standing.by_name

    def _doubt(self, entry: Entry) -> None:
        """Names alone prove nothing: namesakes, and an organization that is asked twice."""
        who = likely.duplicate_key(likely.identity(entry.fields))
        if who in self._names:
            entry.doubt = _("Somebody of this name is on the list with another address.")
        elif who in self._standing.by_name:
            entry.doubt = _("Somebody of this name has signed.")
        elif self._elsewhere.has(entry):
            entry.doubt = _("They are on the list of another round of this statement.")


class _Elsewhere:
    """Who is asked in another round of the statement that still runs, or declined in one."""

    def __init__(self, asking: InvitationRound) -> None:
        running = InvitationRound.objects.running().values("pk")
        there = Q(round__in=running) | Q(answer=Invitation.Answer.DECLINED)
        others = Invitation.objects.filter(there, round__statement=asking.statement)
        others = others.exclude(round=asking).exclude(answer=Invitation.Answer.ERASED)
        rows = others.values_list("kind", "name", "organization", "email_key")
        self._names, self._mailboxes = set(), {mailbox for *_fields, mailbox in rows if mailbox}
        for kind, name, organization, _mailbox in rows:
            fields = {"kind": kind, "name": name, "organization": organization}
            self._names.add(likely.duplicate_key(likely.identity(fields)))

    def has(self, entry: Entry) -> bool:
        mailbox = mailbox_key(entry.email) if entry.email else ""
        who = likely.duplicate_key(likely.identity(entry.fields))
        return mailbox in self._mailboxes or who in self._names


def _is_too_long(entry: Entry) -> bool:
    longest = {"name": 200, "organization": 200, "role": 200, "email": 254}
    return any(len(getattr(entry, name)) > most for name, most in longest.items())
