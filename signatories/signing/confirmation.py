"""The verbs of a supporter: sign, confirm, withdraw."""

from datetime import timedelta
from enum import StrEnum, auto

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from casa.mail.outbox import queue
from signatories.core import personal_data, states, tokens
from signatories.core.mails import allow_mail
from signatories.models import Organization, Signature
from signatories.organizations import verification
from statements.models import Statement

Kind, State = Signature.Kind, Signature.State

WELCOME = "signatories.welcome"
CONFIRM_GRACE = timedelta(hours=24)
"""Who signed before closing may still confirm for so long."""


class ConfirmationResult(StrEnum):
    """What became of a confirmation."""

    CONFIRMED = auto()
    ALREADY = auto()
    ORGANIZATION_HAS_SIGNED = auto()
    CHANGED = auto()
    TOO_LATE = auto()
    GONE = auto()


def obstacle(signature: Signature) -> ConfirmationResult | None:
    """What stands against confirming: ALREADY, GONE or TOO_LATE; None if nothing does."""
    if signature.state == State.CONFIRMED:
        return ConfirmationResult.ALREADY
    if signature.state != State.PENDING or _is_rejected(signature.organization):
        return ConfirmationResult.GONE
    return None if may_confirm(signature) else ConfirmationResult.TOO_LATE


def _is_rejected(organization: Organization | None) -> bool:
    """Whether staff decided that it cannot stand in public, under whatever statement."""
    return organization is not None and (
        organization.verification == Organization.Verification.REJECTED
    )


def confirm(signature: Signature, *, seen: str = "") -> ConfirmationResult:
    """Count a signature whose owner opened the link and pressed the button.

    `seen` is the `digest` of what the page showed them; if the row has changed since, nothing
    is confirmed, since nobody's name may stand for what they did not see. The object given is
    brought up to date, but not its organization.
    """
    with transaction.atomic():
        # Locked, so that what is compared is what is counted, whatever is posted meanwhile.
        locked = Signature.objects.select_for_update(of=("self",))
        signature.refresh_from_db(
            from_queryset=locked.select_related("statement", "edition", "organization")
        )
        return _confirm(signature, seen=seen)


@transaction.atomic
def confirm_by_link(token: str, *, seen: str = "") -> tuple[Signature, ConfirmationResult]:
    """Count the signature that a link is for; see `confirm`. It is read once, and locked.

    Raises as `tokens.read` does.
    """
    signature = tokens.read_locked(token, tokens.CONFIRM)
    return signature, _confirm(signature, seen=seen)


def _confirm(signature: Signature, *, seen: str) -> ConfirmationResult:
    """The same with a row that the caller's transaction has locked."""
    if found := obstacle(signature):
        return found
    if seen and seen != digest(signature):
        return ConfirmationResult.CHANGED
    try:
        moved = states.change_state(signature, State.CONFIRMED, from_states=(State.PENDING,))
    except states.CountedTwiceError:
        return ConfirmationResult.ORGANIZATION_HAS_SIGNED
    if moved:
        allow_mail(signature)
        verification.verify_or_flag(signature)
        _thank(signature)
    return ConfirmationResult.CONFIRMED if moved else ConfirmationResult.ALREADY


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
    shown = [getattr(signature, name) for name in ("displayed_name", *personal_data.CONFIRMED)]
    return salted_hmac("confirmation-page", repr(shown), algorithm="sha256").hexdigest()[:16]
