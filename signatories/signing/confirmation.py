"""The verbs of a supporter: sign, confirm, withdraw."""

from datetime import timedelta
from enum import StrEnum, auto

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from casa.lib.email_addresses import canonical
from casa.mail.outbox import queue
from signatories.core import states
from signatories.models import Organization, Signature
from signatories.organizations import logos, verification
from signatories.signing import duplicates
from signatories.signing.submission import Signing, unsaved
from statements.models import Edition, SigningPause, Statement

Kind, State = Signature.Kind, Signature.State

WELCOME = "signatories.welcome"
CONFIRM_GRACE = timedelta(hours=24)
"""Who signed before closing may still confirm for so long."""

MAIL_WINDOW = timedelta(hours=24)
MAILS_PER_WINDOW = 5
"""However often, and under whatever statement, an address is posted: its owner gets no more mails
than this in a window."""


class NotOpen(Exception):  # noqa: N818 - an answer to a reader, not a programming error
    """The statement cannot be signed (now, or in this role)."""


@transaction.atomic
def sign(edition: Edition, typed: Signing) -> None:
    """Store what was typed as a pending signature under `edition` and queue its mail.

    A mailbox that has signed already gets a mail that says so, and nothing else changes; so does
    one that two people share, where a third one signs. The caller learns no difference, so that
    nobody can ask the site who signed.
    """
    statement = edition.statement
    if not may_sign(statement, typed.kind):
        raise NotOpen
    had_its_share = has_had_its_share(canonical(typed.email))
    new = unsaved(statement, edition, typed)
    signature = duplicates.stored(new)
    if signature.nonce == new.nonce:
        states.created(signature)
    elif not _posted_again(signature, new):
        had_its_share = True
    _keep_logo(signature.organization, typed.logo)
    waits = signature.state == State.PENDING and not duplicates.is_somebody_else(signature, new)
    queue(
        "signatories.confirm" if waits else "signatories.already_signed",
        to=typed.email,
        language=new.language,
        params={"signature": signature.pk},
    )
    if had_its_share:
        # All is done as for others and then undone: a quicker answer would tell of the mailbox.
        transaction.set_rollback(True)


def _keep_logo(organization: Organization | None, logo: logos.Sizes | None) -> None:
    """For staff to look at; nobody's upload takes the place of a logo that is shown already."""
    if organization is not None and logo and not organization.shown_logos:
        logos.store(organization, logo, approved=False)


def has_had_its_share(email_key: str) -> bool:
    """Whether a mailbox got so many mails lately that more would be a nuisance, or an attack.

    Then nothing is stored either: who really wants to sign has the links of the mails before.
    """
    since = timezone.now() - MAIL_WINDOW
    # The index is of rows with a mailbox; SQLite uses it only where the question says so too.
    recent = Signature.objects.exclude(email_key="").filter(
        email_key=email_key, mailed_since__gte=since
    )
    return (recent.aggregate(sent=Sum("mails_sent"))["sent"] or 0) >= MAILS_PER_WINDOW


ALLOWED_KINDS: dict[str, tuple[str, ...]] = {
    Statement.Signers.EVERYBODY: (Kind.PERSON, Kind.ORGANIZATION),
    Statement.Signers.PEOPLE: (Kind.PERSON,),
    Statement.Signers.ORGANIZATIONS: (Kind.ORGANIZATION,),
    Statement.Signers.NOBODY: (),
}


def may_sign(statement: Statement, kind: str) -> bool:
    # A page may be two seconds behind a pause of the whole site; a signature may not.
    paused = statement.signing_paused or SigningPause.now().is_on
    is_open = statement.is_open_by_its_dates() and not paused
    return is_open and kind in ALLOWED_KINDS[statement.signers]


# What somebody may have corrected by filling in the form once more before confirming. Not the
# address: the link that went to it stays good, and further spellings are the same mailbox.
RETYPED = (
    "edition", "name", "role", "affiliation", "city", "region", "country", "postal_code",
    "comment", "declared_age", "name_withheld", "wants_updates", "language", "consent_id",
    "consented_at", "sort_key", "network",
    "claimed_website", "is_another",
)  # fmt: skip


def _posted_again(row: Signature, new: Signature) -> bool:
    """Count one more mail, and let the newest form count while nothing is confirmed.

    The confirm page shows what counts. False, and nothing changes, if the mailbox had its share.
    """
    changes: dict[str, object] = {"code_tries": 0}  # a new mail, new tries
    if row.state == State.PENDING and not duplicates.is_somebody_else(row, new):
        changes |= {field: getattr(new, field) for field in RETYPED}
        # What looked odd once stays so: a second, smoother post does not wash it off.
        changes["suspicions"] = sorted({*row.suspicions, *new.suspicions})
        changes["approved"] = row.approved and new.approved
    same = Signature.objects.filter(pk=row.pk, state=row.state)
    if row.mailed_since < new.mailed_since - MAIL_WINDOW:
        counted = same.update(mails_sent=1, mailed_since=new.mailed_since, **changes)
    else:
        # The condition holds when many are posted at once, where the count before did not.
        same = same.filter(mails_sent__lt=MAILS_PER_WINDOW)
        counted = same.update(mails_sent=F("mails_sent") + 1, **changes)
    for field, value in changes.items():
        setattr(row, field, value)
    return bool(counted)


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
    if signature.state != State.PENDING or _is_rejected(signature.organization):
        return Outcome.GONE
    return None if may_confirm(signature) else Outcome.TOO_LATE


def _is_rejected(organization: Organization | None) -> bool:
    """Whether staff decided that it cannot stand in public, under whatever statement."""
    return organization is not None and (
        organization.verification == Organization.Verification.REJECTED
    )


def confirm(signature: Signature, *, seen: str = "") -> Outcome:
    """Count a signature whose owner opened the link and pressed the button.

    `seen` is the `digest` of what the page showed them; if the row has changed since, nothing
    is confirmed, since nobody's name may stand for what they did not see.
    """
    with transaction.atomic():
        # Locked, so that what is compared is what is counted, whatever is posted meanwhile.
        row = (
            Signature.objects.select_for_update(of=("self",))
            .select_related("statement", "edition", "organization")
            .get(pk=signature.pk)
        )
        if outcome := obstacle(row):
            return outcome
        if seen and seen != digest(row):
            return Outcome.CHANGED
        try:
            moved = states.move(row, State.CONFIRMED, from_states=(State.PENDING,))
        except states.CountedTwiceError:
            return Outcome.ORGANIZATION_HAS_SIGNED
        if moved:
            verification.settle(row)
            _thank(row)
    return Outcome.CONFIRMED if moved else Outcome.ALREADY


def _thank(signature: Signature) -> None:
    """Queue the one welcome of a signature, in the transaction that counts it."""
    if settings.WELCOME_MAIL and signature.email:
        params = {"signature": signature.pk}
        queue(WELCOME, to=signature.email, language=signature.language, params=params)


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
        signature.city, signature.region, signature.country, signature.postal_code,
        signature.comment, signature.name_withheld, signature.edition_id,
    )  # fmt: skip
    return salted_hmac("signatories.signing.digest", repr(shown), algorithm="sha256").hexdigest()[
        :16
    ]


def withdraw(signature: Signature, *, shown: bool = False) -> bool:
    """Take a signature back; the mailbox may sign again. False if it was withdrawn already.

    `shown` lists a name that stood in public as withdrawn, with the date.
    """
    return states.move(
        signature,
        State.WITHDRAWN,
        from_states=(State.PENDING, State.CONFIRMED, State.HIDDEN),
        shown=shown,
    )
