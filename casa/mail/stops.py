"""Mailboxes that are sent no mail any more: about one thing, or at all.

Anybody can type any address into a form, so every first mail has a link that stops what comes to
its mailbox. A stop is a keyed hash of the mailbox and no address, so it stays when everything else
about its owner is erased. It is looked at when a mail is written: the forms answer as ever, and
whoever typed the address learns nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet

from casa.lib.addresses.spellings import canonical, keys
from casa.lib.db import rows
from casa.lib.keyed_hashes import keyed_hashes
from casa.mail.models import MailStop

ALL = ""
"""What a stop is about that ends every mail."""

LINK_WORKS_FOR = timedelta(days=730)  # to stop has to work in an old mail too
_SALT = "mail-stop"


@dataclass(frozen=True)
class Subject:
    """What mails are about, for people."""

    title: str
    url: str
    language: str


name_subject: list[Callable[[str], Subject | None]] = []
"""Each names what an app's mails are about, or gives None; apps add theirs in `ready`."""


on_stop: list[Callable[[str, str], None]] = []
"""Each is told of a mailbox (its key) that stopped mails about something; apps add theirs."""


@dataclass(frozen=True)
class StopLink:
    """Whose mail about what a link stops. It holds no address."""

    mailbox: str
    about: str

    def subject(self) -> Subject | None:
        return next(filter(None, (name(self.about) for name in name_subject)), None)


def key_of(address: str) -> str:
    """The mailbox of an address, as a keyed hash that nobody can read."""
    return _keys(canonical(address))[0]


def _keys(mailbox: str) -> list[str]:
    return [made[:32] for made in keyed_hashes(_SALT, mailbox)]


def _mailboxes(address: str) -> list[str]:
    # A stop keeps the key that was made by the rules, and with the SECRET_KEY, of its day.
    return [key for spelling in keys(address) for key in _keys(spelling)]


def stops_of(address: str) -> QuerySet[MailStop]:
    return MailStop.objects.filter(mailbox__in=_mailboxes(address))


def make_token(address: str, about: str) -> str:
    """The secret part of the link in a mail. It outlives what the mail is about."""
    return signing.dumps([key_of(address), about], salt=_SALT)


def read_token(token: str) -> StopLink:
    """Raises django.core.signing.BadSignature."""
    mailbox, about = signing.loads(token, salt=_SALT, max_age=LINK_WORKS_FOR)
    return StopLink(mailbox, about)


def stand(address: str, about: str) -> bool:
    """Whether the owner of a mailbox wants no mail about that, or none at all."""
    return bool({about, ALL} & stopped(address))


class EveryStop:
    """All stops, read once, to be asked about many mailboxes."""

    def __init__(self) -> None:
        self._known = set(MailStop.objects.values_list("mailbox", "about"))

    def __bool__(self) -> bool:
        return bool(self._known)

    def stand(self, address: str, about: str) -> bool:
        mailboxes = {key for spelling in keys(address) for key in _keys(spelling)}
        return any((key, one) in self._known for key in mailboxes for one in (about, ALL))


def stopped(address: str) -> set[str]:
    """All that a mailbox gets no mail about."""
    mailboxes = _mailboxes(address)
    places = ", ".join(["%s"] * len(mailboxes))
    asked = f"SELECT about FROM mail_mailstop WHERE mailbox IN ({places})"  # noqa: S608 - of places
    return {about for (about,) in rows.fetch(asked, mailboxes)}


def stops_in_force(mailbox: str, about: str) -> set[str]:
    """The stops in force that end mail about that: its own, and ALL."""
    found = MailStop.objects.filter(mailbox=mailbox, about__in={about, ALL})
    return set(found.values_list("about", flat=True))


@transaction.atomic
def stop(mailbox: str, about: str) -> None:
    MailStop.objects.get_or_create(mailbox=mailbox, about=about)
    for tell in on_stop:
        tell(mailbox, about)


def lift(mailbox: str, about: str) -> None:
    """Let mail about that reach the mailbox again."""
    MailStop.objects.filter(mailbox=mailbox, about__in={about, ALL}).delete()


def lift_only(address: str, about: str) -> None:
    """Lift what the office stopped about that for an address; what its owner stopped stays."""
    stops_of(address).filter(about=about).delete()


def lift_for(address: str, about: str) -> None:
    """Lift the stops for an owner of the address who asks for mail about that."""
    for spelling in keys(address):
        for mailbox in _keys(spelling):
            rows.write(_LIFT, [mailbox, about, ALL])


_LIFT = "DELETE FROM mail_mailstop WHERE mailbox = %s AND about IN (%s, %s)"


@transaction.atomic
def lift_every(address: str) -> list[str]:
    """Let all mail reach a mailbox again; what was stopped before."""
    lifted = stops_of(address).order_by("about")
    names = list(lifted.values_list("about", flat=True))
    lifted.delete()
    return names
