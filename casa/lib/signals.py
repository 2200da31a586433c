"""Signals for programs of others, which hear of what is stored and can undo nothing of it."""

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import Signal


class StoredSignal(Signal):
    """Sent once the transaction at hand is committed; what a receiver raises is logged."""

    def send_when_stored(self, sender: type, **named: Any) -> None:
        if self.receivers:
            send = partial(self.send_robust, sender, **named)
            transaction.on_commit(send, robust=True)
