"""The verbs of staff: hide, restore, invalidate, approve. Each leaves a history row."""

from casa.accounts.models import User
from signatories import states
from signatories.models import Signature

State = Signature.State


def hide(signature: Signature, *, by: User, reason: str) -> bool:
    """Take a signature out of public view and out of the count; it can be restored."""
    return states.move(
        signature, State.HIDDEN, from_states=(State.CONFIRMED,), by=by, reason=reason
    )


def restore(signature: Signature, *, by: User, reason: str) -> bool:
    """Undo hiding or invalidating: back to confirmed, or to waiting if it never was confirmed."""
    return states.move(
        signature,
        State.CONFIRMED if signature.confirmed_at else State.PENDING,
        from_states=(State.HIDDEN, State.INVALIDATED),
        by=by,
        reason=reason,
    )


def invalidate(signature: Signature, *, by: User, reason: str) -> bool:
    """Mark a signature as not genuine. Its mailbox cannot sign this statement again."""
    return states.move(
        signature,
        State.INVALIDATED,
        from_states=(State.PENDING, State.CONFIRMED, State.HIDDEN),
        by=by,
        reason=reason,
    )


def approve(signature: Signature, *, by: User) -> bool:
    """Let a name that was checked stand in public, where names are checked first."""
    return states.approve(signature, by=by)
