"""The verbs of a supporter: sign, confirm, withdraw."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, auto

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from casa.lib.text import fold, name_key
from casa.mail.outbox import queue
from signatories import states, tokens
from signatories.addresses import canonical
from signatories.models import ConsentWording, Organization, Signature
from statements.models import Edition, Statement

Kind, State = Signature.Kind, Signature.State

CONFIRM_GRACE = timedelta(hours=24)
"""Who signed before closing may still confirm for so long."""

MAILS_PER_SIGNATURE = 5
"""However often an address is posted, its owner gets no more mails than this."""


@dataclass(frozen=True, kw_only=True)
class Signing:
    """What a supporter typed, cleaned by the form; `organization` if it is one that signs."""

    kind: str
    name: str
    email: str
    role: str = ""
    affiliation: str = ""
    organization: str = ""
    website: str = ""
    city: str = ""
    country: str = ""
    name_withheld: bool = False
    wants_updates: bool = False
    consent: str


class NotOpen(Exception):  # noqa: N818 - an answer to a reader, not a programming error
    """The statement cannot be signed (now, or in this role)."""


@transaction.atomic
def sign(edition: Edition, typed: Signing) -> None:
    """Store what was typed as a pending signature under `edition` and queue its mail.

    A mailbox that has signed already gets a mail that says so, and nothing else changes. The
    caller learns no difference, so that nobody can ask the site who signed.
    """
    statement = edition.statement
    if not may_sign(statement, typed.kind):
        raise NotOpen
    signature = _stored(edition, typed)
    if signature.state == State.PENDING:
        kind = "signatories.confirm"
    else:
        kind = "signatories.already_signed"
    _mail(signature, kind)


ALLOWED_KINDS: dict[str, tuple[str, ...]] = {
    Statement.Signers.EVERYBODY: (Kind.PERSON, Kind.ORGANIZATION),
    Statement.Signers.PEOPLE: (Kind.PERSON,),
    Statement.Signers.ORGANIZATIONS: (Kind.ORGANIZATION,),
    Statement.Signers.NOBODY: (),
}


def may_sign(statement: Statement, kind: str) -> bool:
    return statement.is_open() and kind in ALLOWED_KINDS[statement.signers]


def _stored(edition: Edition, typed: Signing) -> Signature:
    """The row of this mailbox: a new one, or the one that was there."""
    new = _unsaved(edition, typed)
    mailbox = Signature.objects.select_related("organization").filter(
        statement=edition.statement_id,
        kind=new.kind,
        organization=new.organization_id,
        email_key=new.email_key,
    )
    # Said again as the unique index says it, or SQLite would read the whole table.
    mailbox = mailbox.exclude(email_key="").exclude(state=State.WITHDRAWN)
    row = None
    while row is None:
        # The database decides who is first, whatever else is posted at the same moment. Should
        # the row that was there be withdrawn just now, the next try stores a new one.
        Signature.objects.bulk_create([new], ignore_conflicts=True)
        row = mailbox.first()
    if row.nonce == new.nonce:
        states.created(row)
    elif row.state == State.PENDING:
        _retyped(row, new)
    return row


def _unsaved(edition: Edition, typed: Signing) -> Signature:
    organization = _organization(typed) if typed.kind == Kind.ORGANIZATION else None
    signature = Signature(
        statement=edition.statement,
        edition=edition,
        kind=typed.kind,
        approved=not edition.statement.premoderated,
        name=typed.name,
        role=typed.role,
        affiliation=typed.affiliation,
        organization=organization,
        city=typed.city,
        country=typed.country,
        name_withheld=typed.name_withheld and organization is None,
        wants_updates=typed.wants_updates,
        email=typed.email,
        email_key=canonical(typed.email),
        nonce=tokens.new_nonce(),
        language=get_language() or edition.language,
        consent=_consent(typed.consent),
        consented_at=timezone.now(),
    )
    signature.sort_key = fold(signature.displayed_name)
    return signature


# What somebody may have corrected by filling in the form once more before confirming.
RETYPED = (
    "edition", "name", "role", "affiliation", "city", "country", "name_withheld",
    "wants_updates", "language", "consent", "consented_at", "sort_key", "email",
)  # fmt: skip


def _retyped(row: Signature, new: Signature) -> None:
    """Let the newest form count while nothing is confirmed; the confirm page shows what counts."""
    changes = {field: getattr(new, field) for field in RETYPED}
    Signature.objects.filter(pk=row.pk, state=State.PENDING).update(**changes)
    for field, value in changes.items():
        setattr(row, field, value)


def _organization(typed: Signing) -> Organization:
    """The directory's entry of this name, made if there is none."""
    if found := Organization.objects.named(typed.organization).first():
        return found
    new = Organization(
        name=typed.organization, website=typed.website, city=typed.city, country=typed.country
    )
    new.name_key, new.sort_key = name_key(new.name), fold(new.name)
    Organization.objects.bulk_create([new], ignore_conflicts=True)
    return Organization.objects.get(name_key=new.name_key, country=new.country)


def _consent(text: str) -> ConsentWording:
    key = {
        "language": get_language() or "",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    wording = ConsentWording.objects.filter(**key).first()
    if wording is None:
        ConsentWording.objects.bulk_create(
            [ConsentWording(text=text, **key)], ignore_conflicts=True
        )
        wording = ConsentWording.objects.get(**key)
    return wording


def _mail(signature: Signature, kind: str) -> None:
    """Queue a mail to the signature's address, unless it has had its share."""
    counted = Signature.objects.filter(pk=signature.pk, mails_sent__lt=MAILS_PER_SIGNATURE)
    if counted.update(mails_sent=F("mails_sent") + 1):
        queue(
            kind,
            to=signature.email,
            language=signature.language,
            params={"signature": signature.pk},
        )


class Outcome(StrEnum):
    """What became of a confirmation."""

    CONFIRMED = auto()
    ALREADY = auto()
    ORGANIZATION_HAS_SIGNED = auto()
    CHANGED = auto()
    TOO_LATE = auto()
    GONE = auto()


def obstacle(signature: Signature) -> Outcome | None:
    """What stands against confirming: ALREADY, GONE or TOO_LATE; None if nothing does."""
    if signature.state == State.CONFIRMED:
        return Outcome.ALREADY
    if signature.state != State.PENDING:
        return Outcome.GONE
    return None if may_confirm(signature) else Outcome.TOO_LATE


def confirm(signature: Signature, *, seen: str = "") -> Outcome:
    """Count a signature whose owner opened the link and pressed the button.

    `seen` is the `digest` of what the page showed them; if the row has changed since, nothing
    is confirmed, since nobody's name may stand for what they did not see.
    """
    if outcome := obstacle(signature):
        return outcome
    if seen and seen != digest(signature):
        return Outcome.CHANGED
    try:
        moved = states.move(signature, State.CONFIRMED, from_states=(State.PENDING,))
    except states.CountedTwiceError:
        return Outcome.ORGANIZATION_HAS_SIGNED
    except states.StateError:
        return Outcome.GONE
    return Outcome.CONFIRMED if moved else Outcome.ALREADY


def may_confirm(signature: Signature) -> bool:
    """Whether the statement still takes the signatures that were begun."""
    statement = signature.statement
    if not statement.is_public() or statement.status == Statement.Status.ARCHIVED:
        return False
    closes = statement.signing_closes_at
    return closes is None or timezone.now() < closes + CONFIRM_GRACE


def digest(signature: Signature) -> str:
    """A short mark of all that a confirmation page shows."""
    shown = (
        signature.displayed_name, signature.name, signature.role, signature.affiliation,
        signature.city, signature.country, signature.name_withheld, signature.edition_id,
    )  # fmt: skip
    return salted_hmac("signatories.signing.digest", repr(shown), algorithm="sha256").hexdigest()[
        :16
    ]


def withdraw(signature: Signature) -> bool:
    """Take a signature back; the mailbox may sign again. False if it was withdrawn already."""
    return states.move(
        signature,
        State.WITHDRAWN,
        from_states=(State.PENDING, State.CONFIRMED, State.HIDDEN),
    )
