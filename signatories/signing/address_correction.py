"""Signing once more with the right address, after the wrong one was typed.

The page that says "check your mail" posts the form once more, so a correction takes the way of
every signature: the same answer, the same limits of mails per mailbox and per network, and nothing
that tells who has signed. The one thing more is done here: what was begun under the wrong address
is taken back, and its link dies. Which row that is, the held form knows; it is none if the address
had signed before, which nobody can see.

Why the row is not simply given another address: what a stranger typed at the wrong one, or had
there before, must neither move along nor be shown to whoever corrects.
"""

from django.db import transaction
from django.db.models import F

from casa.lib.addresses.mailbox_keys import mailbox_key
from signatories.core import states
from signatories.models import Signature
from signatories.signing import held_forms
from signatories.signing.submission import Submission
from statements.models import Statement

State = Signature.State

FIELD = "corrects"
"""Posted with the right address: the secret of the form that had the wrong one."""


@transaction.atomic
def take_back(statement: Statement, submission: Submission, *, corrects: str) -> bool:
    """Withdraw what was begun by the form that is corrected; whether that was done.

    Only that very row, only while it waits, and only if nobody posted its address again since:
    then it may be somebody else's. And only once the right address has its own.
    """
    held = held_forms.find(corrects, held_forms.SIGN)
    if held is None or held.statement_id != statement.pk:
        return False
    begun = (
        Signature.objects.select_related("statement", "organization")
        .filter(pk=held.signature_id or 0, state=State.PENDING)
        .filter(consented_at__lte=F("created_at"))  # a form posted again has a later consent
        .first()
    )
    if begun is None or begun.email_key == mailbox_key(submission.email):
        return False
    return _has_its_own(statement, submission) and _withdrawn(begun)


def _has_its_own(statement: Statement, submission: Submission) -> bool:
    """False if the right mailbox had its share of mails, so that nothing was stored for it."""
    live = Signature.objects.exclude(state=State.WITHDRAWN)
    own = live.counted_as_mailbox(submission.email).filter(
        statement=statement, kind=submission.kind
    )
    return own.exists()


def _withdrawn(signature: Signature) -> bool:
    reason = "its signer gave another address"
    try:
        return states.change_state(
            signature, State.WITHDRAWN, from_states=(State.PENDING,), reason=reason
        )
    except states.StateError:  # confirmed at this very moment
        return False
