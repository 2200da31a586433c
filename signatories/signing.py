"""The verbs of a supporter: sign, confirm, withdraw."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, auto

from django.core.cache import cache
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
    new = _unsaved(edition, typed)
    signature = _stored(new)
    if signature.nonce == new.nonce:
        states.created(signature)
    elif not _posted_again(signature, new):
        return
    waits = signature.state == State.PENDING
    queue(
        "signatories.confirm" if waits else "signatories.already_signed",
        to=signature.email,
        language=new.language,
        params={"signature": signature.pk},
    )


ALLOWED_KINDS: dict[str, tuple[str, ...]] = {
    Statement.Signers.EVERYBODY: (Kind.PERSON, Kind.ORGANIZATION),
    Statement.Signers.PEOPLE: (Kind.PERSON,),
    Statement.Signers.ORGANIZATIONS: (Kind.ORGANIZATION,),
    Statement.Signers.NOBODY: (),
}


def may_sign(statement: Statement, kind: str) -> bool:
    return statement.is_open() and kind in ALLOWED_KINDS[statement.signers]


def _stored(new: Signature) -> Signature:
    """The row of this mailbox: `new`, or the one that was there."""
    mailbox = Signature.objects.select_related("organization").filter(
        statement=new.statement_id,
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
        consent_id=_consent(typed.consent),
        mails_sent=1,  # counted with the row, which is stored with its first mail or not at all
        consented_at=timezone.now(),
    )
    signature.sort_key = fold(signature.displayed_name)
    return signature


# What somebody may have corrected by filling in the form once more before confirming.
RETYPED = (
    "edition", "name", "role", "affiliation", "city", "country", "name_withheld",
    "wants_updates", "language", "consent_id", "consented_at", "sort_key", "email",
)  # fmt: skip


def _posted_again(row: Signature, new: Signature) -> bool:
    """Count one more mail to the address; False if it has had its share, and nothing changes.

    While nothing is confirmed the newest form counts; the confirm page shows what counts.
    """
    changes = {}
    if row.state == State.PENDING:
        changes = {field: getattr(new, field) for field in RETYPED}
    same = Signature.objects.filter(pk=row.pk, state=row.state, mails_sent__lt=MAILS_PER_SIGNATURE)
    if not same.update(mails_sent=F("mails_sent") + 1, **changes):
        return False
    for field, value in changes.items():
        setattr(row, field, value)
    return True


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


def _consent(text: str) -> int:
    """The record of a consent sentence, made when it is first agreed to; kept for an hour."""
    language = get_language() or ""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    key = f"consent:{language}:{sha256}"
    if (pk := cache.get(key)) is None:
        wording, _made = ConsentWording.objects.get_or_create(
            language=language, sha256=sha256, defaults={"text": text}
        )
        pk = wording.pk
        # Not before it is really stored: a signature that fails takes its new wording with it.
        transaction.on_commit(lambda: cache.set(key, pk, 3600))
    return pk


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
