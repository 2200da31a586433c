"""What a History page is made of: entries in time order, each with what it changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from casa.accounts.models import User
from casa.lib.diff import word_difference

ONE_SAVE = timedelta(seconds=2)
LONG = 120  # characters


@dataclass(frozen=True)
class Change:
    """One field before and after, as a reader sees it."""

    label: str
    old: str
    new: str

    @property
    def is_long(self) -> bool:
        return max(len(self.old), len(self.new)) > LONG

    @cached_property
    def difference(self) -> SafeString:
        return word_difference(self.old, self.new)


@dataclass(frozen=True)
class Part:
    """One thing that an entry touched, and what changed in it."""

    name: str
    changes: tuple[Change, ...] = ()
    is_new: bool = False
    file_url: str = ""  # where the file is that stood there before


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `who` is never an e-mail address."""

    at: datetime
    who: str
    what: str
    note: str = ""
    parts: tuple[Part, ...] = field(default=())
    kind: str = "event"  # event, edit, edition, comment, link, export: how the page marks it


def name_of(user: User | None, otherwise: str = "") -> str:
    """A member of staff by name; `otherwise` (the command line) where nobody was signed in."""
    if user is None:
        return otherwise or _("command line")
    return user.name or _("staff member no. %(number)s") % {"number": user.pk}


def in_time_order(*sources: Iterable[Entry]) -> list[Entry]:
    """All entries, oldest first; edits that one person saved together are one entry."""
    entries = sorted((entry for source in sources for entry in source), key=lambda one: one.at)
    return list(_joined(entries))


def _joined(entries: Iterable[Entry]) -> Iterator[Entry]:
    held: Entry | None = None
    for entry in entries:
        if held and _is_one_save(held, entry):
            held = Entry(
                held.at, held.who, held.what, parts=(*held.parts, *entry.parts), kind="edit"
            )
            continue
        if held:
            yield held
        held = entry
    if held:
        yield held


def _is_one_save(one: Entry, other: Entry) -> bool:
    return (
        one.kind == other.kind == "edit" and one.who == other.who and other.at - one.at <= ONE_SAVE
    )
