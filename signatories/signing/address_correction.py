"""Signing once more with the right address, after the wrong one was typed.

The page that says "check your mail" holds all that was submitted, and a ticket. Correcting the
address posts the form once more, so it takes the way of every signature: the same answer, the
same limits of mails per mailbox and per network, and nothing that tells who has signed. The one
thing more is done here: what was begun under the wrong address is taken back, and its link dies.

Why the row is not simply given another address: what a stranger typed at the wrong one, or had
there before, must neither move along nor be shown to whoever corrects.
"""

from dataclasses import replace

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from casa.lib.addresses.spellings import canonical
from signatories.core import states
from signatories.models import Signature
from signatories.signing.submission import Submission
from statements.models import Statement

State = Signature.State

FIELDS = ("instead_of", "ticket")
"""Posted with the right address: the wrong one, and the proof of having typed it."""


def ticket(statement: Statement, submission: Submission) -> str:
    """Proof of having posted these details with this address.

    Made of the submission alone, so that the answer to a duplicate stays that to a new one.
    """
    details = (
        statement.pk, canonical(submission.email), str(submission.kind), submission.name,
        submission.organization, submission.city, submission.country,
    )  # fmt: skip
    mac = salted_hmac("address-correction", repr(details), algorithm="sha256")
    return mac.hexdigest()[:32]


@transaction.atomic
def take_back(statement: Statement, submission: Submission, *, instead_of: str, shown: str) -> bool:
    """Withdraw what was begun under the address `instead_of`; whether that was done.

    Only if the ticket `shown` fits, only what waits, and only if nobody posted that address
    again since: then it may be somebody else's. And only once the right address has its own.
    """
    wrong, right = canonical(instead_of), canonical(submission.email)
    fits = constant_time_compare(shown, ticket(statement, replace(submission, email=instead_of)))
    if wrong == right or not fits:
        return False
    live = Signature.objects.exclude(state=State.WITHDRAWN)
    live = live.filter(statement=statement, kind=submission.kind)
    new = live.counted_as_mailbox(submission.email).order_by("-pk").first()
    if new is None:  # the mailbox had its share of mails, so nothing was stored
        return False
    begun = (
        live.counted_as_mailbox(instead_of)
        .select_related("organization")
        .filter(
            organization=new.organization_id,
            name=submission.name,
            state=State.PENDING,
            consented_at__lte=F("created_at"),  # a form posted again has a later consent
        )
    )
    return (old := begun.first()) is not None and _withdrawn(old)


def _withdrawn(signature: Signature) -> bool:
    reason = "its signer gave another address"
    try:
        return states.change_state(
            signature, State.WITHDRAWN, from_states=(State.PENDING,), reason=reason
        )
    except states.StateError:  # confirmed at this very moment
        return False
