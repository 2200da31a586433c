"""What becomes of signatures, for programs of others (docs/extending.md).

Each gives the `signature`. What it holds of a person is for the purpose they signed for.
"""

from casa.lib.signals import StoredSignal
from signatories.models import Signature

State = Signature.State

signed = StoredSignal()
"""A form was sent; its signer has not confirmed yet, and may be nobody."""

confirmed = StoredSignal()
"""The owner of the mailbox confirmed it, for the first time."""

withdrawn = StoredSignal()
"""Its owner took it back."""


def announce(signature: Signature, before: str) -> None:
    """Send the signal of what became of a signature whose state was `before`, "" for a new one."""
    signal = None
    if signature.state == State.WITHDRAWN:
        signal = withdrawn
    elif (before, signature.state) == (State.PENDING, State.CONFIRMED):
        signal = confirmed
    elif (before, signature.state) == ("", State.PENDING):
        signal = signed
    if signal is not None:
        signal.send_when_stored(Signature, signature=signature)
