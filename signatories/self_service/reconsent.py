"""A material correction, answered: a signer stays or withdraws.

Signers stay listed under the edition they signed until they answer.
`mailings.correction_notices` sends the mail.
"""

from enum import StrEnum, auto

from signatories.core import corrections, states, tally
from signatories.models import Signature


class Outcome(StrEnum):
    """What became of an answer."""

    DONE = auto()
    CHANGED = auto()
    GONE = auto()


def stay(signature: Signature, *, seen: str) -> Outcome:
    """Let the name stand under the corrected words, which `seen` says were read."""
    correction = corrections.correction_for(signature)
    if correction is None:
        return Outcome.DONE if signature.state in states.STANDING else Outcome.GONE
    if seen != correction.mark:
        return Outcome.CHANGED
    try:
        states.restate(signature, correction.current, reason="stays after a correction")
    except states.StateError:
        return Outcome.GONE
    tally.forget_earlier(signature.statement)
    return Outcome.DONE


def withdraw(signature: Signature) -> Outcome:
    """Take the name back."""
    try:
        states.withdraw(signature)
    except states.StateError:
        return Outcome.GONE
    tally.forget_earlier(signature.statement)
    return Outcome.DONE
