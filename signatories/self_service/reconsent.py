"""A signer answers a material correction: they stay or withdraw.

Signers stay listed under the edition they signed until they answer.
`signatories/mailings/correction_notices.py` sends the mail.
"""

from enum import StrEnum, auto

from signatories.core import reconsent_questions, states, tally
from signatories.models import Signature


class ReconsentResult(StrEnum):
    """What became of an answer."""

    DONE = auto()
    CHANGED = auto()
    GONE = auto()


def stay(signature: Signature, *, seen: str) -> ReconsentResult:
    """Let the name stand under the corrected words, which `seen` says were read."""
    correction = reconsent_questions.question_for(signature)
    if correction is None:
        return (
            ReconsentResult.DONE
            if signature.state in Signature.STANDING_STATES
            else ReconsentResult.GONE
        )
    if seen != correction.mark:
        return ReconsentResult.CHANGED
    try:
        states.move_to_edition(signature, correction.current, reason="stays after a correction")
    except states.StateError:
        return ReconsentResult.GONE
    tally.forget_earlier(signature.statement)
    return ReconsentResult.DONE


def withdraw(signature: Signature) -> ReconsentResult:
    """Take the name back."""
    try:
        states.withdraw(signature)
    except states.StateError:
        return ReconsentResult.GONE
    tally.forget_earlier(signature.statement)
    return ReconsentResult.DONE
